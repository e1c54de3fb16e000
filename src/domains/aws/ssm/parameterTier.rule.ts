import { defineRule } from '../../../kernel/index.ts'
import type { Tier } from './parameter.ts'

/** Bytes of a value that each tier takes. */
const MOST_BYTES = { Standard: 4096, Advanced: 8192 } as const
/** Parameters of a Region that each tier takes. */
const MOST_PARAMETERS = { Standard: 10_000, Advanced: 100_000 } as const
const GUIDE = 'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'

/** What is to be put. */
export interface WantedTier {
  /** What a parameter has already, or else Standard, when absent. */
  readonly requestedTier?: Tier | 'Intelligent-Tiering' | undefined
  readonly valueBytes: number
  readonly hasPolicies: boolean
  /** The tier that it has, of a parameter that exists. */
  readonly current?: Tier | undefined
  /** How many other parameters of each tier the Region has; none when absent. */
  readonly others?: { readonly [tier in Tier]: number } | undefined
}

/** Only whether a tier may become another. */
export interface TierChange {
  readonly changeFrom: Tier
  readonly changeTo: Tier | 'Intelligent-Tiering'
}

export type TierVerdict =
  | { readonly tier: Tier; readonly because: string }
  | { readonly error: { readonly code: string; readonly message: string } }
  | { readonly allowed: boolean }

/**
 * Which tier a parameter gets, or why it cannot be put.
 * Models: AWS Systems Manager API, PutParameter, Tier
 */
export const parameterTier = defineRule({
  id: 'ssm.parameterTier',
  says: 'A standard parameter holds 4 KB and no policies, an advanced one 8 KB and policies; there is no way back from advanced.',
  source: 'AWS Systems Manager API Reference, PutParameter',
  decide: (question: WantedTier | TierChange): TierVerdict =>
    'changeTo' in question ? { allowed: mayChange(question) } : tierFor(question),
  vector: (question: WantedTier | TierChange) => {
    const verdict = 'changeTo' in question ? { allowed: mayChange(question) } : tierFor(question)
    return 'error' in verdict ? { error: true } : verdict
  },
})

/** Intelligent-Tiering never takes an advanced parameter back: it stays what it is. */
function mayChange({ changeFrom, changeTo }: TierChange): boolean {
  return changeFrom === 'Standard' || changeTo !== 'Standard'
}

/** The verdict on something that is to be put. */
function tierFor(wanted: WantedTier): Exclude<TierVerdict, { readonly allowed: boolean }> {
  const { valueBytes, hasPolicies, current, others = { Standard: 0, Advanced: 0 } } = wanted
  const requested = wanted.requestedTier ?? current ?? 'Standard'
  const full = current === undefined && others.Standard >= MOST_PARAMETERS.Standard
  const needs =
    valueBytes > MOST_BYTES.Standard
      ? `the value has ${valueBytes} bytes, more than ${MOST_BYTES.Standard}`
      : hasPolicies
        ? 'it has policies'
        : full
          ? `the Region has ${MOST_PARAMETERS.Standard} standard parameters already`
          : undefined
  if (valueBytes > MOST_BYTES.Advanced)
    return requested === 'Standard'
      ? refused(tooBig())
      : refused(`Advanced tier parameters support a maximum parameter value of ${MOST_BYTES.Advanced} characters.`)
  if (requested === 'Standard') {
    if (current === 'Advanced') return refused(noWayBack())
    if (valueBytes > MOST_BYTES.Standard) return refused(tooBig())
    if (hasPolicies)
      return refused(
        `Parameter policies are not supported for standard-tier parameters. To use parameter policies, upgrade the parameter to use the advanced-parameter tier. For more information, see ${GUIDE}`,
      )
    if (full) return { error: { code: 'ParameterLimitExceeded', message: limitWords() } }
    return { tier: 'Standard', because: 'a standard parameter is enough' }
  }
  if (requested === 'Intelligent-Tiering' && needs === undefined && current !== 'Advanced')
    return { tier: 'Standard', because: 'nothing about it needs an advanced parameter' }
  if (current !== 'Advanced' && others.Advanced >= MOST_PARAMETERS.Advanced)
    return {
      error: {
        code: 'ParameterLimitExceeded',
        message: `You have reached the maximum number of advanced parameters for this AWS account and Region (${MOST_PARAMETERS.Advanced}). To add more parameters, delete existing parameters.`,
      },
    }
  return {
    tier: 'Advanced',
    because: current === 'Advanced' ? 'it is advanced, and stays so' : (needs ?? 'it was asked for'),
  }
}

function refused(message: string) {
  return { error: { code: 'ValidationException', message } }
}

function tooBig(): string {
  return `Standard tier parameters support a maximum parameter value of ${MOST_BYTES.Standard} characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see ${GUIDE}`
}

function noWayBack(): string {
  return `This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter. Be aware that standard parameters have a value limit of ${MOST_BYTES.Standard} characters.`
}

function limitWords(): string {
  return `You have reached the maximum number of standard parameters for this AWS account and Region (${MOST_PARAMETERS.Standard}). To add more parameters, either delete existing parameters or upgrade to the advanced-parameter tier (charges apply).`
}
