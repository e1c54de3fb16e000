import { allConcepts } from '../../teaching/conceptList.ts'
import { askedCodes, conceptCards, questionCard } from '../../teaching/review/ankiCards.ts'
import { type AnkiCard, ankiText } from '../../teaching/review/ankiText.ts'
import type { Outcome } from '../../teaching/review/outcome.ts'
import { quizzes } from '../quiz/client.ts'
import { downloadText } from '../workbench/worlds/download.ts'

/** Hands what somebody has met to Anki as a file: a card a concept, and a card a question, made again from its code. Resolves with how many. */
export async function exportAnki(outcomes: readonly Outcome[]): Promise<number> {
  const cards: AnkiCard[] = [...conceptCards(allConcepts, outcomes)]
  const client = quizzes()
  for (const code of askedCodes(outcomes)) {
    const opened = await client.open(code)
    // A kind of question that is no longer here is left out.
    if (opened) cards.push(questionCard(opened.item, await client.check(opened.item.code, '')))
  }
  downloadText('orrery-anki.txt', ankiText(cards), 'text/plain')
  return cards.length
}
