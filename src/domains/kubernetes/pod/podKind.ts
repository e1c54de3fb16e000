import type { Fields, Kind, SimEvent, World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { objectKind, replaceParts } from '../object/objectKind.ts'
import { podLifecycle } from './pod.lifecycle.ts'

/** `k8s.Pod`: what the API has of a pod. Its containers, the truth on the node, are entities of their own. */
export const podKind: Kind = objectKind('Pod', {
  lifecycle: podLifecycle,
  apply: { Unschedulable: attempted, Requeued: attempted },
  tell: {
    Created: (event) => `The pod ${label(event)} is stored.`,
    Scheduled: (event) => `${label(event)} is bound to ${node(event)}.`,
    Unschedulable: (event) => `The [scheduler](k8s.Component/kube-scheduler) finds no node for ${label(event)}.`,
    Requeued: (event) => `Something has changed that may help ${label(event)}: the scheduler tries it again.`,
    Initializing: (event) => `The kubelet runs the init containers of ${label(event)}.`,
    Starting: (event) => `The kubelet begins with ${label(event)}: images, then containers.`,
    Started: (event) => `${label(event)} runs, but is not ready yet.`,
    BecameReady: (event) => `${label(event)} is ready: Services send it traffic.`,
    BecameUnready: (event) => `${label(event)} is no longer ready.`,
    Succeeded: (event) => `All containers of ${label(event)} ended well.`,
    Failed: (event) => `${label(event)} failed${because(event)}.`,
    Evicted: (event) => `${label(event)} is evicted from its node${because(event)}.`,
    DeletionRequested: (event) =>
      event.by?.startsWith('k8s.Controller/')
        ? `The [${event.by.slice('k8s.Controller/'.length)}](${event.by}) deletes ${label(event)}.`
        : `Deletion of ${label(event)} is asked for.`,
    Nominated: (event) => `The scheduler makes room for ${label(event)} by preempting others.`,
    StatusReported: (event) => `A new status of ${label(event)} is reported.`,
    Removed: (event) => `${label(event)} is gone.`,
  },
})

/** The scheduler's memory of the pod is kept on its record, beside what the API knows. */
function attempted(entity: ObjectEntity, event: SimEvent, world: World): Fields {
  const { attempt } = event.data as { readonly attempt?: object }
  return {
    ...replaceParts(entity, event, world),
    ...(attempt && { attempt: event.type === 'Requeued' ? { ...attempt, movedBy: event.id } : attempt }),
  }
}

function label(event: SimEvent): string {
  return `[${event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to})`
}

function node(event: SimEvent): string {
  const name = (event.data as Partial<ObjectEntity> | undefined)?.spec?.nodeName
  return typeof name === 'string' ? `[${name}](k8s.Node/${name})` : 'a node'
}

function because(event: SimEvent): string {
  const reason = (event.data as Partial<ObjectEntity> | undefined)?.status?.reason
  return typeof reason === 'string' ? `: \`${reason}\`` : ''
}
