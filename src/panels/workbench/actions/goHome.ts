import type { Action } from './action.ts'

/** Leaves the workbench for the first page; the world is kept. */
export const goHome: Action = {
  id: 'home',
  title: 'Home',
  group: 'World',
  words: 'start page leave',
  run: ({ navigate }) => navigate('/'),
}
