/** What lessons, concepts and questions are about, in the order in which they are listed. */
export const TOPICS = [
  'foundations',
  'docker',
  'scheduling',
  'kubernetes',
  'aws',
  'ecs',
  'operations',
  'delivery',
] as const
