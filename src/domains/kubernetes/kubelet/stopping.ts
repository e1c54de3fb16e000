import type { Emission, World } from '../../../kernel/index.ts'
import { componentId } from '../components/component.ts'
import type { KubeEvent } from '../kubeEvent.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Container, Stop } from './container.ts'
import { runOnce } from './exec.ts'
import { type Handler, specOf } from './podPlan.ts'
import { hookFailure } from './probe.ts'
import { kubeletSays } from './words.ts'

/** What is told of a stop. `grace` in seconds overrides that of the pod. */
export interface StopOptions {
  readonly why: Stop['why']
  readonly message: string
  readonly grace?: number
  readonly kubeEvents?: readonly KubeEvent[]
}

/** At least so many ms are left for the process itself, however long the hook took. */
const LEAST = 2000

/** The event that makes a container stop: the hook runs first, within the grace period. Models: kuberuntime_container.go killContainer */
export function stopContainer(world: World, pod: ObjectEntity, container: Container, options: StopOptions): Emission {
  const seconds =
    options.grace ?? pod.metadata.deletionGracePeriodSeconds ?? specOf(pod).terminationGracePeriodSeconds ?? 30
  const grace = seconds * 1000
  const hook = container.spec.lifecycle?.preStop
  const events = [...(options.kubeEvents ?? [])]
  let wait = 0
  if (hook && grace > 0) {
    if (hookFailure(world, pod, container, hook) !== undefined)
      events.push(kubeletSays(container.node, pod.id, 'Warning', 'FailedPreStopHook', 'PreStopHook failed'))
    wait = Math.min(grace, hookTime(world, container, hook))
  }
  events.push(kubeletSays(container.node, pod.id, 'Normal', 'Killing', options.message))
  const stop: Stop = { grace: hook ? Math.max(grace, wait + LEAST) : grace, hook: wait, why: options.why }
  return {
    to: container.id,
    type: 'StopRequested',
    by: componentId('kubelet', container.node),
    data: { stop, kubeEvents: events },
  }
}

/** ms that a hook takes. */
export function hookTime(world: World, container: Container, hook: Handler): number {
  if (hook.sleep) return hook.sleep.seconds * 1000
  if (!hook.exec) return 0
  return runOnce(world, container, hook.exec.command ?? [], Number.POSITIVE_INFINITY).ms
}
