import type { PastEvent, World } from '../../kernel/index.ts'

/**
 * What `kubectl get events` shows: carried in the `data.kubeEvents` of the journal's event that it tells of, and read back from
 * there. Nothing else stores it.
 */
export interface KubeEvent {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  /** Component that reports it: `kubelet`, `default-scheduler`, `replicaset-controller`. */
  readonly source: string
  /** Node of the reporter, for a kubelet. */
  readonly host?: string
  /** Entity id of the object that it is about; the target of the journal's event when absent. */
  readonly about?: string
  /** Name of the container of that pod that it speaks of, unless the container's own event carries it. */
  readonly container?: string
}

/** A KubeEvent with its place in the journal; repeats of the same words about the same object are one, counted. */
export interface SeenEvent extends KubeEvent {
  readonly about: string
  readonly first: number
  readonly last: number
  readonly count: number
  /** Id of the latest journal event that carried it. */
  readonly id: number
}

/** The KubeEvents that one journal event carries. */
export function kubeEventsOf(event: PastEvent): readonly KubeEvent[] {
  const data = event.data as { readonly kubeEvents?: readonly KubeEvent[] } | undefined
  return data?.kubeEvents ?? []
}

/** Every KubeEvent of the last hour (the real time to live), oldest first, merged as the API server merges them. */
export function kubeEvents(world: World, about?: string): readonly SeenEvent[] {
  const merged = new Map<string, SeenEvent>()
  const { journal } = world
  for (let i = journal.after(world.now - 3_600_000); i < journal.length; i++) {
    const past = journal.at(i) as PastEvent
    for (const event of kubeEventsOf(past)) {
      const subject = event.about ?? past.to
      if (about !== undefined && subject !== about) continue
      const container = event.container ?? containerOf(past, subject, event.reason)
      const key = `${subject}\n${container ?? ''}\n${event.source}\n${event.reason}\n${event.message}`
      const before = merged.get(key)
      if (before) merged.delete(key)
      merged.set(key, {
        ...event,
        about: subject,
        first: before?.first ?? past.at,
        last: past.at,
        count: (before?.count ?? 0) + 1,
        id: past.id,
        ...(container === undefined ? {} : { container }),
      })
    }
  }
  return [...merged.values()]
}

/** Reasons that concern the whole pod, though they come to light while one of its containers starts. */
const OF_POD = new Set(['FailedMount', 'DeadlineExceeded', 'FailedCreatePodSandBox'])

function containerOf(past: PastEvent, subject: string, reason: string): string | undefined {
  if (past.kind !== 'k8s.Container' || !subject.startsWith('k8s.Pod/') || OF_POD.has(reason)) return undefined
  return past.to.slice(past.to.lastIndexOf('/') + 1)
}
