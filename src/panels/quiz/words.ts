import type { Item } from '../../teaching/quiz/item.ts'
import type { Sureness } from '../../teaching/review/outcome.ts'
import type { Answer } from './quiz.flow.ts'

export const SURENESS: readonly (readonly [Sureness, string])[] = [
  [1, 'A guess'],
  [2, 'Fairly sure'],
  [3, 'Certain'],
]

/** What is asked of the learner in the format of an item, in one sentence. */
export function taskWords({ asked }: Item): string {
  switch (asked.format) {
    case 'choice':
      return 'Pick one.'
    case 'cause':
      return 'Pick what set it off.'
    case 'hotspot':
      return 'Pick the line.'
    case 'place':
      return 'Pick a place.'
    case 'number':
      return 'Give a number.'
    case 'moment':
      return 'Set the mark.'
    case 'order':
      return 'Put them in order, the first on top.'
    case 'parsons':
      return 'Put the lines in order, and leave out those that do not belong.'
    case 'fix':
      return `Change ${asked.file} until the goals hold.`
    case 'reach':
      return 'Give any commands until the goals hold.'
  }
}

/** How an item is answered without a pointer: keys, and what they do. */
export function keysOf({ asked }: Item): readonly (readonly [keys: string, what: string])[] {
  const most = Math.min(9, 'options' in asked ? asked.options.length : asked.format === 'place' ? placesOf(asked) : 0)
  switch (asked.format) {
    case 'number':
      return [['↑ ↓', 'one more, one less']]
    case 'moment':
      return [
        ['← →', 'a second'],
        ['PgUp PgDn', 'further'],
      ]
    case 'order':
      return [['↑ ↓', 'on a row move it']]
    case 'parsons':
      return [
        ['↑ ↓', 'on a row move it'],
        ['Del', 'leaves it out'],
      ]
    case 'fix':
      return [['Tab', 'leaves the file']]
    case 'reach':
      return [['Enter', 'runs the line']]
    default:
      return [[`1 to ${most}`, 'pick']]
  }
}

function placesOf({ places, none }: Extract<Item['asked'], { format: 'place' }>): number {
  return places.length + (none === undefined ? 0 : 1)
}

/** An answer as it is shown behind "Your answer". */
export function answerWords({ asked }: Item, answer: Answer): string {
  if (typeof answer !== 'string') return answer.length === 0 ? 'nothing' : answer.join(' · ')
  if (asked.format === 'fix') return 'your file'
  if (asked.format === 'moment') return `${answer} s`
  if (asked.format === 'number') return asked.unit ? `${answer} ${asked.unit}` : answer
  return answer
}

/** Which of the three skills a format shows. */
export function skillOf({ format }: Item): 'predict' | 'build' | 'debug' {
  if (format === 'fix' || format === 'cause') return 'debug'
  return format === 'reach' || format === 'parsons' ? 'build' : 'predict'
}
