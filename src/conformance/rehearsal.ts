import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { olderDocker, untypable } from './dockerOlder.ts'
import { differenceOfDocker } from './dockerOutputs.ts'
import { DockerScenery } from './dockerScenery.ts'
import { filesBelow } from './files.ts'
import { differenceOfOutputs } from './outputs.ts'
import { withOwnNames } from './ownNames.ts'
import { type Page, type PageStep, playable, unscored } from './page.ts'
import { Scenery } from './scenery.ts'
import { Stage } from './stage.ts'
import { olderFormat, tablesOf } from './tables.ts'

/** What came of one documented step. */
export interface StepResult {
  readonly index: number
  readonly step: PageStep
  /** What was typed, with references to files turned into local paths. */
  readonly line: string
  readonly verdict: 'passed' | 'failed' | 'skipped' | 'played'
  readonly why: string
  readonly output: string
}

/** Virtual ms before each step: documented outputs mostly show a world that has settled. What is watched is watched at once. */
const THINKING = 20_000

/**
 * Plays a page on a fresh cluster of three nodes, and compares what is documented. `base` is the folder that the page's files are
 * below. Unless `bare`, what each step takes for granted is brought about before it. A crash of ours fails the step at which it
 * happened and ends the page.
 */
export function rehearse(page: Page, base: string, bare = false): readonly StepResult[] {
  const docker = speaksDocker(page)
  const stage = new Stage({ scene: docker ? [] : ['lab cluster up --nodes 3 --type m7g.xlarge'] })
  const scenery = bare || docker ? undefined : new Scenery(stage, page)
  const engine = bare || !docker ? undefined : new DockerScenery(stage)
  const results: StepResult[] = []
  const outputs: string[] = []
  const watches: Watch[] = []
  for (const [index, step] of page.steps.entries()) {
    const left = step.output === null ? undefined : (unscored(step) ?? (docker ? untypable(step.command) : undefined))
    if (!playable(step)) {
      outputs.push('')
      if (step.output !== null)
        results.push({ index, step, line: step.command, verdict: 'skipped', why: left ?? 'not playable', output: '' })
      continue
    }
    let line = step.command
    try {
      const { typed, texts } = staged(stage, step, base)
      scenery?.set(step, typed, texts)
      line = withOwnNames(engine?.set(step, typed) ?? typed, stage.world)
      stage.pass(isWatch(line) ? 0 : docker || /\brollout status\b/.test(line) ? 1000 : THINKING)
      if (isWatch(line)) {
        settle(watches, results)
        watches.push({ index, step, line, left, window: stage.open(line) })
        outputs.push('')
        continue
      }
      const asks = /\[y\/N\] ?y\b/.test(step.output ?? '')
      const output = engine?.played(step, line) ?? (asks ? stage.answer(line, 'y') : stage.run(line).output)
      scenery?.after(line)
      engine?.learn(step, line)
      outputs.push(output)
      results.push({ index, step, line, output, ...judged(step, output, outputs, left ?? engine?.given, docker) })
    } catch (error) {
      const why = `crashed: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : String(error)}`
      results.push({ index, step, line, verdict: 'failed', why, output: '' })
      return results
    }
  }
  stage.pass(THINKING)
  settle(watches, results)
  return results
}

/** Something watched in a window of its own, as pages say, while the next commands are given in the first one. */
interface Watch {
  readonly index: number
  readonly step: PageStep
  readonly line: string
  readonly left: string | undefined
  readonly window: { close(): string }
}

/** Ends what is watched and judges it by everything that was shown. */
function settle(watches: Watch[], results: StepResult[]): void {
  for (const { index, step, line, left, window } of watches.splice(0)) {
    const output = window.close()
    results.push({ index, step, line, output, ...judged(step, output, [output], left) })
  }
}

/** Whether a page is about Docker and not about Kubernetes. */
function speaksDocker(page: Page): boolean {
  return (
    page.steps.some(({ command }) => /\bdocker\b/.test(command)) &&
    !page.steps.some(({ command }) => /\bkubectl\b/.test(command))
  )
}

function isWatch(line: string): boolean {
  return /^kubectl\b[^|;&]*\bget\b[^|;&]* (?:-w|--watch|-[a-z]*w[a-z]*)(?:=true)?(?= |$)[^|;&]*$/.test(line)
}

