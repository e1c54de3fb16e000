/**
 * Remembers which place in its container each thing has, so that a thing stays where it is while others come and go.
 * A place that falls free is taken by the next newcomer; who comes back gets the old place if it is still free.
 */
export class Places {
  private readonly containers = new Map<string, (string | undefined)[]>()
  private readonly last = new Map<string, number>()

  /** The places of a container, in order, for exactly these things; undefined is a gap. */
  settle(container: string, ids: readonly string[]): readonly (string | undefined)[] {
    const present = new Set(ids)
    const slots = (this.containers.get(container) ?? []).map((id) => (id && present.has(id) ? id : undefined))
    const seated = new Set(slots)
    for (const id of present) {
      if (seated.has(id)) continue
      const before = this.last.get(`${container} ${id}`)
      const gap = slots.indexOf(undefined)
      const slot =
        before !== undefined && before < slots.length && slots[before] === undefined
          ? before
          : gap >= 0
            ? gap
            : slots.length
      slots[slot] = id
      this.last.set(`${container} ${id}`, slot)
    }
    while (slots.length > 0 && slots[slots.length - 1] === undefined) slots.pop()
    this.containers.set(container, slots)
    return slots
  }

  /** Forgets everything: the next layout closes all gaps. */
  tidy(): void {
    this.containers.clear()
    this.last.clear()
  }
}
