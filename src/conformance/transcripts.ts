import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { awsComplaint, rehearseAws, speaksAws } from './awsRehearsal.ts'
import { jsonFiles } from './files.ts'
import type { Page } from './page.ts'
import { rehearse, type StepResult } from './rehearsal.ts'
import { type Report, tally } from './report.ts'

/** Whether the stage is not set before the steps (`bare`). */
export interface TranscriptOptions {
  readonly bare?: boolean
}

/**
 * Plays every documented page of the given files and folders, each on a cluster of its own, and compares what is shown there. What a page
 * takes for granted is brought about first; how much passes without that is a remark.
 */
export function runTranscripts(paths: readonly string[], { bare = false }: TranscriptOptions = {}): Report {
  const report = tally('transcripts')
  const missing = new Map<string, number>()
  const refused = new Map<string, number>()
  const kubectl = { passed: 0, all: 0 }
  const unset = { passed: 0, all: 0 }
  let lacking = 0
  for (const { path, value } of jsonFiles(paths)) {
    const page = value as Page
    if (!Array.isArray(page?.steps)) continue
    const folder = dirname(path)
    const aws = speaksAws(page)
    const own = folder.split('/').findIndex((part) => /^(?:k8s|docker|aws)-/.test(part))
    const group =
      own < 0
        ? folder
        : folder
            .split('/')
            .slice(own, own + (aws ? 2 : 1))
            .join('/')
    if (!bare && usesKubectl(page)) for (const result of rehearse(page, baseOf(path), true)) addKubectl(unset, result)
    for (const result of aws ? rehearseAws(page, baseOf(path), bare) : rehearse(page, baseOf(path), bare)) {
      const { index, step, line, verdict, why, output } = result
      const id = `${path}#${index} ${line.split('\n')[0]}`
      if (verdict === 'passed') report.pass(group)
      else if (verdict === 'failed') report.fail(id, why, group)
      else if (verdict === 'skipped') report.skip(id, why)
      if (addKubectl(kubectl, result) && verdict === 'failed' && LACKING.test(output)) lacking++
      if (why.startsWith('no program ')) count(missing, why.slice('no program '.length))
      const complaint = aws ? awsComplaint(line, output) : complaintOf(output)
      if (complaint) count(refused, complaint)
      if (verdict === 'failed') report.details.push({ id, documented: step.output ?? '', output })
    }
  }
  const how = bare ? 'on a bare cluster' : 'with the stage set'
  report.remarks.push(`kubectl steps ${how}: ${kubectl.passed} of ${kubectl.all} passed (${percent(kubectl)})`)
  if (!bare)
    report.remarks.push(
      `kubectl steps on a bare cluster (--bare): ${unset.passed} of ${unset.all} passed (${percent(unset)})`,
    )
  report.remarks.push(`of the failed ones, ${lacking} ask for what is not there`)
  report.remarks.push(...frequent('programs the lab lacks', missing), ...frequent('tools said', refused))
  return report
}

const LACKING = /\(NotFound\)|No resources found|doesn't have a resource type|no matches for kind/

function usesKubectl(page: Page): boolean {
  return page.steps.some(({ command, output }) => output !== null && /\bkubectl\b/.test(command))
}

/** Counts a judged step if it uses kubectl, and says whether it does. */
function addKubectl(counts: { passed: number; all: number }, { line, verdict }: StepResult): boolean {
  if (verdict === 'skipped' || verdict === 'played' || !/(?:^|[|;&(] *|\n)kubectl\b/.test(line)) return false
  counts.all++
  if (verdict === 'passed') counts.passed++
  return true
}

/** What kubectl does not know: a command, flag or resource. */
function complaintOf(output: string): string | undefined {
  const [text] =
    /(?:unknown command|unknown flag|unknown shorthand|the server doesn't have a resource type|no matches for kind) ?[^\n]*/.exec(
      output,
    ) ?? []
  if (text !== undefined) return text.slice(0, 90)
  const [, command] = /^docker: unknown command: (docker [^\n]*)/m.exec(output) ?? []
  return command?.slice(0, 90)
}

function baseOf(path: string): string {
  for (let folder = dirname(path), i = 0; i < 4; folder = dirname(folder), i++)
    if (existsSync(join(folder, 'files'))) return join(folder, 'files')
  return dirname(path)
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function frequent(title: string, counts: ReadonlyMap<string, number>): readonly string[] {
  const most = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 20)
  return most.length === 0 ? [] : [`${title}: ${most.map(([what, times]) => `${what} (${times})`).join(', ')}`]
}

function percent({ passed, all }: { readonly passed: number; readonly all: number }): string {
  return all === 0 ? '-' : `${Math.round((1000 * passed) / all) / 10} %`
}
