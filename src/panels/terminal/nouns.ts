import type { Nouns } from '../../host/views/index.ts'

/** A piece of a line: plain, or the name of a thing of the world. */
export interface Piece {
  readonly text: string
  readonly id?: string | undefined
}

const WORD = /[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/g

/**
 * Cuts a line at the names of things: whole words, longest first, so that `web-7f9c-q7wzl` is a pod and never its Deployment `web`.
 * Of several things of one name it is the one whose kind stands before it (`service/web`), else the first.
 */
export function linkNouns(line: string, nouns: Nouns): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  const plain = (to: number) => {
    if (to > from) pieces.push({ text: line.slice(from, to) })
  }
  for (const match of line.matchAll(WORD)) {
    const [word] = match
    for (const [start, end] of stretches(word)) {
      const name = word.slice(start, end)
      const id = pick(nouns, name, line.slice(0, match.index + start))
      if (id === undefined || match.index + start < from) continue
      plain(match.index + start)
      pieces.push({ text: name, id })
      from = match.index + end
    }
  }
  plain(line.length)
  return pieces
}

/** The word itself, then every run of its parts between dots, longest first. */
function stretches(word: string): readonly (readonly [number, number])[] {
  const cuts = [-1, ...[...word.matchAll(/\./g)].map((dot) => dot.index), word.length]
  const found: [number, number][] = []
  for (let i = 0; i < cuts.length; i++)
    for (let j = i + 1; j < cuts.length; j++) found.push([(cuts[i] ?? 0) + 1, cuts[j] ?? 0])
  return found.filter(([start, end]) => end > start).sort((a, b) => b[1] - b[0] - (a[1] - a[0]) || a[0] - b[0])
}

function pick(nouns: Nouns, name: string, before: string): string | undefined {
  if (!Object.hasOwn(nouns, name)) return undefined
  const all = nouns[name] ?? []
  const kind = /([A-Za-z]+)(?:\.[A-Za-z0-9.]+)?\/$/.exec(before)?.[1]?.toLowerCase()
  return (all.find(({ kinds }) => kind !== undefined && kinds.includes(kind)) ?? all[0])?.id
}
