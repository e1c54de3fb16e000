/** Something due at an instant: an event to come, a timer or a wake. Items are never changed once queued. */
export interface Due {
  readonly at: number
  /** Within one instant every event goes before every wake. */
  readonly wake: boolean
  readonly id: number
}

/** A binary heap in the order of (at, events before wakes, id). */
export class Queue<T extends Due> {
  private heap: T[] = []

  get size(): number {
    return this.heap.length
  }

  peek(): T | undefined {
    return this.heap[0]
  }

  push(item: T): void {
    const heap = this.heap
    let i = heap.length
    heap.push(item)
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = heap[parent] as T
      if (!before(item, above)) break
      heap[i] = above
      i = parent
    }
    heap[i] = item
  }

  pop(): T | undefined {
    const heap = this.heap
    const top = heap[0]
    const last = heap.pop()
    if (top === undefined || last === undefined || heap.length === 0) return top
    const size = heap.length
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= size) break
      if (child + 1 < size && before(heap[child + 1] as T, heap[child] as T)) child++
      const below = heap[child] as T
      if (!before(below, last)) break
      heap[i] = below
      i = child
    }
    heap[i] = last
    return top
  }

  /** Every item, in no particular order. */
  items(): readonly T[] {
    return this.heap
  }

  /** A copy for a checkpoint; items are shared, since they never change. */
  copy(): Queue<T> {
    const other = new Queue<T>()
    other.heap = this.heap.slice()
    return other
  }
}

function before(a: Due, b: Due): boolean {
  if (a.at !== b.at) return a.at < b.at
  if (a.wake !== b.wake) return b.wake
  return a.id < b.id
}
