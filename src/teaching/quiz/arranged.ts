import { draw } from '../../kernel/random.ts'

const SEED = 41

/** Numbers go up; everything else is shuffled. */
export function ordered(
  texts: readonly string[],
  shuffle: (texts: readonly string[]) => readonly string[],
): readonly string[] {
  const numbers = texts.map((text) => Number.parseFloat(text))
  if (numbers.every(Number.isFinite)) return [...texts].sort((a, b) => Number.parseFloat(a) - Number.parseFloat(b))
  return shuffle([...texts].sort())
}

/** Texts in an order that only the key decides. */
export function shuffled(texts: readonly string[], key: string): readonly string[] {
  return texts
    .map((text, i) => ({ text, at: draw(SEED, key, i, text) }))
    .sort((a, b) => a.at - b.at)
    .map(({ text }) => text)
}

/** A shuffled list that is not the answer by chance: then its first goes last. */
export function apart(texts: readonly string[], answer: string): readonly string[] {
  return texts.join('\n').startsWith(answer) ? [...texts.slice(1), ...texts.slice(0, 1)] : texts
}
