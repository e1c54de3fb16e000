import { type Actor, assign, createActor, fromPromise, setup } from 'xstate'
import type { Feedback, Item } from '../../teaching/quiz/item.ts'
import type { Planned, QuizClient } from '../../teaching/quiz/quizClient.ts'
import type { Sureness } from '../../teaching/review/outcome.ts'

/** How many questions are prepared while one is read. */
const AHEAD = 5

export type Answer = string | readonly string[]

/** One question of a session, as far as it has come. */
export interface Turn {
  readonly item: Item
  readonly answer?: Answer | undefined
  readonly sureness?: Sureness | undefined
  readonly feedback?: Feedback | undefined
  /** Its template has changed since the code was given out. */
  readonly changed?: boolean | undefined
}

/** What a session is: a quiz tells after each answer, an exam at its end. */
export type SessionKind = 'quiz' | 'review' | 'exam'

export interface QuizContext {
  readonly client: QuizClient
  readonly kind: SessionKind
  readonly plan: readonly Planned[]
  readonly turns: readonly Turn[]
  readonly at: number
  /** When the time of an exam is over, in real ms since 1970. */
  readonly ends?: number | undefined
  readonly wrong?: string | undefined
}

export type QuizEvent =
  | {
      readonly type: 'BEGIN'
      readonly plan: readonly Planned[]
      readonly kind: SessionKind
      readonly ends?: number | undefined
    }
  | { readonly type: 'ANSWER'; readonly answer: Answer; readonly sureness: Sureness }
  | { readonly type: 'NEXT' }
  | { readonly type: 'TIME_IS_UP' }
  | { readonly type: 'LEAVE' }

/** A session of questions: prepared in a worker, asked, judged, told, and summed up. */
export const quizFlow = setup({
  types: { context: {} as QuizContext, events: {} as QuizEvent, input: {} as { client: QuizClient } },
  actors: {
    prepare: fromPromise(async ({ input }: { input: QuizContext }): Promise<Turn> => {
      const planned = input.plan[input.at]
      if (!planned) throw new Error('There are no questions on this yet.')
      const turn = await turnOf(input.client, planned)
      // Those after it are made while this one is read.
      void input.client.ahead(input.plan.slice(input.at + 1, input.at + 1 + AHEAD)).catch(() => undefined)
      if (!turn)
        throw new Error('code' in planned ? 'There is no question with this code.' : 'This question cannot be made.')
      return turn
    }),
    judge: fromPromise(async ({ input }: { input: QuizContext }): Promise<readonly Turn[]> => {
      const turns = [...input.turns]
      for (const [i, turn] of turns.entries()) {
        if (turn.answer === undefined || turn.feedback) continue
        turns[i] = { ...turn, feedback: await input.client.check(turn.item.code, turn.answer) }
      }
      return turns
    }),
  },
  guards: {
    isExam: ({ context }) => context.kind === 'exam',
    isLast: ({ context }) => context.at + 1 >= context.plan.length,
  },
  actions: {
    begin: assign(({ event }) =>
      event.type === 'BEGIN'
        ? { plan: event.plan, kind: event.kind, ends: event.ends, turns: [], at: 0, wrong: undefined }
        : {},
    ),
    answer: assign(({ context, event }) => {
      if (event.type !== 'ANSWER') return {}
      const { answer, sureness } = event
      return { turns: context.turns.map((turn, i) => (i === context.at ? { ...turn, answer, sureness } : turn)) }
    }),
    goOn: assign(({ context }) => ({ at: context.at + 1 })),
  },
}).createMachine({
  id: 'quiz',
  context: ({ input }) => ({ client: input.client, kind: 'quiz', plan: [], turns: [], at: 0 }),
  initial: 'home',
  on: { BEGIN: { target: '.preparing', actions: 'begin' }, LEAVE: '.home' },
  states: {
    home: {},
    preparing: {
      on: { TIME_IS_UP: 'summing' },
      invoke: {
        src: 'prepare',
        input: ({ context }) => context,
        onDone: {
          target: 'asking',
          actions: assign(({ context, event }) => ({ turns: [...context.turns.slice(0, context.at), event.output] })),
        },
        onError: { target: 'failed', actions: assign(({ event }) => ({ wrong: wordsOf(event.error) })) },
      },
    },
    asking: {
      on: {
        TIME_IS_UP: 'summing',
        ANSWER: [
          {
            guard: ({ context }) => context.kind === 'exam' && context.at + 1 >= context.plan.length,
            target: 'summing',
            actions: 'answer',
          },
          { guard: 'isExam', target: 'preparing', actions: ['answer', 'goOn'] },
          { target: 'judging', actions: 'answer' },
        ],
      },
    },
    judging: {
      invoke: {
        src: 'judge',
        input: ({ context }) => context,
        onDone: { target: 'told', actions: assign(({ event }) => ({ turns: event.output })) },
        onError: { target: 'failed', actions: assign(({ event }) => ({ wrong: wordsOf(event.error) })) },
      },
    },
    told: {
      on: {
        NEXT: [
          { guard: 'isLast', target: 'summary' },
          { target: 'preparing', actions: 'goOn' },
        ],
      },
    },
    summing: {
      invoke: {
        src: 'judge',
        input: ({ context }) => context,
        onDone: { target: 'summary', actions: assign(({ event }) => ({ turns: event.output })) },
        onError: { target: 'failed', actions: assign(({ event }) => ({ wrong: wordsOf(event.error) })) },
      },
    },
    summary: {},
    failed: {},
  },
})

async function turnOf(client: QuizClient, planned: Planned): Promise<Turn | undefined> {
  if ('code' in planned) {
    const opened = await client.open(planned.code)
    return opened && { item: opened.item, changed: opened.changed }
  }
  const item = await client.make(planned.template, planned.seed)
  return item && { item }
}

export type QuizActor = Actor<typeof quizFlow>

/** A session that has begun. */
export function startQuiz(client: QuizClient): QuizActor {
  return createActor(quizFlow, { input: { client } }).start()
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
