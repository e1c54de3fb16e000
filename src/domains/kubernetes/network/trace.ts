import type { World } from '../../../kernel/index.ts'
import { defineReach, type Wired } from '../../traffic/index.ts'
import { parseUrl } from './httpMessage.ts'
import { request } from './request.ts'

/** Follows single requests, for those who want to see every hop's decision. */
defineReach({ name: 'kubernetes.requests', kinds: [], request: traceUrl })

/**
 * One request to a URL with every hop's decision, drawn by seed and revision. Nothing of it happens. Undefined when the text is no URL.
 */
export function traceUrl(world: World, from: string, text: string, salt: string): Wired | undefined {
  const url = parseUrl(text)
  if ('error' in url) return undefined
  const host = url.user ?? url.host
  const { outcome, ...rest } = request(world, from, { method: 'GET', url, headers: { Host: host } }, { salt })
  if (outcome.is === 'answered') return { ...rest, outcome }
  const { is, says } = outcome
  return { ...rest, outcome: { is: is === 'no dns' ? 'unknown host' : is, says } }
}
