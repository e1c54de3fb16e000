/** What the scheduler says when a cluster has no nodes at all. */
export const noNodesAvailable = 'no nodes available to schedule pods'

/** The reason that stands for every node on which preemption was not even tried. */
export const preemptionNotHelpful = 'Preemption is not helpful for scheduling'

/**
 * The words of a FailedScheduling event or of its nested preemption part: reasons counted over nodes, sorted as strings.
 * Models: pkg/scheduler/framework/types.go FitError.Error.
 */
export function fitErrorMessage(error: {
  readonly nodes: number
  /** Reasons of the nodes that were looked at, a list for each. */
  readonly reasons: Iterable<readonly string[]>
  /** PreFilter's words, where it refused the pod: they replace the counted reasons. */
  readonly preFilterMessage?: string
  /** PostFilter's words, with their own full stop. */
  readonly postFilterMessage?: string
}): string {
  let text = `0/${error.nodes} nodes are available:`
  if (error.preFilterMessage) text += ` ${error.preFilterMessage}.`
  else {
    const counts = new Map<string, number>()
    for (const list of error.reasons) for (const reason of list) counts.set(reason, (counts.get(reason) ?? 0) + 1)
    const parts = [...counts].map(([reason, count]) => `${count} ${reason}`).sort()
    if (parts.length > 0) text += ` ${parts.join(', ')}.`
  }
  return error.postFilterMessage ? `${text} ${error.postFilterMessage}` : text
}

/** An event's note holds 1024 bytes; longer ones end in ` ...`. The PodScheduled condition carries the full text. */
export function eventNote(message: string): string {
  return message.length > 1024 ? `${message.slice(0, 1024 - 4)} ...` : message
}
