/** A piece of a told sentence: words, a noun of the world, or verbatim words of a tool. */
export type ToldPart =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'noun'; readonly text: string; readonly id: string }
  | { readonly is: 'code'; readonly text: string }

const MARKED = /\[([^\][]+)\]\(([^()\s]+)\)|`([^`]+)`/g

/** Takes a told sentence apart: `[label](entity id)` is a noun, backticks hold code, everything else is text and nothing is markup. */
export function toldParts(sentence: string): readonly ToldPart[] {
  const parts: ToldPart[] = []
  let done = 0
  for (const match of sentence.matchAll(MARKED)) {
    const [whole, label, id, code] = match
    if (match.index > done) parts.push({ is: 'text', text: sentence.slice(done, match.index) })
    if (id !== undefined && label !== undefined) parts.push({ is: 'noun', text: label, id })
    else if (code !== undefined) parts.push({ is: 'code', text: code })
    done = match.index + whole.length
  }
  if (done < sentence.length) parts.push({ is: 'text', text: sentence.slice(done) })
  return parts
}

/** The same sentence as plain words. */
export function toldWords(sentence: string): string {
  return toldParts(sentence)
    .map(({ text }) => text)
    .join('')
}
