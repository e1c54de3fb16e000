import type { Action } from './action.ts'

/** Goes back by one event. The timeline hears the key. */
export const previousEvent: Action = {
  id: 'previous-event',
  title: 'Previous event',
  group: 'World',
  keys: ',',
  words: 'step back rewind',
  run: ({ lab }) => void lab.step(-1),
}
