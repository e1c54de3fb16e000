import { defineRule } from '../../../kernel/index.ts'

/** A function's settings for asynchronous invocation; defaults are 2 attempts and six hours. */
export interface AsyncRetryQuestion {
  readonly maximumRetryAttempts?: number
  readonly maximumEventAgeInSeconds?: number
  /** Only asks whether the settings are allowed. */
  readonly validate?: boolean
  /** Whether every attempt ends in a function error. */
  readonly alwaysFails?: boolean
}

/** Seconds from the first attempt at which an attempt is made, or whether the settings are valid. */
export interface AsyncRetryVerdict {
  readonly valid?: boolean
  readonly attemptOffsetsSeconds?: readonly number[]
  readonly thenSentToDlqOrDestination?: boolean
}

/**
 * When a failing asynchronous invocation is tried again, and when it is given up.
 * Models: AWS Lambda Developer Guide, "Error handling for asynchronous invocation"
 */
export const lambdaAsyncRetry = defineRule({
  id: 'lambda.asyncRetry',
  says: 'A failing function is tried again after one minute and after two more; then the event goes to the dead-letter queue or destination.',
  source: 'AWS Lambda Developer Guide, invocation-async; API PutFunctionEventInvokeConfig',
  decide: (question: AsyncRetryQuestion): AsyncRetryVerdict => {
    const retries = question.maximumRetryAttempts ?? 2
    const age = question.maximumEventAgeInSeconds ?? OLDEST
    const valid = Number.isInteger(retries) && retries >= 0 && retries <= 2 && age >= 60 && age <= OLDEST
    if (question.validate) return { valid }
    if (question.alwaysFails === false) return { attemptOffsetsSeconds: [0], thenSentToDlqOrDestination: false }
    const offsets = WAITS.slice(0, retries + 1).filter((offset) => offset <= age)
    return { attemptOffsetsSeconds: offsets, thenSentToDlqOrDestination: true }
  },
})

/** Longest time that an event waits in the function's queue, in seconds. */
const OLDEST = 21_600
const WAITS = [0, 60, 180]
