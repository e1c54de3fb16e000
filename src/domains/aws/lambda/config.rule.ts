import { defineRule } from '../../../kernel/index.ts'

/**
 * Whether a function may have this much memory and time.
 * Models: AWS Lambda Developer Guide, "Lambda quotas"
 */
export const lambdaConfig = defineRule({
  id: 'lambda.config',
  says: 'Memory is 128 to 10,240 MB in steps of 1 MB, the timeout 1 to 900 seconds.',
  source: 'AWS Lambda Developer Guide, gettingstarted-limits',
  decide: ({ memoryMb, timeoutSeconds }: { readonly memoryMb: number; readonly timeoutSeconds: number }) => ({
    valid: within(memoryMb, 128, 10_240) && within(timeoutSeconds, 1, 900),
  }),
})

function within(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
