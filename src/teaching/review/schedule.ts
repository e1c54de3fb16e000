import { type Card, createEmptyCard, fsrs, type Grade, Rating } from 'ts-fsrs'
import type { Outcome } from './outcome.ts'

/** Where a concept stands in a learner's memory. Times in ms since 1970. */
export interface Memory {
  readonly concept: string
  readonly due: number
  /** Days until recall is expected to have fallen to nine in ten. */
  readonly stability: number
  /** 1 easy to 10 hard. */
  readonly difficulty: number
  readonly seen: number
  readonly lapses: number
  readonly last: number
}

/** No fuzz, so that the same outcomes always give the same days; no steps of minutes, since a concept is asked once a sitting. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false, request_retention: 0.9 })
const SITTING = 30 * 60_000

/**
 * The state of memory of every concept that was ever tested, by id.
 * Models: FSRS (ts-fsrs). Several outcomes of one concept within half an hour are one review, as bad as the worst of them: a quiz that asks
 * twice must not count as two days.
 */
export function memoriesOf(outcomes: readonly Outcome[]): ReadonlyMap<string, Memory> {
  const memories = new Map<string, Memory>()
  for (const [concept, own] of byConcept(outcomes)) {
    let card = createEmptyCard(new Date(own[0]?.at ?? 0))
    let seen = 0
    for (const sitting of sittings(own)) {
      const at = sitting[sitting.length - 1] as Outcome
      card = scheduler.next(card, new Date(at.at), gradeOf(sitting)).card
      seen += sitting.length
    }
    memories.set(concept, memoryOf(concept, card, seen))
  }
  return memories
}

/** Concepts whose review is due by `now`, the longest overdue first. */
export function dueAt(memories: ReadonlyMap<string, Memory>, now: number): readonly Memory[] {
  return [...memories.values()]
    .filter(({ due }) => due <= now)
    .sort((a, b) => a.due - b.due || (a.concept < b.concept ? -1 : 1))
}

/** How likely a concept is remembered at `now`, 0 to 1. */
export function recallAt({ stability, last }: Memory, now: number): number {
  const days = Math.max(0, (now - last) / 86_400_000)
  return scheduler.forgetting_curve(days, stability)
}

/** Wrong is forgotten; right but a guess was hard; right and certain was easy. */
function gradeOf(sitting: readonly Outcome[]): Grade {
  if (sitting.some(({ right }) => !right)) return Rating.Again
  const least = Math.min(...sitting.map(({ sureness }) => sureness ?? 2))
  return least === 1 ? Rating.Hard : least === 3 ? Rating.Easy : Rating.Good
}

function byConcept(outcomes: readonly Outcome[]): ReadonlyMap<string, readonly Outcome[]> {
  const found = new Map<string, Outcome[]>()
  for (const outcome of [...outcomes].sort((a, b) => a.at - b.at))
    for (const concept of outcome.concepts) {
      const own = found.get(concept)
      if (own) own.push(outcome)
      else found.set(concept, [outcome])
    }
  return found
}

function sittings(own: readonly Outcome[]): readonly (readonly Outcome[])[] {
  const found: Outcome[][] = []
  for (const outcome of own) {
    const last = found[found.length - 1]
    if (last && outcome.at - (last[0] as Outcome).at < SITTING) last.push(outcome)
    else found.push([outcome])
  }
  return found
}

function memoryOf(concept: string, card: Card, seen: number): Memory {
  return {
    concept,
    due: card.due.getTime(),
    stability: card.stability,
    difficulty: card.difficulty,
    seen,
    lapses: card.lapses,
    last: card.last_review?.getTime() ?? 0,
  }
}
