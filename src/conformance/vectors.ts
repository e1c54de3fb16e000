import { basename } from 'node:path'
import { rules } from '../kernel/index.ts'
import { difference, differenceOfFieldErrors, holds } from './compare.ts'
import { jsonFiles } from './files.ts'
import { type Report, tally } from './report.ts'

/** One case of the real systems, as the vectors' README describes it. */
interface Case {
  readonly id: string
  readonly kind: string
  readonly input?: unknown
  readonly expect: { readonly [key: string]: unknown }
  readonly since?: string
  readonly until?: string
}

/** Lists that stand for sets. */
const SETS: ReadonlySet<string> = new Set(['toDelete', 'acceptable', 'eligible', 'deleted'])

/** Runs every case of every file: its kind's rule (the file's name where a case has no kind) is asked, and its answer compared with the real one. */
export function runVectors(paths: readonly string[]): Report {
  const report = tally('vectors')
  for (const { path, value } of jsonFiles(paths)) {
    if (!Array.isArray(value)) continue
    for (const one of value as Case[]) check({ ...one, kind: one.kind ?? basename(path, '.json') }, path, report)
  }
  return report
}

function check(one: Case, path: string, report: Report): void {
  const rule = rules.get(one.kind)
  if (!rule || !holds(one)) {
    report.skip(`${path} ${one.id}`, rule ? 'of another release' : `no rule ${one.kind}`)
    return
  }
  try {
    const ask = (rule.vector ?? rule.decide) as (input: unknown) => unknown
    const answer = ask(one.input ?? one)
    const wrong = differs(one, answer)
    if (wrong) report.fail(`${path} ${one.id}`, wrong, one.kind)
    else report.pass(one.kind)
  } catch (error) {
    report.fail(`${path} ${one.id}`, `threw ${error instanceof Error ? error.message : String(error)}`, one.kind)
  }
}

function differs(one: Case, answer: unknown): string | undefined {
  const { expect } = one
  const given = answer as { readonly [key: string]: unknown }
  if (one.kind === 'k8s.validation') {
    if (expect.valid !== given.valid)
      return `valid: expected ${expect.valid}, got ${given.valid}: ${JSON.stringify(given.errors)}`
    return differenceOfFieldErrors((expect.errors ?? []) as never, (given.errors ?? []) as never)
  }
  if (one.kind === 'k8s.decode') {
    const text = String(given.error ?? '')
    return text.includes(String(expect.errorContains))
      ? undefined
      : `error: expected ${expect.errorContains} in ${text}`
  }
  if (one.kind === 'k8s.labels.selector' && expect.valid === false)
    return given.valid === false ? undefined : 'valid: expected false, got true'
  if (one.kind === 'k8s.scheduler.filter') return differenceOfFilter(expect.filter as never, given.filter as never)
  return difference(expect, answer, SETS)
}

interface Verdict {
  readonly ok: boolean
  readonly code?: string
  readonly reasons?: readonly string[]
  readonly altReasons?: readonly (readonly string[])[]
}

function differenceOfFilter(
  expected: Readonly<Record<string, Verdict>>,
  actual: Readonly<Record<string, Verdict>> = {},
): string | undefined {
  for (const [node, { altReasons = [], reasons, ...verdict }] of Object.entries(expected)) {
    const wrong = difference(verdict, actual[node], SETS, node)
    if (wrong) return wrong
    if (!reasons) continue
    const given = JSON.stringify(actual[node]?.reasons ?? [])
    if (![reasons, ...altReasons].some((list) => JSON.stringify(list) === given))
      return `${node}: expected ${JSON.stringify(reasons)}, got ${given}`
  }
  return undefined
}
