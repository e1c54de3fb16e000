import { defineRule } from '../../../kernel/index.ts'

/**
 * What one invocation costs, in the unit that is billed.
 * Models: AWS Lambda pricing
 */
export const lambdaBilling = defineRule({
  id: 'lambda.billing',
  says: 'Duration is rounded up to the next whole millisecond and multiplied by the memory in GB.',
  source: 'AWS Lambda pricing page; AWS Lambda Developer Guide',
  decide: ({ memoryMb, durationMs }: { readonly memoryMb: number; readonly durationMs: number }) => {
    const billedMs = Math.ceil(durationMs)
    return { billedMs, gbSeconds: ((memoryMb / 1024) * billedMs) / 1000 }
  },
})
