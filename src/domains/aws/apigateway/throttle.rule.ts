import { defineRule } from '../../../kernel/index.ts'

/** A token bucket and the requests that reach it; `tMs` in ms, not falling. */
export interface ThrottleQuestion {
  readonly ratePerSecond: number
  readonly burst: number
  readonly arrivals: readonly { readonly tMs: number; readonly count: number }[]
}

/**
 * Which requests get through to an API, and which are answered 429.
 * Models: Amazon API Gateway Developer Guide, "Throttle requests to your REST APIs"
 */
export const apigwThrottle = defineRule({
  id: 'apigw.throttle',
  says: 'A bucket of `burst` tokens fills at `rate` a second; a request takes one token or is turned away with 429.',
  source: 'Amazon API Gateway Developer Guide, api-gateway-request-throttling',
  decide: ({ ratePerSecond, burst, arrivals }: ThrottleQuestion) => {
    // Counted in thousandths of a token, so that a rate per second and times in ms stay exact.
    const full = burst * 1000
    let tokens = full
    let last = arrivals[0]?.tMs ?? 0
    const accepted = arrivals.map(({ tMs, count }) => {
      tokens = Math.min(full, tokens + ratePerSecond * (tMs - last))
      last = tMs
      const through = Math.min(count, Math.floor((tokens + EPSILON) / 1000))
      tokens -= through * 1000
      return through
    })
    const acceptedTotal = accepted.reduce((sum, one) => sum + one, 0)
    const arrived = arrivals.reduce((sum, { count }) => sum + count, 0)
    return { accepted, acceptedTotal, throttledTotal: arrived - acceptedTotal }
  },
})

const EPSILON = 1e-6
