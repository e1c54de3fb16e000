import type { LabClient } from '../../../host/client.ts'
import type { Gesture, Meaning, PaletteEntry } from '../../../host/views/palette.view.ts'

/** What the learner is about to do with the pointer or the keyboard. */
export type Intent =
  | { readonly sort: 'place'; readonly item: PaletteEntry }
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
  private asked = 0
  private readonly listeners = new Set<() => void>()
  private readonly lab: LabClient

  constructor(lab: LabClient) {
    this.lab = lab
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  begin(intent: Intent, held: boolean, at?: Pending['at']): void {
    this.asked++
    this.refused = undefined
    this.pending = { intent, held, at, over: undefined, meaning: undefined }
    if (intent.sort === 'place') this.ask(undefined)
    this.tell()
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
    const question = questionOf(pending.intent, pending.over)
    if (!question) return this.cancel()
    const meaning = pending.meaning ?? ((await this.lab.ask('gesture', question)) as Meaning)
    if (this.pending?.intent !== pending.intent) return
    this.pending = undefined
    this.asked++
    if ('line' in meaning)
      await this.lab.command(meaning.line, 'main', pending.intent.sort === 'place' ? 'palette' : 'canvas')
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

function questionOf(intent: Intent, over: string | undefined): Gesture | undefined {
  if (intent.sort === 'place')
    return over === undefined ? { place: intent.item.id } : { place: intent.item.id, into: over }
  if (over === undefined) return undefined
  return intent.sort === 'connect' ? { connect: intent.from, to: over } : { move: intent.id, into: over }
}
