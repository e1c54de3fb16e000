import { assign, setup } from 'xstate'

/** What a class is asked. */
export interface ClassQuestion {
  readonly ask: string
  readonly options: readonly ClassOption[]
}

export interface ClassOption {
  readonly says: string
  /** The thing of the world that it names: it carries the option's letter on the canvas. */
  readonly thing?: string | undefined
}

interface VoteContext {
  readonly question: ClassQuestion | undefined
  /** Hands by option, of the first vote and of the one after the talk. */
  readonly first: readonly number[]
  readonly second: readonly number[]
  /** Which option came true, once the world has run. */
  readonly truth: number | undefined
}

type VoteEvent =
  | { readonly type: 'ask'; readonly question: ClassQuestion }
  | { readonly type: 'count'; readonly option: number; readonly by: number }
  | { readonly type: 'discuss' }
  | { readonly type: 'again' }
  | { readonly type: 'run' }
  | { readonly type: 'reveal'; readonly truth: number }
  | { readonly type: 'clear' }

const NOTHING: VoteContext = { question: undefined, first: [], second: [], truth: undefined }

/** Peer instruction: a vote that nobody sees, a talk with the neighbour, a second vote, and only then the world runs. */
export const voteFlow = setup({
  types: { context: {} as VoteContext, events: {} as VoteEvent },
  actions: {
    begin: assign(({ event }) => {
      if (event.type !== 'ask') return {}
      const none = event.question.options.map(() => 0)
      return { question: event.question, first: none, second: none, truth: undefined }
    }),
    countFirst: assign(({ context, event }) =>
      event.type === 'count' ? { first: counted(context.first, event) } : {},
    ),
    countSecond: assign(({ context, event }) =>
      event.type === 'count' ? { second: counted(context.second, event) } : {},
    ),
    tell: assign(({ event }) => (event.type === 'reveal' ? { truth: event.truth } : {})),
    forget: assign(NOTHING),
  },
}).createMachine({
  id: 'vote',
  initial: 'silent',
  context: NOTHING,
  on: { ask: { target: '.voting', actions: 'begin' }, clear: { target: '.silent', actions: 'forget' } },
  states: {
    silent: { description: 'Nothing is asked.' },
    voting: {
      description: 'Everyone commits alone; hands are counted out of sight.',
      on: { count: { actions: 'countFirst' }, discuss: 'discussing', run: 'running' },
    },
    discussing: {
      description: 'Neighbours try to convince each other.',
      on: { again: 'votingAgain', run: 'running' },
    },
    votingAgain: {
      description: 'The same question once more.',
      on: { count: { actions: 'countSecond' }, run: 'running' },
    },
    running: {
      description: 'The world goes on, and decides.',
      on: { reveal: { target: 'revealed', actions: 'tell' } },
    },
    revealed: { description: 'The votes stand beside what came true.' },
  },
})

export type VotePhase = 'silent' | 'voting' | 'discussing' | 'votingAgain' | 'running' | 'revealed'

function counted(tally: readonly number[], { option, by }: { readonly option: number; readonly by: number }): number[] {
  return tally.map((hands, i) => (i === option ? Math.max(0, hands + by) : hands))
}

/** The letter that an option carries, on the strip and on its thing. */
export function letterOf(option: number): string {
  return String.fromCharCode(65 + option)
}
