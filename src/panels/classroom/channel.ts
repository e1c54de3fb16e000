import * as v from 'valibot'
import type { ClassQuestion, VotePhase } from './vote.flow.ts'

/** What the wall tells the second window, whenever something of it has changed. */
export interface WallState {
  readonly title: string
  readonly time: string
  readonly playing: boolean
  readonly blank: boolean
  readonly laser: boolean
  readonly caption: string
  /** The script of the lesson that is presented: what to say at each step; empty for a world without one. */
  readonly script: readonly { readonly title: string; readonly notes: string; readonly answer?: string | undefined }[]
  readonly step: number
  /** Whether the world is where the script has it, or the teacher went off on their own. */
  readonly onScript: boolean
  readonly question: ClassQuestion | undefined
  readonly phase: VotePhase
  readonly first: readonly number[]
  readonly second: readonly number[]
  readonly truth: number | undefined
  readonly faults: readonly { readonly label: string; readonly line: string }[]
}

/** What the second window asks of the wall. Read through `readOrder`: another tab of this browser may send anything. */
const orderSchema = v.variant('do', [
  v.strictObject({
    do: v.picklist([
      'hello',
      'next',
      'back',
      'freeze',
      'blank',
      'laser',
      'previousEvent',
      'nextEvent',
      'return',
      'discuss',
      'again',
      'run',
      'clear',
    ]),
  }),
  v.strictObject({
    do: v.literal('count'),
    option: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(25)),
    by: v.picklist([1, -1]),
  }),
  v.strictObject({ do: v.literal('fault'), line: v.pipe(v.string(), v.maxLength(500)) }),
])

export type Order = v.InferOutput<typeof orderSchema>

const NAME = 'orrery.classroom'

/** The wall's end: sends its state, hears orders. Returns how to stop. Nothing leaves the browser. */
export function openWall(hear: (order: Order) => void): { send(state: WallState): void; close(): void } {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const read = v.safeParse(orderSchema, (data as { readonly order?: unknown } | null)?.order)
    if (read.success) hear(read.output)
  }
  return { send: (state) => channel.postMessage({ state }), close: () => channel.close() }
}

/** The second window's end. It says hello, so that a wall that is already there tells its state at once. */
export function openNotes(hear: (state: WallState) => void): { order(order: Order): void; close(): void } {
  const channel = new BroadcastChannel(NAME)
  channel.onmessage = ({ data }: MessageEvent<{ readonly state?: WallState }>) => {
    if (data?.state) hear(data.state)
  }
  channel.postMessage({ order: { do: 'hello' } satisfies Order })
  return { order: (order) => channel.postMessage({ order }), close: () => channel.close() }
}
