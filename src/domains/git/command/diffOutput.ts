import type { DiffOptions } from '../diff/changes.ts'
import { type FileDiff, pathOf } from '../diff/fileDiff.ts'
import { quotedPath } from '../diff/quotedPath.ts'
import { fileStats, numStat, shortStat, statText, summaryText } from '../diff/stat.ts'
import { unified } from '../diff/unified.ts'
import type { ObjectStore } from '../object/store.ts'
import type { Ask } from './ask.ts'
import { flags } from './flags.ts'

/** The options that diff, show and log share. */
export const DIFF_FLAGS = flags(`
  p,patch | generate patch
  u | generate patch
  s,no-patch | suppress diff output
  U,unified=<n> | lines of context
  stat=<width>? | show a diffstat
  shortstat | output only the last line of --stat
  numstat | number of added and deleted lines
  summary | show created, deleted and renamed files
  name-only | show only names of changed files
  name-status | show only names and status of changed files
  M,find-renames=<n>? | detect renames
  no-renames | turn off rename detection
  w,ignore-all-space | ignore whitespace when comparing lines
  b,ignore-space-change | ignore changes in amount of whitespace
  minimal | spend extra time to produce the smallest diff
  histogram | use the histogram algorithm
  diff-algorithm=<name> | myers, minimal, histogram
  diff-filter=<letters> | select by status
  no-prefix | do not show a/ and b/
  full-index | show full ids on the index line
  color=<when>? | accepted
  R | swap the two sides
  no-ext-diff | accepted
  abbrev=<n>? | length of ids
`)

/** Whether renames are looked for. */
export function wantsRenames(ask: Ask): boolean {
  return !ask.flag('no-renames') && !ask.no('renames') && ask.config.get('diff.renames') !== 'false'
}

/** Which forms of output the options ask for; `otherwise` when none. */
export function diffForms(ask: Ask, otherwise: readonly string[]): readonly string[] {
  if (ask.flag('no-patch')) return []
  const forms = ['name-only', 'name-status', 'stat', 'shortstat', 'numstat', 'summary'].filter((name) => ask.flag(name))
  if (ask.flag('patch') || ask.flag('u') || ask.flag('unified')) forms.push('patch')
  return forms.length === 0 ? otherwise : forms
}

/** Changed files in the forms asked for. Models: git diff.c diff_flush */
export function diffText(ask: Ask, store: ObjectStore, all: readonly FileDiff[], forms: readonly string[]): string {
  const filter = ask.value('diff-filter')
  const diffs = all.filter(({ status }) => {
    if (filter === undefined) return true
    const lower = filter.toLowerCase() === filter
    return lower ? !filter.toUpperCase().includes(status) : filter.includes(status)
  })
  const options = lineOptions(ask)
  const out: string[] = []
  if (forms.includes('name-only')) out.push(diffs.map((diff) => `${quotedPath(pathOf(diff))}\n`).join(''))
  if (forms.includes('name-status'))
    out.push(
      diffs
        .map((diff) =>
          diff.status === 'R'
            ? `R${String(diff.score).padStart(3, '0')}\t${quotedPath(diff.old?.path ?? '')}\t${quotedPath(diff.new?.path ?? '')}\n`
            : `${diff.status}\t${quotedPath(pathOf(diff))}\n`,
        )
        .join(''),
    )
  const needsStats = forms.some((form) => ['stat', 'shortstat', 'numstat'].includes(form))
  const stats = needsStats ? fileStats(store, diffs, options) : []
  if (forms.includes('numstat')) out.push(numStat(stats))
  if (forms.includes('stat')) {
    const [width, names] = (ask.value('stat') ?? '').split(',')
    out.push(statText(stats, Number(width) || 80, Number(names) || 0))
  }
  if (forms.includes('shortstat')) out.push(shortStat(stats))
  if (forms.includes('summary')) out.push(summaryText(diffs))
  const before = out.join('')
  if (!forms.includes('patch')) return before
  const patch = diffs
    .map((diff) =>
      diff.status === 'U'
        ? `* Unmerged path ${pathOf(diff)}\n`
        : unified(store, diff, {
            ...options,
            ...(ask.value('unified') === undefined ? {} : { context: Number(ask.value('unified')) }),
            ...(ask.flag('no-prefix') ? { prefixes: ['', ''] as const } : {}),
            abbreviate: ask.flag('full-index') ? (id) => id : (id) => ask.short(id),
          }),
    )
    .join('')
  return before === '' || patch === '' ? before + patch : `${before}\n${patch}`
}

function lineOptions(ask: Ask): DiffOptions {
  const algorithm =
    ask.value('diff-algorithm') ??
    (ask.flag('minimal')
      ? 'minimal'
      : ask.flag('histogram')
        ? 'histogram'
        : (ask.config.get('diff.algorithm') ?? 'myers'))
  const key = ask.flag('ignore-all-space')
    ? (line: string) => line.replace(/\s+/g, '')
    : ask.flag('ignore-space-change')
      ? (line: string) => line.trimEnd().replace(/\s+/g, ' ')
      : undefined
  return {
    algorithm: algorithm === 'histogram' || algorithm === 'minimal' ? algorithm : 'myers',
    ...(key ? { key } : {}),
  }
}
