import type { Answer, Controller, PastEvent, World } from '../../../kernel/index.ts'
import { type Component, componentId, kubeletReaches, machineRuns, works } from '../components/component.ts'
import { LATENCY } from '../latency.ts'
import type { ObjectEntity } from '../object/object.ts'
import { type Container, containersByNode, podsByNode } from './container.ts'
import { specOf } from './podPlan.ts'
import { PodSync } from './podSync.ts'

/**
 * The kubelets of all nodes, pod by pod: each makes the containers on its node what the pod's spec asks for, and reports.
 * Models: pkg/kubelet/kubelet.go syncPod, kuberuntime_manager.go SyncPod. Unlike Kubernetes, init containers that succeeded are not run
 * again when a machine comes back.
 */
export const kubeletController: Controller = {
  name: 'kubelet',
  watches: {
    'k8s.Pod': ['Created', 'Scheduled', 'DeletionRequested', 'Removed', 'Updated', 'Evicted', 'Failed'],
    'k8s.Container': [
      'PullStarted',
      'after.pull',
      'PullFailed',
      'after.pullBackOff',
      'ConfigFailed',
      'after.create',
      'CreateFailed',
      'ProbeTurned',
      'ProbePassed',
      'ProbeFailed',
      'HookRan',
      'StopRequested',
      'Exited',
      'OOMKilled',
      'Killed',
      'after.terminationGrace',
      'Restarted',
      'RestartDelayed',
      'after.crashBackOff',
      'Finished',
      'FilesChanged',
      'VolumeChanged',
      'FaultBegan',
      'FaultEnded',
    ],
    'k8s.Component': '*',
    'k8s.Machine': ['Rejoined', 'after.boot'],
    'traffic.Client': '*',
  },
  wakes,
  delay: (id, world) => {
    const state = world.get(id)?.state
    return state === 'Assigned' || state === 'Terminating' ? LATENCY.kubelet : LATENCY.statusReport
  },
  reconcile,
}

function wakes(event: PastEvent, world: World): string | Iterable<string> | undefined {
  switch (event.kind) {
    case 'k8s.Pod':
      return event.type === 'Created' && !nodeOf(world, event.to) ? undefined : event.to
    case 'k8s.Container': {
      if (event.type === 'FilesChanged' || event.type === 'VolumeChanged') {
        const spec = (world.get(event.to) as Container | undefined)?.spec
        if (!spec?.livenessProbe?.exec && !spec?.readinessProbe?.exec && !spec?.startupProbe?.exec) return undefined
      }
      return (world.get(event.to) as Container | undefined)?.owner
    }
    case 'k8s.Component': {
      if (event.into !== 'Running') return undefined
      const part = world.get(event.to) as Component | undefined
      if (part?.node !== undefined) return part.name === 'kube-proxy' ? undefined : everythingOn(world, part.node)
      return part?.name === 'kube-apiserver' || part?.name === 'etcd' ? everywhere(world) : undefined
    }
    case 'traffic.Client':
      return probed(world)
    default:
      return everythingOn(world, event.to.slice('k8s.Machine/'.length))
  }
}

function nodeOf(world: World, pod: string): string | undefined {
  const node = (world.get(pod) as ObjectEntity | undefined)?.spec?.nodeName
  return typeof node === 'string' && node !== '' ? node : undefined
}

function* everythingOn(world: World, node: string): Iterable<string> {
  for (const pod of world.lookup(podsByNode, node)) yield pod.id
  yield* forgotten(world, world.lookup(containersByNode, node) as readonly Container[])
}

function* everywhere(world: World): Iterable<string> {
  for (const pod of world.all('k8s.Pod')) if (nodeOf(world, pod.id)) yield pod.id
  yield* forgotten(world, world.all('k8s.Container') as Iterable<Container>)
}

/** Owners of containers whose own pod the API no longer has. */
function* forgotten(world: World, containers: Iterable<Container>): Iterable<string> {
  for (const { owner, uid } of containers) {
    const pod = world.get(owner) as ObjectEntity | undefined
    if (pod?.metadata.uid !== uid) yield owner
  }
}

/** Pods whose probes may fare otherwise when traffic changes. */
function* probed(world: World): Iterable<string> {
  for (const container of world.all('k8s.Container') as Iterable<Container>) {
    const { livenessProbe, readinessProbe, startupProbe } = container.spec
    if (livenessProbe?.httpGet || readinessProbe?.httpGet || startupProbe?.httpGet) yield container.owner
  }
}

function reconcile(id: string, world: World): readonly Answer[] | undefined {
  const pod = world.get(id) as ObjectEntity | undefined
  const answers: Answer[] = []
  for (const container of world.ownedBy(id) as readonly Container[])
    if (container.kind === 'k8s.Container' && container.uid !== pod?.metadata.uid)
      answers.push(...discard(world, container))
  if (!pod) return answers
  const spec = specOf(pod)
  const node = spec.nodeName
  if (!node || !works(world, 'kubelet', node) || !machineRuns(world, node)) return answers
  const sync = new PodSync(world, pod, spec, node)
  sync.run()
  return answers.length > 0 ? [...answers, ...sync.answers] : sync.answers
}

/** A container whose pod the API has forgotten: it is stopped as soon as its kubelet hears of that, and removed. */
function discard(world: World, container: Container): readonly Answer[] {
  const { node } = container
  if (!world.get(`k8s.Machine/${node}`)) return [{ to: container.id, type: 'Removed' }]
  if (!kubeletReaches(world, node)) return []
  const by = componentId('kubelet', node)
  if (container.state === 'Stopping') return []
  if (container.state !== 'Running') return [{ to: container.id, type: 'Removed', by }]
  return [{ to: container.id, type: 'StopRequested', by, data: { stop: { grace: 2000, hook: 0, why: 'deleted' } } }]
}
