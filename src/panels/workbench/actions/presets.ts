import { useLayout } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

const names = ['Canvas alone', 'Canvas and dock', 'Canvas and inspector', 'Everything'] as const

/** The four layouts. */
export const presets: readonly Action[] = ([1, 2, 3, 4] as const).map((number) => ({
  id: `preset-${number}`,
  title: `Layout: ${names[number - 1]}`,
  group: 'View',
  keys: `Alt ${number}`,
  binding: `Alt+Digit${number}`,
  run: () => useLayout.getState().preset(number),
}))
