import { defineRule } from '../../../kernel/index.ts'

/**
 * What several target tracking policies of one group come to.
 * Models: EC2 Auto Scaling user guide, as-scaling-target-tracking.md (multiple target tracking policies)
 */
export const multiPolicy = defineRule({
  id: 'asg.multiPolicy',
  says: 'Capacity grows if any policy wants it to, and shrinks only if all of them do.',
  source: 'EC2 Auto Scaling user guide, as-scaling-target-tracking.md',
  decide: combinePolicies,
})

/** What one policy wants. */
export type Wish = 'out' | 'in' | 'none'

export function combinePolicies(input: { readonly policies: readonly Wish[] }): {
  readonly action: 'scaleOut' | 'scaleIn' | 'none'
} {
  const { policies } = input
  if (policies.includes('out')) return { action: 'scaleOut' }
  return { action: policies.length > 0 && policies.every((wish) => wish === 'in') ? 'scaleIn' : 'none' }
}
