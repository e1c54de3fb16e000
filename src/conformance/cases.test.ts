import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import '../host/composition.ts'
import { rules } from '../kernel/index.ts'
import { filesBelow } from './files.ts'
import { runManifests } from './manifests.ts'
import { runTranscripts } from './transcripts.ts'
import { runVectors } from './vectors.ts'

const OWN = join(import.meta.dirname, 'cases')
const scratch = mkdtempSync(join(tmpdir(), 'orrery-conformance-'))
afterAll(() => rmSync(scratch, { recursive: true }))

/** The rules' own cases: every JSON list in a `cases` folder of a domain whose items have a kind, or that is named after a rule. */
const caseFiles = filesBelow([join(import.meta.dirname, '../domains')]).filter(
  (path) => /\/cases\//.test(path) && path.endsWith('.json') && isCaseList(path),
)

function isCaseList(path: string): boolean {
  const value = JSON.parse(readFileSync(path, 'utf8')) as unknown
  const named = rules.has(basename(path, '.json'))
  return (
    Array.isArray(value) && value.every((one) => typeof one === 'object' && one !== null && ('kind' in one || named))
  )
}

describe('vectors', () => {
  it("every rule's own cases pass", () => {
    const { counts, failures, skips } = runVectors(caseFiles)
    expect(failures).toEqual([])
    expect(JSON.stringify(skips), 'a case whose rule nobody loads').not.toContain('no rule')
    expect(counts.passed).toBeGreaterThan(100)
  })

  it('D2: every rule has a sentence, a source and a case, of its own or of the rule that it is part of', () => {
    const kinds = new Set<string>()
    for (const path of caseFiles)
      for (const { kind = basename(path, '.json') } of JSON.parse(readFileSync(path, 'utf8')) as { kind?: string }[])
        kinds.add(kind)
    const lacking = [...rules.values()].filter(
      ({ id, says, source }) => says === '' || source === '' || !(kinds.has(id) || kinds.has(id.split('/')[0] ?? '')),
    )
    expect(lacking.map(({ id }) => id)).toEqual([])
  })
})

describe('manifests', () => {
  it('accepts what a cluster accepts, and takes only justified refusals', () => {
    const { counts, failures, remarks } = runManifests([join(OWN, 'manifests')])
    expect(failures).toEqual([])
    expect(counts).toEqual({ passed: 6, failed: 0, skipped: 0 })
    expect(remarks.join('\n')).toMatch(/2 files: accepted/)
    expect(remarks).toEqual(
      expect.arrayContaining([
        '1 files: kind that is not installed',
        '1 files: does not parse',
        '1 files: partial: lacks a required field',
        '1 files: namespace that is not there',
      ]),
    )
  })
})

describe('transcripts', () => {
  it('passes what is shown as documented, and leaves out what cannot be judged', () => {
    const { counts, failures } = runTranscripts([join(OWN, 'transcripts/k8s-own')])
    expect(failures).toEqual([])
    expect(counts).toEqual({ passed: 6, failed: 0, skipped: 2 })
  })

  it('fails what is not', () => {
    const path = join(scratch, 'wrong.json')
    const steps = [{ command: 'kubectl get pods', output: 'NAME   READY\nweb    1/1', assoc: 'inline' }]
    writeFileSync(path, JSON.stringify({ page: 'wrong.md', steps }))
    expect(runTranscripts([path], { bare: true }).counts).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})

describe('the stage', () => {
  const pages = [join(OWN, 'presuming/k8s-presuming')]

  it('brings about what a page presumes, and neither what it says is absent nor other numbers of what is there', () => {
    const { counts, failures, remarks } = runTranscripts(pages)
    expect(failures.map(({ id }) => id.slice(id.indexOf('#')))).toEqual(['#7 kubectl get deployment cart -n shop'])
    expect(counts).toEqual({ passed: 7, failed: 1, skipped: 0 })
    expect(remarks[0]).toBe('kubectl steps with the stage set: 7 of 8 passed (87.5 %)')
    expect(remarks[1]).toBe('kubectl steps on a bare cluster (--bare): 2 of 8 passed (25 %)')
  })

  it('is not set for a bare run', () => {
    expect(runTranscripts(pages, { bare: true }).counts).toEqual({ passed: 2, failed: 6, skipped: 0 })
  })
})

describe('the command', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'main.ts'), ...args], {
      encoding: 'utf8',
    })

  it('exits 0 when all passes, 1 when something fails, 2 when it is called wrongly', () => {
    const good = run('manifests', join(OWN, 'manifests'))
    expect(good.stdout.trim().split('\n').at(-1)).toBe('manifests: 6 passed, 0 failed, 0 skipped')
    expect(good.status).toBe(0)
    const path = join(scratch, 'bad.json')
    writeFileSync(
      path,
      JSON.stringify([{ id: '1', kind: 'k8s.pod.qos', input: { pod: {} }, expect: { qosClass: 'None' } }]),
    )
    expect(run('vectors', path).status).toBe(1)
    expect(run('nothing').status).toBe(2)
  }, 60_000)
})
