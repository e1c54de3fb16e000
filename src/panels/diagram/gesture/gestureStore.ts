import type { LabClient } from '../../../host/client.ts'
import type { Gesture, Handles, Meaning, PaletteEntry, Reach } from '../../../host/views/index.ts'
import { runEdit } from '../../../workspace/index.ts'

/** What the learner is about to do with the pointer or the keyboard. */
export type Intent =
  | { readonly sort: 'place'; readonly item: PaletteEntry }
  /** A line is wanted, and what it begins at is chosen first. */
  | { readonly sort: 'pick' }
  | { readonly sort: 'connect'; readonly from: string }
  | { readonly sort: 'move'; readonly id: string }

/** An intent under way. */
export interface Pending {
  readonly intent: Intent
  /** Whether the pointer holds it: it ends when the pointer is let go. Otherwise the next click ends it. */
  readonly held: boolean
  /** Where the pointer is, in client px; undefined while only keys were used. */
  readonly at: { readonly x: number; readonly y: number } | undefined
  /** Id of what it would be done to. */
  readonly over: string | undefined
  /** What it would mean there: a command line or a refusal; undefined until it is known. */
  readonly meaning: Meaning | undefined
}

/**
 * The one gesture that may be under way on a canvas. Asks the world what it would mean as soon as it is over something else, so that
 * a refusal has its reason before the drop; what is dropped becomes a command line.
 */
export class GestureStore {
  pending: Pending | undefined
  /** The reason of the last refusal, until something else is begun. */
  refused: { readonly text: string; readonly at: Pending['at'] } | undefined
  /** Where the gesture under way may end; undefined until it is known, and for those that are not between two things. */
  reach: ReadonlyMap<string, 'open' | 'refused'> | undefined
  /** What the thing at hand could be connected with or moved into: plural names of kinds. */
  kinds: readonly string[] = []
  /** Which kinds have handles. */
  handles: Handles = {}
  private asked = 0
  private readonly listeners = new Set<() => void>()
  private readonly lab: LabClient

  constructor(lab: LabClient) {
    this.lab = lab
    void lab.ask('handles').then(
      (handles) => {
        this.handles = handles as Handles
        this.tell()
      },
      () => {},
    )
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  begin(intent: Intent, held: boolean, at?: Pending['at']): void {
    this.asked++
    this.refused = undefined
    this.reach = undefined
    this.kinds = []
    this.pending = { intent, held, at, over: undefined, meaning: undefined }
    if (intent.sort === 'place') this.ask(undefined)
    else if (intent.sort !== 'pick') this.askReach(intent)
    this.tell()
  }

  /** Whether a line can be drawn from things of a kind. */
  connects(kind: string | undefined): boolean {
    return kind !== undefined && this.handles[kind]?.connect === true
  }

  /** The pointer or the ring is over something else, or has moved. */
  hover(over: string | undefined, at: Pending['at'] = this.pending?.at): void {
    const { pending } = this
    if (!pending) return
    const target = over === sourceOf(pending.intent) ? undefined : over
    if (target === pending.over) this.pending = { ...pending, at }
    else {
      this.pending = { ...pending, at, over: target, meaning: undefined }
      this.ask(target)
    }
    this.tell()
  }

  /** Does it, where it is now. A refusal ends it and stays readable. */
  async finish(): Promise<void> {
    const { pending } = this
    if (!pending) return
    if (pending.intent.sort === 'pick') {
      if (pending.over === undefined) this.cancel()
      else this.begin({ sort: 'connect', from: pending.over }, false, pending.at)
      return
    }
    const question = questionOf(pending.intent, pending.over)
    if (!question) return this.cancel()
    const meaning = pending.meaning ?? ((await this.lab.ask('gesture', question)) as Meaning)
    if (this.pending?.intent !== pending.intent) return
    this.pending = undefined
    this.asked++
    if ('line' in meaning)
      await runEdit(this.lab, [meaning.line], {
        by: pending.intent.sort === 'place' ? 'palette' : 'canvas',
        changes: endsOf(pending.intent, pending.over),
      })
    else this.refused = { text: meaning.refuse, at: pending.at }
    this.tell()
  }

  cancel(): void {
    if (!this.pending && !this.refused) return
    this.asked++
    this.pending = undefined
    this.refused = undefined
    this.tell()
  }

  private askReach(intent: Extract<Intent, { sort: 'connect' | 'move' }>): void {
    const [way, id] = intent.sort === 'connect' ? ['connect', intent.from] : ['move', intent.id]
    void this.lab.ask('reach', { way, id } as { way: string; id: string }).then((answer) => {
      const reach = answer as Reach | null
      if (!reach || this.pending?.intent !== intent) return
      this.reach = new Map([
        ...Object.keys(reach.refused).map((one) => [one, 'refused'] as const),
        ...reach.open.map((one) => [one, 'open'] as const),
      ])
      this.kinds = reach.kinds
      this.tell()
    })
  }

  private ask(over: string | undefined): void {
    const { pending } = this
    const question = pending && questionOf(pending.intent, over)
    const number = ++this.asked
    if (!question) return
    void this.lab.ask('gesture', question).then((meaning) => {
      if (number !== this.asked || !this.pending) return
      this.pending = { ...this.pending, meaning: meaning as Meaning }
      this.tell()
    })
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}

/** What the thing at hand is; nothing is done to itself. */
function sourceOf(intent: Intent): string | undefined {
  return intent.sort === 'connect' ? intent.from : intent.sort === 'move' ? intent.id : undefined
}

/** What the line may change. */
function endsOf(intent: Intent, over: string | undefined): readonly string[] {
  if (intent.sort === 'move') return [intent.id]
  return intent.sort === 'connect' ? [intent.from, ...(over === undefined ? [] : [over])] : []
}

function questionOf(intent: Intent, over: string | undefined): Gesture | undefined {
  if (intent.sort === 'pick') return undefined
  if (intent.sort === 'place')
    return over === undefined ? { place: intent.item.id } : { place: intent.item.id, into: over }
  if (over === undefined) return undefined
  return intent.sort === 'connect' ? { connect: intent.from, to: over } : { move: intent.id, into: over }
}
