import { variantOf } from '../../teaching/classCode.ts'
import type { Planned } from '../../teaching/quiz/quizClient.ts'
import type { TemplateCard } from '../../teaching/quiz/quizService.ts'

const SEEDS = 4096

/** Questions for a session: each template once before any comes again, in an order and with seeds that chance gives. */
export function planOf(
  cards: readonly TemplateCard[],
  count: number,
  chance: () => number = Math.random,
): readonly Planned[] {
  const plan: Planned[] = []
  while (plan.length < count && cards.length > 0) {
    const round = cards
      .map((card) => ({ card, at: chance() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, count - plan.length)
    for (const { card } of round) plan.push({ template: card.id, seed: Math.floor(chance() * SEEDS) })
  }
  return plan
}

/** Questions for one of a class: the same templates in the same order for all, each about a world that only this student has. */
export function classPlan(
  cards: readonly TemplateCard[],
  count: number,
  code: string,
  student: number,
): readonly Planned[] {
  const inOrder = [...cards].sort(
    (a, b) => variantOf(code, 0, a.id) - variantOf(code, 0, b.id) || (a.id < b.id ? -1 : 1),
  )
  return inOrder.slice(0, count).map(({ id }) => ({ template: id, seed: variantOf(code, student, id) }))
}
