import { deletion } from '../apiserver/remove.ts'
import { timeOf } from '../object/object.ts'
import { type Container, isAlive } from './container.ts'
import type { PodLook } from './podLook.ts'
import { report } from './report.ts'
import { stopContainer } from './stopping.ts'
import { kubeletSays } from './words.ts'

/** Gives up a pod that has been active for too long. */
export function overdue(sync: PodLook, reaches: boolean): boolean {
  const { world, pod, spec, node, byName, by } = sync
  const limit = spec.activeDeadlineSeconds
  const startTime = (pod.status as { startTime?: string } | undefined)?.startTime
  if (limit === undefined || startTime === undefined) return false
  const left = timeOf(startTime) + limit * 1000 - world.now
  if (left > 0) {
    sync.answers.push({ again: left })
    return false
  }
  if (!reaches) return false
  const message = 'Pod was active on the node longer than the specified deadline'
  const kubeEvents = [kubeletSays(node, pod.id, 'Normal', 'DeadlineExceeded', message)]
  const event = report(world, pod, spec, byName, by, { reason: 'DeadlineExceeded', message, kubeEvents })
  if (event) sync.say(event)
  stopAll(sync, 'deadline')
  return true
}

/** Stops what still runs of a pod that is over. */
export function stopAll(sync: PodLook, why: 'deadline' | 'evicted'): void {
  const { world, pod } = sync
  for (const container of sync.byName.values()) {
    if (container.state === 'Running')
      sync.say(
        stopContainer(world, pod, container, {
          why,
          message: `Stopping container ${container.name}`,
          ...(pod.status?.reason === 'Evicted' ? { grace: 0 } : {}),
        }),
      )
    else if (container.state === 'Exited') sync.say({ to: container.id, type: 'Finished', by: sync.by })
    else if (!isAlive(container) && container.state !== 'Terminated')
      sync.say({ to: container.id, type: 'Removed', by: sync.by })
  }
}

/** Sidecars share the pod's grace period; when it is used up they have so long still. */
const LEAST_SECONDS = 2

/** Deletion: the containers end, sidecars last and in reverse, then the API hears that nothing is left. */
export function terminate(sync: PodLook, reaches: boolean): void {
  const { world, pod, spec, byName, by } = sync
  const grace = pod.metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30
  let alive = false
  const sidecars: Container[] = []
  for (const container of byName.values()) {
    if (container.role === 'sidecar') {
      if (isAlive(container)) sidecars.push(container)
      continue
    }
    if (stopOne(sync, container, grace)) alive = true
  }
  if (!alive && sidecars.length > 0) {
    const order = (spec.initContainers ?? []).map(({ name }) => name)
    const last = sidecars.reduce((a, b) => (order.indexOf(b.name) > order.indexOf(a.name) ? b : a))
    const { deletionTimestamp } = pod.metadata
    const left = deletionTimestamp === undefined ? 0 : timeOf(deletionTimestamp) - world.now
    stopOne(sync, last, last.state === 'Running' ? Math.max(LEAST_SECONDS, Math.ceil(left / 1000)) : grace)
    alive = true
  }
  if (alive) {
    if (reaches) sync.report()
    return
  }
  if (!reaches) return
  if ((pod.metadata.finalizers?.length ?? 0) > 0 && byName.size > 0) {
    const event = report(world, pod, { ...spec, restartPolicy: 'Never' }, byName, by)
    if (event) sync.say(event)
  }
  for (const container of byName.values()) sync.say({ to: container.id, type: 'Removed', by })
  const event = deletion(world, pod, { gracePeriodSeconds: 0, by })
  if (event) sync.say(event)
}

/** Asks a container of a pod under deletion to end; answers whether it still lives. */
function stopOne(sync: PodLook, container: Container, grace: number): boolean {
  const { world, pod, by } = sync
  if (container.state === 'Running') {
    const message = `Stopping container ${container.name}`
    sync.say(stopContainer(world, pod, container, { why: 'deleted', message, grace }))
    return true
  }
  if (container.state !== 'Stopping') return false
  const left = container.since + grace * 1000 - world.now
  if (grace * 1000 < (container.stop?.grace ?? 0)) {
    if (left <= 0) sync.say({ to: container.id, type: 'Killed', by, data: { exitCode: 137 } })
    else sync.answers.push({ again: left })
  }
  return true
}
