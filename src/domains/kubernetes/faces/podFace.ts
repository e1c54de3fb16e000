import type { Face, FaceAction, Look, Tone, World } from '../../../kernel/index.ts'
import { flows } from '../network/flows.ts'
import type { ObjectEntity } from '../object/object.ts'
import { podColumns } from '../pod/podStatus.rule.ts'
import { type Pod, podShape } from '../scheduler/index.ts'
import { podLogs } from './podLogs.ts'
import { revisionOf } from './revision.ts'
import { sourceOf } from './source.ts'

const TONES: Readonly<Record<string, Tone>> = {
  Unscheduled: 'pend',
  Assigned: 'prog',
  Initializing: 'prog',
  Starting: 'prog',
  Running: 'warn',
  Ready: 'ok',
  Succeeded: 'idle',
  Failed: 'err',
  Terminating: 'idle',
}

const BAD = /Err|BackOff|Error|OOM|Failed|Invalid|Evicted|Unknown/

/** A pod: a chip on its node, or beside the scheduler while it has none. */
export const podFace: Face<ObjectEntity> = {
  label: 'Pod',
  plural: 'Pods',
  pictogram: 'pod',
  shape: 'chip',
  within(pod, world) {
    if (pod.metadata.namespace === 'kube-system') return null
    const node = pod.spec?.nodeName
    if (typeof node === 'string' && node !== '') return `k8s.Node/${node}`
    for (const cluster of world.all('k8s.Cluster')) return cluster.id
    return undefined
  },
  look,
  links: () => [],
  logs: podLogs,
  actions,
  move: {
    'k8s.Node': (pod, into) => {
      const name = into.id.slice(into.id.lastIndexOf('/') + 1)
      return {
        refuse: `A pod never moves. Delete ${pod.metadata.name} and its owner makes another, which may land on ${name}.`,
      }
    },
  },
  source: sourceOf,
  marks: { Evicted: 'alert', Failed: 'alert' },
  palette: [
    {
      id: 'pod',
      label: 'Pod',
      pictogram: 'pod',
      group: 'Workloads',
      into: [],
      line: (_into, _world, n) => ({ line: `kubectl run nginx-${n} --image=nginx:1.27` }),
    },
  ],
}

function look(pod: ObjectEntity, world: World): Look {
  const columns = podColumns({ pod: pod as never, now: world.now })
  const { status } = columns
  const load = flows(world).load.get(pod.id)
  const shape = podShape((pod as unknown as Pod).spec)
  const bad = BAD.test(status)
  const tone = bad ? 'err' : (TONES[pod.state] ?? 'idle')
  const well = tone === 'ok'
  const figures: string[] = []
  if (load && load.requestsPerSecond > 0) figures.push(`${rounded(load.requestsPerSecond)}/s`)
  if (shape.cpu > 0) figures.push(`${shape.cpu}m`)
  return {
    title: pod.metadata.name,
    note: ownerName(pod),
    tone,
    word: well ? 'Ready' : pod.state === 'Running' && status === 'Running' ? 'Not ready' : status,
    detail: well ? undefined : detailOf(pod, columns.ready),
    due: well ? undefined : dueOf(pod, world),
    spine: revisionOf(pod, world),
    figures,
    heat: load ? Math.min(1, load.utilisation) : 0,
    facts: [
      ['status', status],
      ['ready', columns.ready],
      ['restarts', columns.restarts],
      ['IP', String(pod.status?.podIP ?? 'none yet')],
      ['asks for', `${shape.cpu}m CPU, ${Math.round(shape.memory / 1024 ** 2)} Mi`],
      ['QoS', String(pod.status?.qosClass ?? '')],
    ],
  }
}

function ownerName(pod: ObjectEntity): string | undefined {
  const owner = pod.metadata.ownerReferences?.find((reference) => reference.controller)
  if (!owner) return undefined
  const hash = pod.metadata.labels?.['pod-template-hash']
  return hash !== undefined && owner.name.endsWith(`-${hash}`) ? owner.name.slice(0, -hash.length - 1) : owner.name
}

function detailOf(pod: ObjectEntity, ready: string): string {
  if (pod.state === 'Unscheduled') return 'no node yet'
  if (pod.state === 'Running') return `${ready} ready`
  return ''
}

/** When what it waits for is due: the soonest timer of one of its containers, or the end of its grace period. */
function dueOf(pod: ObjectEntity, world: World): number | undefined {
  const deletion = pod.metadata.deletionTimestamp
  if (deletion !== undefined) return Date.parse(deletion) - Date.UTC(2026, 0, 1)
  let due: number | undefined
  for (const container of world.ownedBy(pod.id)) {
    const { wait } = container as { readonly wait?: number }
    if (wait !== undefined && container.state.endsWith('BackOff'))
      due = Math.min(due ?? Number.POSITIVE_INFINITY, container.since + wait)
  }
  return due
}

function actions(pod: ObjectEntity): readonly FaceAction[] {
  const at = `${pod.metadata.name} -n ${pod.metadata.namespace}`
  const containers = (pod.spec?.containers ?? []) as readonly { readonly name: string }[]
  const first = containers[0]?.name ?? ''
  return [
    { id: 'logs', label: 'Logs', line: `kubectl logs ${at}` },
    { id: 'describe', label: 'Describe', line: `kubectl describe pod ${at}` },
    { id: 'kill', label: 'Kill its container', line: `lab fault kill ${at} -c ${first}`, sort: 'fault' },
    { id: 'oom', label: 'Let it run out of memory', line: `lab fault oom ${at} -c ${first}`, sort: 'fault' },
    { id: 'crashloop', label: 'Make it crash for a minute', line: `lab fault crashloop ${at} --for 1m`, sort: 'fault' },
    { id: 'unready', label: 'Fail its readiness for a minute', line: `lab fault probe ${at} --for 1m`, sort: 'fault' },
    { id: 'delete', label: 'Delete', line: `kubectl delete pod ${at}`, sort: 'danger' },
  ]
}

function rounded(rate: number): string {
  return rate >= 10 ? String(Math.round(rate)) : String(Math.round(rate * 10) / 10)
}
