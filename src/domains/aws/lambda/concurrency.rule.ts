import { defineRule } from '../../../kernel/index.ts'

/** A question about one function's concurrency, told apart by `mode`. Counts are environments or requests. */
export type ConcurrencyQuestion =
  | { readonly mode: 'estimate'; readonly requestsPerSecond: number; readonly averageDurationMs: number }
  | { readonly mode: 'unreserved'; readonly accountLimit: number; readonly reserved: readonly number[] }
  | {
      readonly mode: 'reserve'
      readonly accountLimit: number
      readonly alreadyReserved: readonly number[]
      readonly requested: number
    }
  | { readonly mode: 'throttle'; readonly available: number; readonly inFlight: number; readonly arriving: number }
  | {
      readonly mode: 'provisioned'
      readonly provisioned: number
      /** The function's reserved concurrency; null when it draws on the account's pool. */
      readonly reserved: number | null
      readonly accountLimit?: number
      readonly demand: number
    }
  | {
      readonly mode: 'scaleCap'
      readonly accountLimit: number
      readonly startConcurrency: number
      readonly secondsOfSteadyOverload: number
    }

/**
 * How many of a function's requests run at once, and which are turned away.
 * Models: AWS Lambda Developer Guide, "Understanding Lambda function scaling" and "Lambda scaling behavior"
 */
export const lambdaConcurrency = defineRule({
  id: 'lambda.concurrency',
  says: 'Concurrency is requests per second times seconds per request; 100 stay unreserved, and a function adds at most 1,000 every 10 s.',
  source: 'AWS Lambda Developer Guide, lambda-concurrency and scaling-behavior',
  decide: (question: ConcurrencyQuestion): Readonly<Record<string, number | boolean>> => {
    switch (question.mode) {
      case 'estimate':
        return { concurrency: (question.requestsPerSecond * question.averageDurationMs) / 1000 }
      case 'unreserved':
        return { unreserved: question.accountLimit - sum(question.reserved) }
      case 'reserve': {
        const left = question.accountLimit - sum(question.alreadyReserved) - question.requested
        return { accepted: question.requested >= 0 && left >= ALWAYS_UNRESERVED }
      }
      case 'throttle': {
        const accepted = Math.min(question.arriving, Math.max(0, question.available - question.inFlight))
        return { accepted, throttled: question.arriving - accepted }
      }
      case 'provisioned': {
        const onProvisioned = Math.min(question.demand, question.provisioned)
        const ceiling = question.reserved ?? question.accountLimit ?? ACCOUNT_DEFAULT
        const onDemand = Math.min(question.demand - onProvisioned, Math.max(0, ceiling - question.provisioned))
        return { onProvisioned, onDemand, throttled: question.demand - onProvisioned - onDemand }
      }
      case 'scaleCap': {
        const grants = 1 + Math.floor(question.secondsOfSteadyOverload / 10)
        return { maxConcurrency: Math.min(question.accountLimit, question.startConcurrency + 1000 * grants) }
      }
    }
  },
})

/** Environments of the account's limit that cannot be reserved. */
const ALWAYS_UNRESERVED = 100
/** Concurrent executions of an account and Region unless raised. */
const ACCOUNT_DEFAULT = 1000

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
