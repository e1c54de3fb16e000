import { differenceOfLabelled, isLabelled } from './labelled.ts'
import { masked } from './mask.ts'
import { differenceOfTables, tablesOf } from './tables.ts'
import { differenceOfTrees, treesOf } from './trees.ts'

/** Says where an output is not of the documented structure, or nothing: tables, YAML and JSON, labelled texts and plain lines each in their way. */
export function differenceOfOutputs(documented: string, ours: string): string | undefined {
  if (documented.trim() === '') return ours.trim() === '' ? undefined : `expected nothing, got ${brief(ours)}`
  const tables = tablesOf(documented)
  if (tables) {
    const ourTables = tablesOf(ours)
    return ourTables ? differenceOfTables(tables, ourTables) : `expected a table, got ${brief(ours)}`
  }
  if (isLabelled(documented)) {
    if (!isLabelled(ours)) return `expected a description, got ${brief(ours)}`
    return differenceOfLabelled(documented, ours)
  }
  if (/^\s*[[{]|^(?:apiVersion|kind|metadata|spec|status|data|items):/m.test(documented)) {
    const trees = treesOf(documented)
    if (trees) {
      const ourTrees = treesOf(ours)
      if (!ourTrees) return `expected an object, got ${brief(ours)}`
      return differenceOfTrees(trees.length === 1 ? trees[0] : trees, trees.length === 1 ? ourTrees[0] : ourTrees)
    }
  }
  return differenceOfLines(documented, ours)
}

/** Plain lines agree when the masked documented ones come in ours in order, and ours has no others unless some were left out. */
function differenceOfLines(documented: string, ours: string): string | undefined {
  const wanted = lines(documented)
  const given = lines(ours)
  const elided = wanted.some((line) => /^(?:\.\.\.|…)$/.test(line))
  let at = 0
  for (const line of wanted) {
    if (/^(?:\.\.\.|…)$/.test(line)) continue
    const found = given.findIndex((other, i) => i >= at && agrees(line, other))
    if (found < 0) return `no line ${brief(line)}; got ${brief(given.join('\n'))}`
    at = found + 1
  }
  return elided || given.length === wanted.length ? undefined : `more lines than documented: ${brief(given.join('\n'))}`
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => oneForm(masked(line)))
    .filter((line) => line !== '')
}

/** `pod "web" deleted` of older releases and `pod/web created` of newer ones, as one. */
function oneForm(line: string): string {
  return line
    .replace(
      /^([a-z]+?)s?(?:\.[a-z0-9.-]+)?(?:\/| ")([^\s"]+)"?(?: from \S+ namespace)? ((?:force )?[a-z]+(?: \(.*\))?)$/,
      '$1/$2 $3',
    )
    .replaceAll(/\s+/g, ' ')
}

function agrees(wanted: string, given: string): boolean {
  if (wanted === given) return true
  if (!wanted.includes('...')) return false
  const parts = wanted.split('...')
  let at = 0
  for (const [i, part] of parts.entries()) {
    const found = given.indexOf(part.trim(), at)
    if (found < 0 || (i === 0 && found !== 0)) return false
    at = found + part.trim().length
  }
  return true
}

function brief(text: string): string {
  const trimmed = text.trim()
  return JSON.stringify(trimmed.length > 300 ? `${trimmed.slice(0, 300)}...` : trimmed)
}
