import type { World } from '../../../kernel/index.ts'
import { reachable } from '../apiserver/reachable.ts'
import { readPath } from '../apiserver/readPath.ts'
import { type ApiStatus, refuse } from '../apiserver/result.ts'
import type { HttpAnswer, HttpRequest } from './httpMessage.ts'

/**
 * What the API server answers to a known user over HTTP. Unlike Kubernetes, only GET is served: what changes the cluster goes through
 * kubectl's own commands.
 */
export function proxied(world: World, { method, url }: HttpRequest): HttpAnswer {
  const down = reachable(world)
  if (down)
    return 'refused' in down
      ? answer(502, `Error: dial tcp 172.20.0.2:6443: connect: connection refused\n`)
      : refusal(down.status)
  if (method !== 'GET' && method !== 'HEAD')
    return refusal(
      refuse(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource').status,
    )
  const found = readPath(world, url.path)
  if ('text' in found) return answer(found.code, found.text)
  return 'json' in found ? json(found.code, found.json) : refusal(found.status)
}

function refusal({ code, reason, message, details }: ApiStatus): HttpAnswer {
  const head = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message }
  return json(code, { ...head, ...(reason === '' ? {} : { reason }), ...(details ? { details } : {}), code })
}

function json(status: number, value: unknown): HttpAnswer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value, null, 2) }
}

function answer(status: number, body: string): HttpAnswer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body }
}
