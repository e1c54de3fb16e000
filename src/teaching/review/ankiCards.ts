import type { Concept } from '../concepts.ts'
import { plainText } from '../lesson/plainText.ts'
import type { Asked, Feedback, Item, ItemPart } from '../quiz/item.ts'
import type { AnkiCard } from './ankiText.ts'
import type { Outcome } from './outcome.ts'

/** Cards that say what a concept is, for those that somebody has met. */
export function conceptCards(concepts: readonly Concept[], outcomes: readonly Outcome[]): readonly AnkiCard[] {
  const met = new Set(outcomes.flatMap((outcome) => outcome.concepts))
  return concepts
    .filter(({ id }) => met.has(id))
    .map(({ id, title, topic, says }) => ({ front: title, back: says, tags: ['orrery', topic, id] }))
}

/** Codes of the questions that somebody has answered: the latest of each kind, since more of one kind would be the same card. */
export function askedCodes(outcomes: readonly Outcome[]): readonly string[] {
  return [...new Map(outcomes.flatMap(({ id, code }) => (code === undefined ? [] : [[id, code] as const]))).values()]
}

/** A question as it was asked, and what the simulator says to it. */
export function questionCard(item: Item, { truth, says }: Pick<Feedback, 'truth' | 'says'>): AnkiCard {
  const front = [item.title, ...item.prompt.map(partText), ...choices(item.asked)].filter(Boolean).join('\n\n')
  const unit = item.asked.format === 'number' ? item.asked.unit : item.asked.format === 'moment' ? 's' : undefined
  const right = truth === undefined || unit === undefined || truth.endsWith(unit) ? truth : `${truth} ${unit}`
  return {
    front,
    back: [right, says].filter((one) => one !== undefined && one !== '').join('\n\n'),
    tags: ['orrery', item.topic, ...item.concepts, `code:${item.code}`],
  }
}

function partText(part: ItemPart): string {
  return part.is === 'printed'
    ? part.of.map(({ line, output }) => `$ ${line}\n${output}`).join('\n')
    : plainText([part], {})
}

function choices(asked: Asked): readonly string[] {
  switch (asked.format) {
    case 'choice':
    case 'cause':
    case 'hotspot':
      return [listed(asked.options)]
    case 'place': {
      const places = asked.places.map(({ name, facts }) => (facts === '' ? name : `${name}: ${facts}`))
      return [
        [asked.asked, ...asked.facts].filter(Boolean).join(', '),
        listed(asked.none === undefined ? places : [...places, asked.none]),
      ]
    }
    case 'order':
      return [listed(asked.entries)]
    case 'parsons':
      return [listed(asked.lines)]
    case 'fix':
      return [listed(asked.goals), `${asked.file}:\n${asked.text}`]
    case 'reach':
      return [listed(asked.goals)]
    default:
      return []
  }
}

function listed(entries: readonly string[]): string {
  return entries.map((entry) => `• ${entry}`).join('\n')
}
