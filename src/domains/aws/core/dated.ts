import { EPOCH } from '../../../kernel/index.ts'

/** Virtual time in ms as the APIs give it: ms since 1970. What has no time stays without one. */
export function dated(at: number): number
export function dated(at: number | undefined): number | undefined
export function dated(at: number | undefined): number | undefined {
  return at === undefined ? undefined : EPOCH + at
}
