import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { awsCall, awsWords } from './awsCall.ts'
import { differenceOfAws, errorCode } from './awsOutputs.ts'
import { AwsScenery } from './awsScenery.ts'
import { filesBelow } from './files.ts'
import { type Page, type PageStep, playable, unscored } from './page.ts'
import type { StepResult } from './rehearsal.ts'
import { Stage } from './stage.ts'

/** Whether a page is about the AWS CLI. */
export function speaksAws(page: Page): boolean {
  return (
    page.steps.some(({ command }) => awsWords(command) !== undefined) &&
    !page.steps.some(({ command }) => /\bkubectl\b/.test(command))
  )
}

/** How often a step is tried again after something was made that it lacked. */
const ATTEMPTS = 8

/** Plays a page of the AWS CLI on a world of its own. Unless `bare`, what its commands take for granted is made first. */
export function rehearseAws(page: Page, base: string, bare: boolean): readonly StepResult[] {
  let stage = new Stage({ scene: [] })
  let scenery = new AwsScenery(stage)
  const results: StepResult[] = []
  for (const [index, step] of page.steps.entries()) {
    const left = step.output === null ? undefined : unscored(step)
    const documented = ours(filledIn(step.output ?? ''))
    if (!playable(step)) {
      if (step.output !== null)
        results.push({ index, step, line: step.command, verdict: 'skipped', why: left ?? 'not playable', output: '' })
      continue
    }
    let line = ours(filledIn(step.command))
    try {
      line = placed(stage, step, base, line)
      stage.pass(1000)
      const plain = line
      if (!bare) scenery.settle(line)
      let output = ''
      for (let attempt = 0; attempt <= ATTEMPTS; attempt++) {
        line = scenery.withIds(plain)
        output = stage.run(line).output
        if (taken(output) && !taken(documented) && isExample(page) && attempt === 0 && !bare) {
          stage = new Stage({ scene: [] })
          scenery = new AwsScenery(stage)
          placed(stage, step, base, ours(filledIn(step.command)))
          scenery.settle(plain)
          continue
        }
        const call = bare || attempt === ATTEMPTS ? undefined : awsCall(line, stage)
        if (!call || !scenery.mend(call, documented, output)) break
        stage.pass(30_000)
      }
      if (step.output === null) results.push({ index, step, line, output, verdict: 'played', why: '' })
      else if (left !== undefined) results.push({ index, step, line, output, verdict: 'skipped', why: left })
      else {
        const why = differenceOfAws(documented, output)
        results.push({ index, step, line, output, verdict: why === undefined ? 'passed' : 'failed', why: why ?? '' })
      }
    } catch (error) {
      const why = `crashed: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : String(error)}`
      results.push({ index, step, line, verdict: 'failed', why, output: '' })
      return results
    }
  }
  return results
}

/** Whether a page lists examples that have nothing to do with one another. */
function isExample(page: Page): boolean {
  return page.page.startsWith('awscli/examples/')
}

/** Whether an output says that something of that name is there already. */
function taken(output: string): boolean {
  return /AlreadyExists|AlreadyInUse|Duplicate|NameExists|InUse/.test(errorCode(output) ?? '')
}

/** Puts the files of a step where its command looks for them, and returns the command with paths that the lab can have. */
function placed(stage: Stage, step: PageStep, base: string, command: string): string {
  let line = command
  for (const [ref, value] of Object.entries(step.files ?? {})) {
    const source = [join(base, value), join(base, '../..', value)].find((path) => existsSync(path))
    if (source === undefined) continue
    const local = ref.replace(/^fileb?:\/\//, '').replace(/^[A-Z]:[\\/]|^[/~]+/, '')
    for (const file of filesBelow([source])) stage.place(local, ours(readFileSync(file, 'utf8')))
    if (!ref.endsWith(local) || ref.includes('///')) line = line.replaceAll(ref, `file://${local}`)
  }
  return line
}

/** Names that stand for others, `<project-name>`, as names. */
function filledIn(text: string): string {
  return text.replace(/<([a-z]+(?:-[A-Za-z]+)+)>/g, '$1')
}

/** Documented account numbers and regions as the lab's own. */
function ours(text: string): string {
  const region = /--region[ =]([a-z]{2}-[a-z]+-\d)/.exec(text)?.[1] ?? 'us-east-1'
  return text.replace(
    /\barn:aws:([\w-]+):([\w-]*):(\d{6,13}|<[\w-]+>|account-id|aws_account_id):/g,
    (_whole, service: string, place: string) => `arn:aws:${service}:${place === '' ? '' : region}:123456789012:`,
  )
}

/** What an output says that the lab does not have: an operation, a service, an option. */
export function awsComplaint(line: string, output: string): string | undefined {
  const [service, verb] = awsWords(line) ?? []
  if (/UnknownOperationException/.test(output)) return `aws ${service} ${verb}`
  const [, wrong] = /Found invalid choice '([^']*)'/.exec(output) ?? []
  if (wrong !== undefined) return wrong === service ? `aws ${service}` : `aws ${service} ${wrong}`
  const [, options] = /Unknown options: (\S+?),? /.exec(`${output} `) ?? []
  return options === undefined ? undefined : `aws ${service} ${verb} ${options}`
}
