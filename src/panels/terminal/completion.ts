import type { Candidates } from '../../host/client.ts'

/** A line being typed. */
export interface Typed {
  readonly text: string
  readonly cursor: number
}

/** The line with a candidate in the place of the word under the cursor; a finished word gets a space. */
export function accept(
  { text, cursor }: Typed,
  from: number,
  candidate: { text: string; open?: boolean | undefined },
): Typed {
  const word = `${candidate.text}${candidate.open ? '' : ' '}`
  return { text: text.slice(0, from) + word + text.slice(cursor).replace(/^ /, ''), cursor: from + word.length }
}

/** The line with as much as all candidates begin with. */
export function acceptCommon({ text, cursor }: Typed, { from, candidates }: Candidates): Typed {
  const texts = candidates.map((one) => one.text)
  let common = texts[0] ?? ''
  for (const other of texts) {
    let i = 0
    while (i < common.length && common[i] === other[i]) i++
    common = common.slice(0, i)
  }
  if (common.length <= cursor - from) return { text, cursor }
  return { text: text.slice(0, from) + common + text.slice(cursor), cursor: from + common.length }
}