function judged(
  step: PageStep,
  output: string,
  outputs: readonly string[],
  left: string | undefined,
  docker = false,
): Pick<StepResult, 'verdict' | 'why'> {
  if (step.output === null) return { verdict: 'played', why: missing(output) ?? '' }
  if (left !== undefined) return { verdict: 'skipped', why: left }
  const gone = /\bdocker\b/.test(step.command) ? olderDocker(step.command, step.output) : undefined
  if (gone !== undefined) return { verdict: 'skipped', why: gone }
  const absent = missing(output)
  if (absent !== undefined) return { verdict: 'skipped', why: absent }
  if (/(?:^|[|;&\n] *)kubectl\b[^|;&\n]* edit /.test(step.command))
    return { verdict: 'skipped', why: 'typed in an editor' }
  const older = olderFormat(tablesOf(step.output) ?? [])
  if (older !== undefined) return { verdict: 'skipped', why: older }
  const given = step.output_scope === 'block' ? outputs.slice(-(step.block_commands ?? 1)).join('') : output
  const growing = /\blogs\b|\bdocker (?:system )?events\b/.test(step.command)
  const why =
    docker || /\bdocker\b/.test(step.command)
      ? differenceOfDocker(step.output, given, growing)
      : differenceOfOutputs(step.output, given, growing)
  return why === undefined ? { verdict: 'passed', why: '' } : { verdict: 'failed', why }
}

/** Names the program that a line wanted and the lab does not have. */
function missing(output: string): string | undefined {
  const [, name] = /(?:^|\n)(?:\w*sh: )?(?:line \d+: )?([\w./-]+): (?:command )?not found/.exec(output) ?? []
  return name === undefined ? undefined : `no program ${name}`
}

/** Puts what the step refers to into the session's files, and returns the command with local paths and the files' texts. */
function staged(
  stage: Stage,
  step: PageStep,
  base: string,
): { readonly typed: string; readonly texts: readonly string[] } {
  let line = step.command
  const texts: string[] = []
  const refs = Object.entries(step.files ?? {}).sort((a, b) => b[0].length - a[0].length)
  for (const [ref, value] of refs) {
    const source = [join(base, value), join(base, '../..', value)].find((path) => existsSync(path))
    if (source === undefined) continue
    const folder = value.endsWith('/')
    const local = localPath(ref, value)
    for (const file of filesBelow([source])) {
      const text = readFileSync(file, 'utf8')
      texts.push(text)
      stage.place(folder ? join(local, relative(source, file)) : local, text)
      if (/^kustomization\.ya?ml$/.test(basename(file)) && local !== ref)
        texts.push(...placeBases(stage, file, { source, local, base }))
    }
    if (local !== ref) line = line.replaceAll(ref, fetched(line) ? `file:///home/learner/${local}` : local)
  }
  return { typed: line, texts }
}

/** Whether a line fetches what it refers to: an address has to stay one. */
function fetched(line: string): boolean {
  return /(?:^|[|;&(\n] *)curl\b/.test(line)
}

/** Places what a kustomization refers to outside of its own folder, where it looks for it. */
function placeBases(stage: Stage, kustomization: string, place: BasePlace): readonly string[] {
  const { source, local, base } = place
  const texts: string[] = []
  for (const [, path = ''] of readFileSync(kustomization, 'utf8').matchAll(/^ *- *["']?((?:\.\.\/)+[\w./-]+)/gm)) {
    const target = join(dirname(kustomization), path)
    const found = [target, join(base, '../..', relative(base, target))].find((one) => existsSync(one))
    if (found === undefined) continue
    const at = join(local, relative(source, target))
    for (const file of filesBelow([found])) {
      const text = readFileSync(file, 'utf8')
      texts.push(text)
      stage.place(join(at, relative(found, file)), text)
      if (/^kustomization\.ya?ml$/.test(basename(file)))
        texts.push(...placeBases(stage, file, { ...place, source: found, local: at }))
    }
  }
  return texts
}

/** A folder of files, where it is placed in the session, and the folder of all the page's files. */
interface BasePlace {
  readonly source: string
  readonly local: string
  readonly base: string
}

/** Where a file that is referred to by an address or from a home is put: below a folder of the page's, as in the corpus. */
function localPath(ref: string, value: string): string {
  if (!ref.includes('://') && !ref.startsWith('/') && !ref.startsWith('~') && !ref.includes('$')) return ref
  return `page-files/${value}`
}
