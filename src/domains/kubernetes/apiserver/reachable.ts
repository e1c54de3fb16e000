import type { World } from '../../../kernel/index.ts'
import { apiWorks, works } from '../components/component.ts'
import { type Refused, refuse } from './result.ts'

/** Where the API server of the one cluster listens. */
export const SERVER = '127.0.0.1:6443'

/** What every client says when nothing listens there. */
export const REFUSED_CONNECTION = `The connection to the server ${SERVER} was refused - did you specify the right host or port?`

/**
 * Why the API cannot be used now, or undefined when it can. A dead kube-apiserver is a refused connection, which the client words
 * itself; a dead etcd behind it is an answer of the server's.
 */
export function reachable(world: World): { readonly refused: string } | Refused | undefined {
  if (apiWorks(world)) return undefined
  if (!works(world, 'kube-apiserver')) return { refused: REFUSED_CONNECTION }
  return refuse(500, '', 'etcdserver: request timed out')
}
