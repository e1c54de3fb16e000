import { EPOCH, type World } from '../../../kernel/index.ts'
import type { Stride } from '../../../shell/index.ts'
import type { LogLine } from '../core/index.ts'
import { type Build, type PhaseRecord, sourceDirectory } from './build.ts'

/**
 * What a build has logged until now. Written nowhere: it follows from the build's events and from what its commands wrote.
 * Models: the log of a CodeBuild build container
 */
export function logOf(build: Build, world: World): readonly LogLine[] {
  const lines: LogLine[] = []
  const say = (at: number, text: string) => lines.push({ at, text: `[Container] ${timeText(at)} ${text}` })
  const { journal } = world
  for (let i = journal.after(build.started - 1); i < journal.length; i++) {
    const event = journal.at(i)
    if (!event) continue
    if (event.kind === 'shell.Process' && event.to.startsWith(`${build.id}/`)) {
      const stride = event.data as Partial<Stride> | undefined
      for (const { text } of stride?.output ?? [])
        for (const row of text.replace(/\n$/, '').split('\n')) lines.push({ at: event.at, text: row })
      continue
    }
    if (event.to !== build.id) continue
    if (event.from !== event.into) entering(event.from, event.into, event.at, build, say)
    const data = event.data as
      | { readonly command?: string; readonly exitCode?: number; readonly line?: string }
      | undefined
    if (event.type === 'CommandBegan' && data?.command !== undefined) say(event.at, `Running command ${data.command}`)
    if (event.type === 'CommandRan' && data?.exitCode) {
      say(event.at, `Command did not exit successfully ${data.command} exit status ${data.exitCode}`)
    }
  }
  return lines
}

function entering(
  left: string | undefined,
  phase: string,
  at: number,
  build: Build,
  say: (at: number, text: string) => void,
): void {
  const ended = build.phases.find((record) => record.phase === left && LOGGED.has(record.phase))
  if (ended) finished(ended, say)
  if (phase === 'DOWNLOAD_SOURCE') {
    say(at, 'Running on CodeBuild On-demand')
    say(at, 'Waiting for agent ping')
    say(at, 'Waiting for DOWNLOAD_SOURCE')
  }
  if (phase === 'INSTALL') {
    say(at, `CODEBUILD_SRC_DIR=${sourceDirectory(build)}`)
    say(at, `YAML location is ${sourceDirectory(build)}/buildspec.yml`)
    say(at, 'Processing environment variables')
    const phases = Object.entries(build.spec?.phases ?? {})
    say(at, `Phases found in YAML: ${phases.length}`)
    for (const [name, { commands }] of phases) say(at, ` ${name}: ${commands.length} commands`)
  }
  if (COMMANDS.has(phase)) say(at, `Entering phase ${phase}`)
}

function finished({ phase, status, context, ended = 0 }: PhaseRecord, say: (at: number, text: string) => void): void {
  say(ended, `Phase complete: ${phase} State: ${status ?? 'SUCCEEDED'}`)
  say(ended, `Phase context status code: ${context?.statusCode ?? ''} Message: ${context?.message ?? ''}`)
}

const COMMANDS = new Set(['INSTALL', 'PRE_BUILD', 'BUILD', 'POST_BUILD'])
const LOGGED = new Set([...COMMANDS, 'DOWNLOAD_SOURCE', 'UPLOAD_ARTIFACTS'])

/** `2026/01/01 00:01:02.000000` */
function timeText(at: number): string {
  return new Date(EPOCH + at)
    .toISOString()
    .replaceAll('-', '/')
    .replace('T', ' ')
    .replace(/(\.\d+)Z$/, '$1000')
}
