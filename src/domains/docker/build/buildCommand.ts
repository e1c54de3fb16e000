import type { Emission, Json } from '../../../kernel/index.ts'
import { resolvePath } from '../../../shell/files.ts'
import { digestOf } from '../../containerd/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, Reply } from '../cli/command.ts'
import { Problem } from '../cli/problem.ts'
import { findLocalImage } from '../image/image.ts'
import { warningLines } from '../lint/report.ts'
import { type Build, type BuildRequest, isOver, vertexOf } from './build.ts'
import { BUILD_FLAGS } from './buildFlags.ts'
import { excerpt } from './excerpt.ts'
import { NOTHING_TOLD, plainProgress, progressOf, summary, type Told } from './progress.ts'
import { readRequest } from './readRequest.ts'
import { stepId } from './runStep.ts'
import { stepLog } from './stepLog.ts'

/** What `docker build` remembers while it waits. */
interface Waiting {
  readonly build: string
  readonly style: 'plain' | 'tty' | 'quiet'
  readonly told: Told
  readonly iidfile?: string | undefined
}

/** `docker build`. Models: buildx build */
export const buildCommand: Command = {
  path: 'build',
  aliases: ['image build', 'buildx build', 'builder build'],
  summary: 'Build an image from a Dockerfile',
  usage: '[OPTIONS] PATH | URL | -',
  flags: BUILD_FLAGS,
  args: [1, 1],
  run(ask) {
    const { request, problem } = readRequest(ask)
    if (problem) {
      ask.err(problem)
      return { exit: 1 }
    }
    if (!request) return { exit: 0 }
    const id = nextId(ask)
    ask.emit([started(id, request)])
    const style = styleOf(ask)
    const iidfile = ask.text('iidfile')
    const told = style === 'plain' ? header(ask) : NOTHING_TOLD
    return wait({
      build: id,
      style,
      told,
      iidfile: iidfile === undefined ? undefined : resolvePath(ask.call.cwd, iidfile),
    })
  },
  resume(ask, state) {
    const waiting = state as unknown as Waiting
    const build = ask.world.get(waiting.build) as Build | undefined
    if (!build) return { exit: 1 }
    if (ask.call.why === 'signal' && !isOver(build)) {
      ask.emit([{ to: build.id, type: 'Canceled' }])
      ask.err('ERROR: failed to build: failed to solve: Canceled: context canceled\n')
      return { exit: 1 }
    }
    const ready =
      isOver(build) &&
      (build.state !== 'done' || findLocalImage(ask.world, build.owner, build.imageId ?? '') !== undefined)
    let { told } = waiting
    if (waiting.style === 'plain') {
      const more = plainProgress(progressOf(build, ask.world), told)
      ask.err(more.text)
      told = more.told
    }
    if (!ready) return wait({ ...waiting, told })
    return finish(ask, build, waiting)
  },
}

function wait(state: Waiting): Reply {
  return {
    wait: {
      changeOf: [
        'docker.Build',
        'docker.BuildStep',
        'docker.Image',
        ...(state.style === 'plain' ? ['shell.Process'] : []),
      ],
    },
    state: state as unknown as Json,
    catches: true,
  }
}

function header(ask: Ask): Told {
  ask.err('#0 building with "default" instance using docker driver\n')
  return { ...NOTHING_TOLD, first: false }
}

function styleOf(ask: Ask): Waiting['style'] {
  if (ask.flag('quiet') || ask.text('progress') === 'quiet' || ask.text('progress') === 'none') return 'quiet'
  const asked = ask.text('progress') ?? 'auto'
  if (asked === 'plain' || asked === 'rawjson') return 'plain'
  if (asked === 'tty') return 'tty'
  if (asked !== 'auto') throw new Problem(`ERROR: failed to build: invalid progress mode ${asked}`)
  return ask.call.terminal ? 'tty' : 'plain'
}

function finish(ask: Ask, build: Build, { style, iidfile }: Waiting): Reply {
  const items = progressOf(build, ask.world)
  const began = items[0]?.startedAt ?? build.since
  if (style === 'tty') ask.err(summary(items, build.since - began, build.state !== 'done'))
  if (build.state !== 'done') {
    if (build.error) ask.err(failure(build, ask))
    else ask.err('ERROR: failed to build: failed to solve: Canceled: context canceled\n')
    return { exit: 1 }
  }
  if (style === 'quiet') ask.out(`${build.imageId}\n`)
  else ask.err(warningLines(build.plan.warnings))
  if (iidfile !== undefined) ask.call.files.write(iidfile, build.imageId ?? '')
  return { exit: 0 }
}

/** What is printed of a step that failed: its last lines, the Dockerfile around it, the error. */
function failure(build: Build, ask: Ask): string {
  const { message, vertex: id } = build.error as NonNullable<Build['error']>
  const vertex = vertexOf(build, id)
  if (!vertex) return `ERROR: failed to build: failed to solve: ${message}\n`
  const record = build.steps[id]
  const log = stepLog(ask.world, stepId(build, vertex), record?.startedAt ?? 0)
    .slice(-10)
    .map(({ after, text }) => `${(after / 1000).toFixed(3)} ${text}\n`)
    .join('')
  return `------\n > ${vertex.name}:\n${log}------\n${warningLines(build.plan.warnings)}${excerpt(build.text, build.filename, vertex.lines)}ERROR: failed to build: failed to solve: ${message}\n`
}

/** A reference that no build of the engine had: 25 letters and digits, as buildkit gives them. */
function nextId(ask: Ask): string {
  const host = ask.engine.slice(ask.engine.indexOf('/') + 1)
  const text = digestOf(`${ask.call.process.id} ${ask.call.process.born} ${ask.world.revision}`).slice(7)
  return `docker.Build/${host}/${BigInt(`0x${text}`).toString(36).padStart(25, '0').slice(0, 25)}`
}

function started(id: string, request: BuildRequest): Emission {
  return { to: id, kind: 'docker.Build', type: 'Started', data: request }
}
