import { assign, setup } from 'xstate'

/** What the learner does in a beat. */
export type Part = 'reading' | 'predicting' | 'tasking'

interface Context {
  readonly beat: number
  readonly parts: readonly Part[]
  /** Place of the option that was committed to, and how sure the learner was. */
  readonly choice: number | undefined
  readonly sureness: 1 | 2 | 3
  /** Place of the option that came true. */
  readonly truth: number | undefined
  readonly stars: number
}

type Happening =
  | { readonly type: 'ARRIVED' }
  | { readonly type: 'COMMIT'; readonly choice: number; readonly sureness: 1 | 2 | 3 }
  | { readonly type: 'REVEALED'; readonly truth: number | undefined }
  | { readonly type: 'WON'; readonly stars: number }
  | { readonly type: 'LOST' }
  | { readonly type: 'AGAIN' }
  | { readonly type: 'NEXT' }

const next = [{ guard: 'more', target: 'arriving', actions: 'advance' }, { target: 'done' }] as const

/** The course of a lesson: beat after beat, each read, predicted or done; a task may be lost and taken up again. */
export const lessonFlow = setup({
  types: {
    context: {} as Context,
    events: {} as Happening,
    input: {} as { readonly parts: readonly Part[]; readonly beat: number; readonly stars: number },
  },
  actions: {
    advance: assign(({ context }) => ({ beat: context.beat + 1, choice: undefined, truth: undefined })),
  },
  guards: {
    more: ({ context }) => context.beat < context.parts.length - 1,
    predicts: ({ context }) => context.parts[context.beat] === 'predicting',
    tasks: ({ context }) => context.parts[context.beat] === 'tasking',
  },
}).createMachine({
  id: 'lesson',
  context: ({ input }) => ({ ...input, choice: undefined, sureness: 2, truth: undefined }),
  initial: 'arriving',
  states: {
    arriving: {
      description: 'The world is brought to where the beat begins.',
      on: {
        ARRIVED: [
          { guard: 'predicts', target: 'predicting' },
          { guard: 'tasks', target: 'tasking' },
          { target: 'reading' },
        ],
      },
    },
    reading: { description: 'The beat is read.', on: { NEXT: next } },
    predicting: {
      description: 'The world is held, and the learner says what will come.',
      on: {
        COMMIT: {
          target: 'committed',
          actions: assign(({ event }) => ({ choice: event.choice, sureness: event.sureness })),
        },
      },
    },
    committed: {
      description: 'The world runs, and shows what comes.',
      on: { REVEALED: { target: 'revealing', actions: assign(({ event }) => ({ truth: event.truth })) } },
    },
    revealing: { description: 'The guess stands beside what came.', on: { NEXT: next } },
    tasking: {
      description: 'The learner works at the task.',
      on: {
        WON: {
          target: 'won',
          actions: assign(({ context, event }) => ({ stars: Math.max(context.stars, event.stars) })),
        },
        LOST: 'lost',
        AGAIN: 'tasking',
      },
    },
    won: { description: 'All goals hold.', on: { NEXT: next, AGAIN: 'tasking' } },
    lost: { description: 'It can no longer be won from here; going back can.', on: { AGAIN: 'tasking' } },
    done: { type: 'final', description: 'The lesson is over.' },
  },
})
