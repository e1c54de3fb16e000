import { connectionUrl } from '../../traffic/index.ts'
import type { Container } from '../kubelet/container.ts'
import type { ContainerSpec } from '../kubelet/podPlan.ts'

/** Tiers that well-known applications call by names written into their code. */
const BUILT_IN: readonly { readonly image: RegExp; readonly calls: readonly string[] }[] = [
  { image: /(^|\/)(gb-frontend|guestbook-frontend)(:|@|$)/, calls: ['tcp://redis-follower:6379'] },
  { image: /(^|\/)guestbook(:|@|$)/, calls: ['tcp://redis-master:6379'] },
]

/**
 * URLs that a server calls once for every request: those that its image has built in, and those that its spec hands it in environment
 * variables (`BACKEND_URL=http://api:8080`, `REDIS=redis://cache:6379`), which is how an application is told of the next tier.
 */
export function downstreamCalls(container: Container): readonly string[] {
  const { spec } = container
  let known = callsOf.get(spec)
  if (!known) {
    const built = BUILT_IN.find(({ image }) => image.test(spec.image))?.calls ?? []
    const given = (spec.env ?? []).flatMap(({ value }) =>
      value !== undefined && /^[a-z][a-z0-9+]*:\/\/[^$]+$/.test(value) ? [value] : [],
    )
    known = [...built, ...given].map(connectionUrl)
    callsOf.set(spec, known)
  }
  return known
}

const callsOf = new WeakMap<ContainerSpec, readonly string[]>()
