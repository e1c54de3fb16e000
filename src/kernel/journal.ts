import type { PastEvent } from './event.ts'

/** Everything that happened, in the order in which it happened. Only grows; a replay writes the same one again. */
export class Journal {
  private readonly events: PastEvent[] = []
  private positions = new Int32Array(1024).fill(-1)

  get length(): number {
    return this.events.length
  }

  /** The event at a position, counted from 0. */
  at(position: number): PastEvent | undefined {
    return this.events[position]
  }

  /** The event with an id, if it happened: ids of voided or refused events are not found. */
  byId(id: number): PastEvent | undefined {
    const position = this.position(id)
    return position < 0 ? undefined : this.events[position]
  }

  /** Position of the event with an id, or -1. */
  position(id: number): number {
    return this.positions[id] ?? -1
  }

  append(event: PastEvent): void {
    if (event.id >= this.positions.length) {
      const grown = new Int32Array(Math.max(event.id + 1, this.positions.length * 2)).fill(-1)
      grown.set(this.positions)
      this.positions = grown
    }
    this.positions[event.id] = this.events.length
    this.events.push(event)
  }

  /** Forgets everything from `length` on: only a seek does this, since the replay writes it again. */
  truncate(length: number): void {
    for (let i = length; i < this.events.length; i++) this.positions[(this.events[i] as PastEvent).id] = -1
    this.events.length = Math.min(length, this.events.length)
  }

  /** Position of the first event later than `at`: everything before it happened by then. */
  after(at: number): number {
    let low = 0
    let high = this.events.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.events[middle] as PastEvent).at <= at) low = middle + 1
      else high = middle
    }
    return low
  }

  slice(from: number, to?: number): readonly PastEvent[] {
    return this.events.slice(from, to)
  }

  [Symbol.iterator](): Iterator<PastEvent> {
    return this.events[Symbol.iterator]()
  }

  /**
   * The chain from an event back to the command that it started with: at each event the first of its causes, since that is what
   * set it off and the others only joined. The first in the list is the event itself.
   */
  why(id: number): readonly PastEvent[] {
    const chain: PastEvent[] = []
    for (let event = this.byId(id); event; ) {
      chain.push(event)
      const first: number | undefined = event.causes[0]
      event = first === undefined ? undefined : this.byId(first)
    }
    return chain
  }
}
