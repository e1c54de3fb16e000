import { defineIndex, type Entity, type World } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/files.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { BackoffEntry } from './backoff.rule.ts'
import type { ContainerRole, ContainerSpec, ProbeKind } from './podPlan.ts'

/** How a process ended. */
export interface Ended {
  readonly exitCode: number
  /** `Completed`, `Error`, `OOMKilled`, `StartError`. */
  readonly reason: string
  readonly message?: string | undefined
  /** ms since the world began; absent when it never started. */
  readonly startedAt?: number | undefined
  readonly finishedAt: number
  /** Which of the container's lives it was, counted from 1. */
  readonly life: number
  /** Id of the event with which it ended: the cause of what the kubelet does next. */
  readonly event?: number
}

/** Something wrong with a container from outside, while it lasts. */
export interface ContainerFault {
  readonly id: string
  /** Answers of HTTP servers with this status; `slow` ones this much later, in ms; `refuse` does not listen at all. */
  readonly status?: number
  readonly slow?: number
  readonly refuse?: true
}

/** A container of a pod on its node, as the runtime knows it. Its owner is the pod's id, also when the API has forgotten the pod. */
export interface Container extends Entity {
  readonly owner: string
  readonly node: string
  /** uid of its pod: tells the containers of two pods of one name apart. */
  readonly uid: string
  readonly name: string
  readonly role: ContainerRole
  readonly spec: ContainerSpec
  /** Address of the pod's sandbox. */
  readonly ip: string
  /** Set when the pod is in the network of its node, so that the address is the node's own. */
  readonly hostNetwork?: true | undefined
  /** How many times it was started again: one less than its lives. */
  readonly restarts: number
  /** How many times a process was started, or tried. */
  readonly life: number
  readonly startedAt?: number | undefined
  /** Of the life that ended last, while it has not begun another. */
  readonly ended?: Ended | undefined
  /** Of the life before. */
  readonly last?: Ended | undefined
  /** Why it waits, in the words of the API: reason and message. */
  readonly problem?: { readonly reason: string; readonly message: string; readonly at?: number } | undefined
  /** What its startup and readiness probes say, or the default where it has none. */
  readonly started: boolean
  readonly ready: boolean
  /** Since when a probe's outcome contradicts its verdict; the time of the first such probe. */
  readonly turning?: { readonly [probe in ProbeKind]?: number } | undefined
  /** What a failing probe said last, by probe, so that it is told once. */
  readonly told?: { readonly [probe in ProbeKind]?: string } | undefined
  /** When its startup probe passed. */
  readonly startedSince?: number | undefined
  readonly pull?: Pull | undefined
  readonly pullBackOff?: BackoffEntry | undefined
  readonly crashBackOff?: BackoffEntry | undefined
  /** ms of the back-off that runs, counted from the end of the last life. */
  readonly wait?: number | undefined
  /** Whether its process is one of the shell's or a well-known server; set with the image. */
  readonly runs?: 'shell' | 'daemon' | undefined
  /** The environment that its process was started with. */
  readonly env?: { readonly [name: string]: string } | undefined
  readonly stop?: Stop | undefined
  /** Files that it wrote over those of its image, and into volumes by the volume's name. */
  readonly written?: FileChanges | undefined
  readonly scratch?: { readonly [volume: string]: FileChanges } | undefined
  readonly faults?: readonly ContainerFault[] | undefined
  /** Whether a hook after its start is under way or has been done. */
  readonly hooked?: true | undefined
}

/** One fetching of an image. */
export interface Pull {
  readonly startedAt: number
  /** When it ends, with or without the image. */
  readonly until: number
  /** ms of it that it did not wait for others. */
  readonly own: number
  readonly bytes: number
  readonly error?: string | undefined
}

/** A stop under way. */
export interface Stop {
  /** ms until SIGKILL, counted from the request. */
  readonly grace: number
  /** ms from the request until SIGTERM: how long the preStop hook takes. */
  readonly hook: number
  /** Reason that its end is given when it is not the process's own. */
  readonly why: 'deleted' | 'liveness' | 'startup' | 'hook' | 'deadline' | 'evicted'
}

/** Entity id of a container: that of its pod and its name. */
export function containerId(namespace: string, pod: string, name: string): string {
  return `k8s.Container/${namespace}/${pod}/${name}`
}

/** Id for a new container; when another pod of the same name still has one elsewhere, the uid tells them apart. */
export function freeContainerId(world: World, pod: ObjectEntity, name: string): string {
  const id = containerId(pod.metadata.namespace ?? 'default', pod.metadata.name, name)
  const there = world.get(id) as Container | undefined
  return there && there.uid !== pod.metadata.uid ? `${id}~${pod.metadata.uid.slice(0, 8)}` : id
}

/** Containers that belong to this very pod, not to another of its name. */
export function containersOf(world: World, pod: ObjectEntity): readonly Container[] {
  const all = world.ownedBy(pod.id) as readonly Container[]
  const { uid } = pod.metadata
  for (const one of all)
    if (one.kind !== 'k8s.Container' || one.uid !== uid)
      return all.filter((c) => c.kind === 'k8s.Container' && c.uid === uid)
  return all
}

/** Whether a process of it is alive. */
export function isAlive(container: Container): boolean {
  return container.state === 'Running' || container.state === 'Stopping'
}

/** Containers by the node that they are on. */
export const containersByNode = defineIndex(
  'k8s.containersByNode',
  ['k8s.Container'],
  (entity) => (entity as Container).node,
)

/** Containers whose image is being fetched, by node. */
export const pullingByNode = defineIndex('k8s.pullingByNode', ['k8s.Container'], (entity) =>
  entity.state === 'Pulling' ? (entity as Container).node : undefined,
)

/** Pods by the node that they are bound to. */
export const podsByNode = defineIndex('k8s.podsByNode', ['k8s.Pod'], (entity) => {
  const node = (entity as ObjectEntity).spec?.nodeName
  return typeof node === 'string' && node !== '' ? node : undefined
})
