import { componentId } from '../components/component.ts'
import { kubeletBackoff } from './backoff.rule.ts'
import type { Container } from './container.ts'
import { ESCALATION } from './containerStatus.ts'
import type { PodLook } from './podLook.ts'
import { type ContainerRole, restarts } from './podPlan.ts'
import { hookFailure } from './probe.ts'
import { probeFailure } from './probeFailure.rule.ts'
import { probeContainer } from './probing.ts'
import { createProblem, hasImage, pulledEvent, pullFailed, startStep } from './starting.ts'
import { hookTime, stopContainer } from './stopping.ts'
import { kubeletSays, podText } from './words.ts'

/** Does what one container needs now. */
export function manage(sync: PodLook, container: Container): void {
  const { world, pod, by } = sync
  const { now } = world
  switch (container.state) {
    case 'Waiting':
      startFrom(sync, container.id, container)
      return
    case 'Pulling': {
      const { pull } = container
      if (pull?.error === undefined) return
      if (now < pull.until) sync.answers.push({ again: pull.until - now })
      else sync.say(pullFailed(world, pod, container, by))
      return
    }
    case 'ImagePullBackOff':
      if (now < container.since + ESCALATION) sync.answers.push({ again: container.since + ESCALATION - now })
      return
    case 'Creating': {
      if (!container.pull) return
      const { spec, node, pull } = container
      sync.say({ to: container.id, type: 'ImageStored', by, data: { kubeEvents: [pulledEvent(container)] } })
      if (!hasImage(world, node, spec.image))
        sync.say({
          to: componentId('containerd', node),
          type: 'ImagePulled',
          by,
          data: { image: spec.image, bytes: pull.bytes },
        })
      const problem = createProblem(world, pod, container, by)
      if (problem) sync.say(problem)
      return
    }
    case 'Running':
      watch(sync, container)
      return
    case 'Exited':
      decideAfterExit(sync, container)
      return
  }
}

/** Takes the next step of a container that is to be started; what the runtime cannot start fails at once. */
export function startFrom(
  sync: PodLook,
  id: string,
  container: Pick<Container, 'spec' | 'node' | 'pullBackOff' | 'problem' | 'ip'>,
): void {
  const { emit, again } = startStep(sync.world, sync.pod, id, container, sync.by)
  for (const emission of emit) {
    sync.say(emission)
    if (emission.type !== 'ImagePresent') continue
    const { runs } = emission.data as { runs: string }
    if (runs !== 'shell') continue
    const broken = createProblem(sync.world, sync.pod, { ...container, id, owner: sync.pod.id } as Container, sync.by)
    if (broken) sync.say(broken)
  }
  if (again !== undefined) sync.answers.push({ again })
}

/** Hooks and probes of a running container. */
function watch(sync: PodLook, container: Container): void {
  const { world, pod, by } = sync
  const { lifecycle, startupProbe, livenessProbe, readinessProbe } = container.spec
  const hook = lifecycle?.postStart
  if (hook && !container.hooked) {
    const failure = hookFailure(world, pod, container, hook)
    if (failure !== undefined) {
      const kubeEvents = [kubeletSays(sync.node, pod.id, 'Warning', 'FailedPostStartHook', `PostStartHook failed`)]
      sync.say(stopContainer(world, pod, container, { why: 'hook', message: 'FailedPostStartHook', kubeEvents }))
      return
    }
    const left = hookTime(world, container, hook) - (world.now - (container.startedAt ?? 0))
    if (left > 0) sync.answers.push({ again: left })
    else sync.say({ to: container.id, type: 'HookRan', by })
    return
  }
  if (!startupProbe && !livenessProbe && !readinessProbe) return
  const leaving = pod.metadata.deletionTimestamp !== undefined
  sync.answers.push(
    ...probeContainer(
      world,
      pod,
      container,
      leaving,
      (why, grace, unhealthy) => [
        {
          ...stopContainer(world, pod, container, {
            why,
            message: `Container ${container.name} failed ${why} probe, will be restarted`,
            kubeEvents: [kubeletSays(sync.node, pod.id, 'Warning', 'Unhealthy', unhealthy)],
            ...(grace === undefined ? {} : { grace }),
          }),
          rule: probeFailure.id,
        },
      ],
      by,
    ),
  )
}

/** Start again at once, later, or never. */
function decideAfterExit(sync: PodLook, container: Container): void {
  const { world, pod, spec, by, node } = sync
  const { ended, role } = container
  if (!ended) return
  const causes = ended.event === undefined ? undefined : [ended.event]
  if (!restarts(role, spec.restartPolicy, ended.exitCode) || done(sync, role)) {
    sync.say({ to: container.id, type: 'Finished', by, causes })
    return
  }
  const { wait, entry } = world.decide(kubeletBackoff, {
    entry: container.crashBackOff,
    finishedAt: ended.finishedAt,
  })
  const left = Math.max(0, ended.finishedAt + wait - world.now)
  const inputs = { exitCode: ended.exitCode, wait }
  if (left === 0) {
    sync.say({
      to: container.id,
      type: 'Restarted',
      by,
      causes,
      rule: kubeletBackoff.id,
      inputs,
      data: { crashBackOff: entry },
    })
    return
  }
  const kubeEvents = [
    kubeletSays(
      node,
      pod.id,
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${container.name} in pod ${podText(pod)}`,
    ),
  ]
  sync.say({
    to: container.id,
    type: 'RestartDelayed',
    by,
    causes,
    rule: kubeletBackoff.id,
    inputs,
    data: { wait, crashBackOff: entry, kubeEvents },
  })
}

/** Whether sidecars have nothing left to ride along with. */
function done(sync: PodLook, role: ContainerRole): boolean {
  return role === 'sidecar' && mainsDone(sync)
}

function mainsDone(sync: PodLook): boolean {
  const { spec, byName } = sync
  return spec.containers.every(({ name }) => {
    const container = byName.get(name)
    return container?.state === 'Terminated' && !restarts('main', spec.restartPolicy, container.ended?.exitCode ?? 0)
  })
}
