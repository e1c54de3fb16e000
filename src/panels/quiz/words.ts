import type { Item } from '../../teaching/quiz/item.ts'
import type { Sureness } from '../../teaching/review/outcome.ts'
import type { Answer } from './quiz.flow.ts'

export const SURENESS: readonly (readonly [Sureness, string])[] = [
  [1, 'A guess'],
  [2, 'Fairly sure'],
  [3, 'Certain'],
]

const TOPICS: Readonly<Record<string, string>> = {
  foundations: 'Foundations',
  docker: 'Docker',
  scheduling: 'Scheduling',
  kubernetes: 'Kubernetes',
  aws: 'AWS',
  ecs: 'ECS',
  operations: 'Operations',
  delivery: 'Delivery',
}

/** A topic as a heading. */
export function topicTitle(topic: string): string {
  return TOPICS[topic] ?? topic
}

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
