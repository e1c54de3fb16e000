import type { World } from '../../../kernel/index.ts'
import { defineReach, type Source } from '../../traffic/index.ts'
import { runningLoops } from './loops.ts'
import { routesOf } from './routes.ts'
import { targetUrl } from './target.ts'

/** What a cluster knows of names and addresses: it is asked for every URL that nobody else answers for. */
defineReach({
  name: 'kubernetes',
  kinds: [
    'k8s.ProxyRules',
    'k8s.StaleRules',
    'k8s.Container',
    'k8s.Pod',
    'k8s.Node',
    'k8s.Machine',
    'k8s.Component',
    'k8s.NetworkPolicy',
    'k8s.Ingress',
    'k8s.IngressClass',
    'k8s.Service',
    'k8s.EndpointSlice',
    'k8s.Namespace',
    'shell.Process',
  ],
  sources: loops,
  url: targetUrl,
  routes: routesOf,
})

/** Loops of requests under way, in pods and in terminals. */
function loops(world: World): readonly Source[] {
  return runningLoops(world).map(({ id, url, pauseMs }) => ({ id, url, pauseMs }))
}

export { flows } from '../../traffic/index.ts'
