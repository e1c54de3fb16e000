import type { Pod } from '../objects.ts'

/** What keeps a pod out of the scheduling queue. */
interface Gated {
  /** PreEnqueue's words, as in the scheduler's log. */
  readonly message: string
  /** The PodScheduled=False condition that the pod shows. */
  readonly condition: { readonly reason: 'SchedulingGated'; readonly message: string }
  readonly gates: readonly string[]
}

/** Whether a pod's scheduling gates keep it from being scheduled at all. Models: schedulinggates/scheduling_gates.go PreEnqueue. */
export function schedulingGated(pod: Pod): Gated | undefined {
  const gates = (pod.spec.schedulingGates ?? []).map(({ name }) => name)
  if (gates.length === 0) return undefined
  return {
    message: `waiting for scheduling gates: [${gates.join(' ')}]`,
    condition: {
      reason: 'SchedulingGated',
      message: 'Scheduling is blocked due to non-empty scheduling gates',
    },
    gates,
  }
}
