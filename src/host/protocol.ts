import type { Frame } from './lab.ts'

/** Page to worker: a method of the service by name, answered under the same number. */
export interface Request {
  readonly id: number
  readonly method: Method
  readonly args: readonly unknown[]
}

/** What a page may call. */
export type Method =
  | 'subscribe'
  | 'unsubscribe'
  | 'ask'
  | 'command'
  | 'complete'
  | 'play'
  | 'pause'
  | 'seek'
  | 'step'
  | 'switchTo'
  | 'save'
  | 'open'

/** Page to worker: the last frame has been drawn, so the next may come. */
export interface Drawn {
  readonly drawn: true
}

/** Worker to page: an answer, or what one frame has changed, or what broke. */
export type Message =
  | { readonly answer: number; readonly value?: unknown; readonly error?: string }
  | { readonly frame: Frame }
  | { readonly crashed: string }
