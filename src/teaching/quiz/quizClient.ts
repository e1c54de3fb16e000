import type { Feedback, Item } from './item.ts'
import type { QuizService, TemplateCard } from './quizService.ts'
import type { Trial } from './trial.ts'

type Method = 'cards' | 'make' | 'open' | 'check' | 'attempt' | 'ahead'

/** A question of a session before it is made: by template and seed, or by its code. */
export type Planned = { readonly template: string; readonly seed: number } | { readonly code: string }

export interface QuizRequest {
  readonly id: number
  readonly method: Method
  readonly args: readonly unknown[]
}
export type QuizAnswer =
  | { readonly id: number; readonly value: unknown; readonly error?: undefined }
  | { readonly id: number; readonly error: string }

/** A quiz service somewhere else; see `QuizService` for what each does. */
export interface QuizClient {
  cards(): Promise<readonly TemplateCard[]>
  make(template: string, seed: number): Promise<Item | undefined>
  open(code: string): Promise<ReturnType<QuizService['open']>>
  check(code: string, answer: string | readonly string[]): Promise<Feedback>
  attempt(code: string, answer: string | readonly string[]): Promise<Trial | undefined>
  /** What will be asked for next: it is made while nothing else is asked. Takes the place of an earlier wish. */
  ahead(plan: readonly Planned[]): Promise<void>
}

/** The service in a worker that answers one request after another. */
export function quizClient(worker: Worker): QuizClient {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let next = 1
  worker.addEventListener('message', ({ data }: MessageEvent<QuizAnswer>) => {
    const request = waiting.get(data.id)
    waiting.delete(data.id)
    if (data.error === undefined) request?.resolve('value' in data ? data.value : undefined)
    else request?.reject(new Error(data.error))
  })
  worker.addEventListener('error', (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message))
    waiting.clear()
  })
  const call = <T>(method: Method, ...args: readonly unknown[]): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const request: QuizRequest = { id: next++, method, args }
      waiting.set(request.id, { resolve: resolve as (value: unknown) => void, reject })
      worker.postMessage(request)
    })
  return {
    cards: () => call('cards'),
    make: (template, seed) => call('make', template, seed),
    open: (code) => call('open', code),
    check: (code, answer) => call('check', code, answer),
    attempt: (code, answer) => call('attempt', code, answer),
    ahead: (plan) => call('ahead', plan),
  }
}
