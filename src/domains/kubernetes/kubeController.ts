import type { Answer, Controller, PastEvent, World } from '../../kernel/index.ts'
import { apiWorks, type ControlPlanePart, componentId, controllerEntityId, works } from './components/component.ts'
import { LATENCY } from './latency.ts'

/** A controller of Kubernetes' own, as one of the loops in a control-plane process. */
export interface KubeController {
  /** Its name in the real thing: `deployment-controller`. */
  readonly name: string
  /** The process that it is part of. */
  readonly component: ControlPlanePart
  /** The kind that it looks after: all of them are looked at anew when the process or the API comes back. */
  readonly primary: string
  readonly watches: Controller['watches']
  readonly wakes: Controller['wakes']
  /** Time from a change to its decision, in ms; that of an ordinary controller when absent. */
  readonly delay?: Controller['delay']
  readonly reconcile: Controller['reconcile']
}

const loops: string[] = []

/** Names of the loops that the controller-manager runs: those of the controllers loaded so far. */
export function controllerLoops(): readonly string[] {
  return loops
}

/**
 * Makes a kernel controller of it: it does nothing while its process or the API server or etcd does not run, and looks at everything
 * again once they do. What it emits is done by its loop (of the controller-manager) or its process, unless it says otherwise.
 */
export function kubeController(own: KubeController): Controller {
  const loop = own.component === 'kube-controller-manager' ? controllerEntityId(own.name) : undefined
  if (loop !== undefined) loops.push(own.name)
  const by = loop ?? componentId(own.component)
  const awake = new Set([by, componentId(own.component), componentId('kube-apiserver'), componentId('etcd')])
  return {
    name: own.name,
    watches: { ...own.watches, 'k8s.Component': '*', 'k8s.Controller': '*' },
    delay: own.delay ?? (() => LATENCY.controller),
    wakes(event: PastEvent, world: World) {
      if (event.kind !== 'k8s.Component' && event.kind !== 'k8s.Controller') return own.wakes(event, world)
      if (event.into !== 'Running' || !awake.has(event.to)) return undefined
      return allIds(world, own.primary)
    },
    reconcile(id: string, world: World) {
      if (!works(world, own.component) || !apiWorks(world)) return undefined
      if (loop !== undefined && world.get(loop)?.state !== 'Running') return undefined
      const answers = own.reconcile(id, world)
      return answers?.map((answer) => withDoer(answer, by))
    },
  }
}

function withDoer(answer: Answer, by: string): Answer {
  return 'again' in answer || answer.by !== undefined ? answer : { ...answer, by }
}

function* allIds(world: World, kind: string): Iterable<string> {
  for (const entity of world.all(kind)) yield entity.id
}
