import { defineRule } from '../../../kernel/index.ts'

/**
 * The colour of an environment or instance by its enhanced health.
 * Models: AWS Elastic Beanstalk Developer Guide, "Health colors and statuses"
 */
export const beanstalkHealth = defineRule({
  id: 'beanstalk.health',
  says: 'Ok and Info are green, Warning is yellow, Degraded and Severe are red, everything unknown is grey.',
  source: 'AWS Elastic Beanstalk Developer Guide, health-enhanced-status',
  decide: ({ status }: { readonly status: string }) => ({ color: COLORS.get(status) ?? 'Grey' }),
})

const COLORS = new Map([
  ['Ok', 'Green'],
  ['Info', 'Green'],
  ['Warning', 'Yellow'],
  ['Degraded', 'Red'],
  ['Severe', 'Red'],
])
