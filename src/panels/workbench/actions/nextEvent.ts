import type { Action } from './action.ts'

/** Goes to the next event. The timeline hears the key. */
export const nextEvent: Action = {
  id: 'next-event',
  title: 'Next event',
  group: 'World',
  keys: '.',
  words: 'step forward',
  run: ({ lab }) => void lab.step(1),
}
