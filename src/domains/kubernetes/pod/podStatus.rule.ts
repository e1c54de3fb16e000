import { defineRule } from '../../../kernel/rule.ts'
import { humanDuration } from '../api/humanDuration.ts'

/**
 * What `kubectl get pods` shows of a pod.
 * Models: pkg/printers/internalversion/printers.go printPod
 */
export const podStatus = defineRule({
  id: 'k8s.kubectl.podStatus',
  says: 'STATUS is the most telling reason found: of an unfinished init container, else of the first container that waits or has ended, else the phase; deletion makes it Terminating.',
  source: 'pkg/printers/internalversion/printers.go printPod',
  decide: podColumns,
  vector: (input: { now: string; pod: PrintablePod }) => podColumns({ pod: input.pod, now: Date.parse(input.now) }),
})

/** The READY, STATUS and RESTARTS columns. */
export interface PodColumns {
  readonly ready: string
  readonly status: string
  readonly restarts: string
}

/** As much of a v1 Pod as the columns depend on. */
export interface PrintablePod {
  readonly metadata?: { readonly deletionTimestamp?: string | null | undefined } | undefined
  readonly spec?:
    | {
        readonly containers?: readonly unknown[] | undefined
        readonly initContainers?:
          | readonly { readonly name: string; readonly restartPolicy?: string | undefined }[]
          | undefined
      }
    | undefined
  readonly status?:
    | {
        readonly phase?: string | undefined
        readonly reason?: string | undefined
        readonly conditions?: readonly PrintableCondition[] | undefined
        readonly initContainerStatuses?: readonly PrintableContainer[] | undefined
        readonly containerStatuses?: readonly PrintableContainer[] | undefined
      }
    | undefined
}

/** A pod condition, of which the columns read Ready, Initialized and PodScheduled. */
export interface PrintableCondition {
  readonly type: string
  readonly status?: string | undefined
  readonly reason?: string | undefined
}

/** A container status; exactly one state is set. */
export interface PrintableContainer {
  readonly name: string
  readonly ready?: boolean | undefined
  readonly started?: boolean | null | undefined
  readonly restartCount?: number | undefined
  readonly state?: ContainerStates | undefined
  readonly lastState?: ContainerStates | undefined
}

interface ContainerStates {
  readonly waiting?: { readonly reason?: string | undefined } | undefined
  readonly running?: object | undefined
  readonly terminated?: Termination | undefined
}

interface Termination {
  readonly reason?: string | undefined
  readonly exitCode?: number | undefined
  readonly signal?: number | undefined
  readonly finishedAt?: string | null | undefined
}

/** `now` in ms since 1970, for the age of the last restart. */
export function podColumns({ pod, now }: { readonly pod: PrintablePod; readonly now: number }): PodColumns {
  const { metadata, spec, status } = pod
  const phase = status?.phase ?? ''
  const conditions = status?.conditions
  const initSpecs = spec?.initContainers
  let reason = status?.reason || phase
  if (conditions?.some(({ type, reason: why }) => type === 'PodScheduled' && why === 'SchedulingGated'))
    reason = 'SchedulingGated'

  let total = spec?.containers?.length ?? 0
  const sidecars: readonly string[] =
    initSpecs?.filter((container) => container.restartPolicy === 'Always').map(({ name }) => name) ?? NONE
  total += sidecars.length

  let ready = 0
  const every = { count: 0, last: '' }
  const lasting = { count: 0, last: '' }
  let initializing = false
  const initStatuses: readonly PrintableContainer[] = status?.initContainerStatuses ?? NONE
  for (const [index, container] of initStatuses.entries()) {
    const sidecar = sidecars.includes(container.name)
    count(every, container)
    if (sidecar) count(lasting, container)
    const { terminated, waiting } = container.state ?? {}
    if (terminated?.exitCode === 0 || (terminated && terminated.exitCode === undefined)) continue
    if (sidecar && container.started) {
      if (container.ready) ready++
      continue
    }
    if (terminated) reason = `Init:${terminated.reason || exitText(terminated)}`
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`
    else reason = `Init:${index}/${initSpecs?.length ?? 0}`
    initializing = true
    break
  }

  const shown = initializing && !isTrue(conditions, 'Initialized') ? every : lasting
  if (shown === lasting) {
    let running = false
    let failing = ''
    const containers: readonly PrintableContainer[] = status?.containerStatuses ?? NONE
    for (let index = containers.length - 1; index >= 0; index--) {
      const container = containers[index]
      if (!container) continue
      count(lasting, container)
      const { terminated, waiting } = container.state ?? {}
      if (waiting?.reason) failing = reason = waiting.reason
      else if (terminated) {
        reason = terminated.reason || exitText(terminated)
        if (terminated.exitCode) failing = reason
      } else if (container.ready && container.state?.running) {
        running = true
        ready++
      }
    }
    if (reason === 'Completed') {
      if (running && isTrue(conditions, 'Ready')) reason = 'Running'
      else if (failing !== '') reason = failing
      else if (running) reason = 'NotReady'
    }
  }

  if (metadata?.deletionTimestamp) {
    if (status?.reason === 'NodeLost') reason = 'Unknown'
    else if (phase !== 'Succeeded' && phase !== 'Failed') reason = 'Terminating'
  }
  const age = shown.count !== 0 && shown.last ? ` (${humanDuration(now - Date.parse(shown.last))} ago)` : ''
  return { ready: `${ready}/${total}`, status: reason, restarts: `${shown.count}${age}` }
}

const NONE: readonly never[] = []

/** Adds a container's restarts, and keeps the latest end of a previous run (RFC 3339 texts in UTC compare as texts). */
function count(sum: { count: number; last: string }, container: PrintableContainer): void {
  sum.count += container.restartCount ?? 0
  const finished = container.lastState?.terminated?.finishedAt
  if (finished && (sum.last === '' || finished > sum.last)) sum.last = finished
}

function exitText(terminated: Termination): string {
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode ?? 0}`
}

function isTrue(conditions: readonly PrintableCondition[] | undefined, type: string): boolean {
  return conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false
}
