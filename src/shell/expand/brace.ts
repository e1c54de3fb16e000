import type { Part, Word } from '../parse/ast.ts'

type Unit = string | Part

/** The words that `{a,b}` and `{1..3}` make of one. */
export function braceExpand(word: Word): readonly Word[] {
  if (!word.some((part) => 'lit' in part && !part.quoted && part.lit.includes('{'))) return [word]
  const units: Unit[] = word.flatMap((part): Unit[] => ('lit' in part && !part.quoted ? [...part.lit] : [part]))
  return expand(units).map(join)
}

function expand(units: readonly Unit[]): readonly (readonly Unit[])[] {
  for (let open = 0; open < units.length; open++) {
    if (units[open] !== '{') continue
    const close = closing(units, open)
    if (close === undefined) continue
    const inside = units.slice(open + 1, close)
    const choices = alternatives(inside)
    if (!choices) continue
    const rest = expand(units.slice(close + 1))
    const before = units.slice(0, open)
    return choices.flatMap((choice) =>
      expand(choice).flatMap((mid) => rest.map((after) => [...before, ...mid, ...after])),
    )
  }
  return [units]
}

function closing(units: readonly Unit[], open: number): number | undefined {
  let depth = 0
  for (let at = open; at < units.length; at++) {
    if (units[at] === '{') depth++
    else if (units[at] === '}' && --depth === 0) return at
  }
  return undefined
}

function alternatives(inside: readonly Unit[]): readonly (readonly Unit[])[] | undefined {
  const choices: Unit[][] = [[]]
  let depth = 0
  for (const unit of inside) {
    if (unit === ',' && depth === 0) choices.push([])
    else {
      if (unit === '{') depth++
      if (unit === '}') depth--
      choices[choices.length - 1]?.push(unit)
    }
  }
  if (choices.length > 1) return choices
  if (!inside.every((unit) => typeof unit === 'string')) return undefined
  return sequence(inside.join(''))?.map((text) => [...text])
}

function sequence(text: string): readonly string[] | undefined {
  const found = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(text)
  if (!found) return undefined
  const [, from = '', to = '', by] = found
  const letters = /[A-Za-z]/.test(from)
  if (letters !== /[A-Za-z]/.test(to)) return undefined
  const start = letters ? from.charCodeAt(0) : Number(from)
  const end = letters ? to.charCodeAt(0) : Number(to)
  const step = Math.max(1, Math.abs(Number(by ?? 1)))
  const width = /^-?0\d/.test(from) || /^-?0\d/.test(to) ? Math.max(from.length, to.length) : 0
  const out: string[] = []
  for (let n = start; start <= end ? n <= end : n >= end; n += start <= end ? step : -step) {
    if (out.length > 10_000) break
    out.push(
      letters
        ? String.fromCharCode(n)
        : n < 0
          ? `-${String(-n).padStart(width - 1, '0')}`
          : String(n).padStart(width, '0'),
    )
  }
  return out
}

function join(units: readonly Unit[]): Word {
  const parts: Part[] = []
  for (const unit of units) {
    const last = parts[parts.length - 1]
    if (typeof unit !== 'string') parts.push(unit)
    else if (last && 'lit' in last && !last.quoted) parts[parts.length - 1] = { lit: last.lit + unit }
    else parts.push({ lit: unit })
  }
  return parts
}
