import type { Json } from '../kernel/index.ts'
import type { Completion } from '../shell/index.ts'
import type { Beginning, Save } from './save.ts'

/** Candidates for the word under the cursor. */
export interface Candidates {
  /** Where the word begins in the line. */
  readonly from: number
  readonly candidates: readonly Completion[]
}

/**
 * How to talk to a lab, wherever it runs. Everything that a person does to the world is a `command`; the rest moves the clock.
 * Promises are refused with what went wrong; after a crash of ours all of them are.
 */
export interface LabClient {
  /** Looks at a view; the listener is called soon with its value, then at most once a frame when it changes. Returns how to stop. */
  subscribe(view: string, params: Json, listener: (value: unknown) => void): () => void
  /** Looks at a view once. */
  ask(view: string, params?: Json): Promise<unknown>
  /** Gives a line to a session (`main` when absent). `by` says what made it when it was not typed: `canvas`, `editor`, `fault`. */
  command(line: string, session?: string, by?: string): Promise<void>
  complete(line: string, cursor: number, session?: string): Promise<Candidates>
  play(speed?: number): Promise<void>
  pause(): Promise<void>
  seek(at: number): Promise<void>
  step(direction: 1 | -1): Promise<void>
  switchTo(branch: number, at?: number): Promise<void>
  save(): Promise<Save>
  /** Starts anew from a save or a beginning. What was looked at goes on being looked at, in the new world. */
  open(from: Save | Beginning): Promise<void>
  /** Called with what broke when our own code failed; the world stands still from then on, and `save` still answers. */
  onCrash(listener: (message: string) => void): () => void
  close(): void
}
