/** A topic as a heading. */
export function topicTitle(topic: string): string {
  return TOPICS[topic] ?? topic
}

const TOPICS: Readonly<Record<string, string>> = {
  foundations: 'Foundations',
  docker: 'Docker',
  scheduling: 'Scheduling',
  kubernetes: 'Kubernetes',
  aws: 'AWS',
  ecs: 'ECS',
  operations: 'Operations',
  delivery: 'Delivery',
}
