import { differenceOfLabelled, isLabelled } from './labelled.ts'
import { isVolatileKey, masked } from './mask.ts'
import { differenceOfTables, tablesOf } from './tables.ts'
import { differenceOfTrees, holdsPart, treesOf } from './trees.ts'

/** How far a rollout is while one waits for it: as often and as far as it happens to be. */
const PROGRESS =
  /^Waiting for (?:deployment |daemon set |statefulset |\d+ pods )?.*(?:rollout to finish|roll out to finish|to be ready|spec update to be observed)/

/** Notices on the error stream that older releases did not give. */
const NOTICE =
  /^(?:Flag --\S+ has been deprecated|Warning: |Defaulted container |All commands and output from this session|If you don't see a command prompt)/

/** A line that stands for what the page leaves out. */
const ELIDED = /^(?:\.\.\.|…|\[ ?\.\.\. ?\]|<\.\.\.>)$/

/** Says where an output is not of the documented structure, or nothing: tables, YAML and JSON, labelled texts and plain lines each in their way. `growing` outputs, as logs, may go on. */
export function differenceOfOutputs(documented: string, ours: string, growing = false): string | undefined {
  if (documented.trim() === '') return ours.trim() === '' ? undefined : `expected nothing, got ${brief(ours)}`
  const tables = tablesOf(documented)
  if (tables) {
    const ourTables = tablesOf(ours, true)
    return ourTables ? differenceOfTables(tables, ourTables) : `expected a table, got ${brief(ours)}`
  }
  if (isLabelled(documented)) {
    if (!isLabelled(ours)) return `expected a description, got ${brief(ours)}`
    return differenceOfLabelled(documented, ours)
  }
  if (/^\s*[[{]\s*$|^\s*\{|^ *- |^ *[a-zA-Z][\w./-]*:(?: |$)/m.test(documented)) {
    const whole = treesOf(ours)
    const trees = treesOf(documented)
    if (trees && whole) {
      const one = trees.length === 1
      const found = differenceOfTrees(one ? trees[0] : trees, one ? whole[0] : whole)
      return found === undefined || whole.some((tree) => trees.every((part) => holdsPart(tree, part)))
        ? undefined
        : found
    }
    if (whole) return differenceOfParts(documented, ours)
    if (trees && /^(?:apiVersion|kind|metadata|spec|status|\{)/m.test(documented))
      return `expected an object, got ${brief(ours)}`
  }
  return differenceOfLines(documented, ours, growing)
}

/** Cuttings of an object that are none themselves: each of their lines stands in ours. */
function differenceOfParts(documented: string, ours: string): string | undefined {
  const given = new Set(lines(ours).map(withoutMark))
  const lacking = lines(documented).find(
    (line) => !/^(?:\.\.\.|…|-)$/.test(line) && !isOwnValue(line) && !given.has(withoutMark(line)),
  )
  return lacking === undefined ? undefined : `no line ${brief(lacking)}`
}

function withoutMark(line: string): string {
  return line.replace(/^- /, '').replaceAll('"', '')
}

function isOwnValue(line: string): boolean {
  return isVolatileKey(withoutMark(line).split(':')[0] ?? '')
}

/** Plain lines agree when the masked documented ones come in ours in order, and ours has no others unless some were left out. */
function differenceOfLines(documented: string, ours: string, growing: boolean): string | undefined {
  const all = lines(documented)
  const wanted = all.filter((line) => !PROGRESS.test(line))
  const given = lines(ours).filter((line) => !PROGRESS.test(line) && !(NOTICE.test(line) && !wanted.includes(line)))
  if (squeezed(wanted) === squeezed(given)) return undefined
  const elided = wanted.some((line) => ELIDED.test(line)) || PROGRESS.test(all.at(-1) ?? '')
  let at = 0
  for (const line of wanted) {
    if (ELIDED.test(line)) continue
    const found = given.findIndex((other, i) => i >= at && agrees(line, other))
    if (found < 0) return `no line ${brief(line)}; got ${brief(given.join('\n'))}`
    at = found + 1
  }
  return elided || growing || given.length === wanted.length
    ? undefined
    : `more lines than documented: ${brief(given.join('\n'))}`
}

/** Lines without where they break, since pages wrap them. */
function squeezed(all: readonly string[]): string {
  return all.join('').replaceAll(/\s|\.$/g, '')
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => oneForm(masked(line)))
    .filter((line) => line !== '')
}

/** `pod "web" deleted` of older releases, `pod/web created` and `deployment.apps/web created` of newer ones, as one. */
function oneForm(line: string): string {
  return line
    .replace(/ from \S+ namespace$/, '')
    .replace(/^daemon set /, 'daemonset ')
    .replace(
      /^([a-z]+)(?:\.[a-z0-9.-]+)?(?:\/| ")([^\s"]+)"?(?: ([a-z]+(?: [a-z]+)*(?: \([a-z ]+\))?)"?)?$/,
      (_, kind: string, name: string, verb = 'created') => `${singular(kind)}/${name} ${verb}`,
    )
    .replace(/^"([^\s"]+)" ((?:un)?cordoned|deleted|created)$/, 'node/$1 $2')
    .replaceAll(/\s+/g, ' ')
}

function singular(kind: string): string {
  if (kind.endsWith('ies')) return `${kind.slice(0, -3)}y`
  if (kind.endsWith('sses')) return kind.slice(0, -2)
  return kind.endsWith('s') && !kind.endsWith('ss') ? kind.slice(0, -1) : kind
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
