import type { Emission, Json } from '../../../kernel/index.ts'
import { dirname, resolvePath } from '../../../shell/files.ts'
import { digestOf, parseReference } from '../../containerd/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command, CommandFlag, Reply } from '../cli/command.ts'
import { Problem } from '../cli/problem.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'
import { findLocalImage } from '../image/image.ts'
import { familiar } from '../image/names.ts'
import { checkReport, warningLines } from '../lint/report.ts'
import { findBase } from './base.ts'
import { type Build, type BuildRequest, isOver, vertexOf } from './build.ts'
import { type BuildContext, readContext } from './context.ts'
import { excerpt } from './excerpt.ts'
import type { Plan } from './graph.ts'
import { lintBuild, type PlanOptions, planBuild } from './planner.ts'
import { LINUX_AMD64, parsePlatform } from './platform.ts'
import { NOTHING_TOLD, plainProgress, progressOf, summary, type Told } from './progress.ts'
import { stepId } from './solve.ts'
import { stepLog } from './stepLog.ts'

/** What `docker build` remembers while it waits. */
interface Waiting {
  readonly build: string
  readonly style: 'plain' | 'tty' | 'quiet'
  readonly told: Told
  readonly iidfile?: string | undefined
}

const FLAGS: readonly CommandFlag[] = [
  { name: 'add-host', type: 'strings', says: 'Add a custom host-to-IP mapping (format: "host:ip")' },
  { name: 'build-arg', type: 'stringArray', says: 'Set build-time variables' },
  { name: 'build-context', type: 'stringArray', says: 'Additional build contexts (e.g., name=path)' },
  { name: 'builder', type: 'string', says: 'Override the configured builder instance' },
  {
    name: 'cache-from',
    type: 'stringArray',
    says: 'External cache sources (e.g., "user/app:cache", "type=local,src=path/to/dir")',
  },
  {
    name: 'cache-to',
    type: 'stringArray',
    says: 'Cache export destinations (e.g., "user/app:cache", "type=local,dest=path/to/dir")',
  },
  { name: 'call', type: 'string', says: 'Set method for evaluating build ("check", "outline", "targets")' },
  { name: 'check', says: 'Shorthand for "--call=check"' },
  { name: 'file', short: 'f', type: 'string', says: 'Name of the Dockerfile (default: "PATH/Dockerfile")' },
  { name: 'force-rm', says: 'Always remove intermediate containers' },
  { name: 'iidfile', type: 'string', says: 'Write the image ID to a file' },
  { name: 'label', type: 'stringArray', says: 'Set metadata for an image' },
  { name: 'load', says: 'Shorthand for "--output=type=docker"' },
  { name: 'memory', short: 'm', type: 'bytes', says: 'Memory limit' },
  { name: 'network', type: 'string', says: 'Set the networking mode for the "RUN" instructions during build' },
  { name: 'no-cache', says: 'Do not use cache when building the image' },
  { name: 'no-cache-filter', type: 'stringArray', says: 'Do not cache specified stages' },
  { name: 'output', short: 'o', type: 'stringArray', says: 'Output destination (format: "type=local,dest=path")' },
  { name: 'platform', type: 'stringArray', says: 'Set target platform for build' },
  {
    name: 'progress',
    type: 'string',
    says: 'Set type of progress output ("auto", "none",  "plain", "quiet", "rawjson", "tty"). Use plain to show container output',
  },
  { name: 'provenance', type: 'string', says: 'Shorthand for "--attest=type=provenance"' },
  { name: 'pull', says: 'Always attempt to pull all referenced images' },
  { name: 'quiet', short: 'q', says: 'Suppress the build output and print image ID on success' },
  { name: 'rm', says: 'Remove intermediate containers after a successful build' },
  { name: 'sbom', type: 'string', says: 'Shorthand for "--attest=type=sbom"' },
  {
    name: 'secret',
    type: 'stringArray',
    says: 'Secret to expose to the build (format: "id=mysecret[,src=/local/secret]")',
  },
  { name: 'shm-size', type: 'bytes', says: 'Shared memory size for build containers' },
  {
    name: 'ssh',
    type: 'stringArray',
    says: 'SSH agent socket or keys to expose to the build (format: "default|<id>[=<socket>|<key>[,<key>]]")',
  },
  { name: 'tag', short: 't', type: 'stringArray', says: 'Image identifier (format: "[registry/]repository[:tag]")' },
  { name: 'target', type: 'string', says: 'Set the target build stage to build' },
  { name: 'ulimit', type: 'ulimit', says: 'Ulimit options' },
]

/** `docker build`. Models: buildx build */
export const buildCommand: Command = {
  path: 'build',
  aliases: ['image build', 'buildx build', 'builder build'],
  summary: 'Build an image from a Dockerfile',
  usage: '[OPTIONS] PATH | URL | -',
  flags: FLAGS,
  args: [1, 1],
  run(ask) {
    const { request, problem } = prepare(ask)
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

/** Reads everything that a build needs: what it is to do, or why there will be none. */
function prepare(ask: Ask): { readonly request?: BuildRequest; readonly problem?: string } {
  const source = sourceOf(ask)
  const options = optionsOf(ask, source.context)
  const tags = ask.all('tag').map((tag) => {
    const reference = parseReference(tag)
    if (!reference || reference.digest !== undefined)
      throw new Problem(
        `ERROR: failed to build: invalid tag ${JSON.stringify(tag)}: ${/[A-Z]/.test(tag) ? 'repository name must be lowercase' : 'invalid reference format'}`,
      )
    return familiar(reference)
  })
  if (ask.flag('check') || ask.text('call') === 'check') {
    const checked = lintBuild(source.text, options)
    ask.out(checkReport(checked, source.text, source.filename))
    return checked.problem || checked.warnings.length > 0 ? { problem: '' } : {}
  }
  let plan: Plan
  try {
    plan = planBuild(source.text, options)
  } catch (problem) {
    if (!(problem instanceof DockerfileProblem)) throw problem
    const shown = problem.lines ? excerpt(source.text, source.filename, problem.lines) : ''
    return { problem: `${shown}ERROR: failed to build: failed to solve: ${problem.message}\n` }
  }
  return {
    request: {
      owner: ask.engine,
      title: tags[0] ?? source.title,
      plan,
      text: source.text,
      filename: source.filename,
      context: source.context.tree,
      contextBytes: source.context.bytes,
      secrets: secretsOf(ask),
      tags,
      loadMs:
        20 +
        plan.images.filter((image) => !findLocalImage(ask.world, ask.engine, image)).length * 450 +
        Math.min(3000, Math.round(source.context.bytes / 200_000)),
    },
  }
}

interface Source {
  readonly text: string
  readonly filename: string
  readonly title: string
  readonly context: BuildContext
}

function sourceOf(ask: Ask): Source {
  const { files, cwd } = ask.call
  const [path = ''] = ask.args
  const file = ask.text('file')
  if (path === '-') {
    const text = ask.call.stdin ?? ''
    return { text, filename: 'Dockerfile', title: 'stdin', context: { tree: {}, bytes: 2, ignore: [], ignoreBytes: 2 } }
  }
  if (/^(https?|git|ssh):\/\/|^github\.com\//.test(path))
    throw new Problem(
      `ERROR: failed to build: failed to solve: failed to read dockerfile: failed to load cache key: failed to fetch remote ${path}: could not resolve host`,
    )
  const folder = resolvePath(cwd, path)
  if (!files.isDirectory(folder))
    throw new Problem(`ERROR: failed to build: unable to prepare context: path ${JSON.stringify(path)} not found`)
  if (file === '-') {
    return {
      text: ask.call.stdin ?? '',
      filename: 'Dockerfile',
      title: titleOf(folder),
      context: readContext(files, folder, ''),
    }
  }
  const dockerfile = file === undefined ? resolvePath(folder, 'Dockerfile') : resolvePath(cwd, file)
  const read = files.read(dockerfile)
  const name = dockerfile.slice(dockerfile.lastIndexOf('/') + 1)
  if (!('text' in read)) {
    if (file !== undefined && !files.exists(dirname(dockerfile)))
      throw new Problem(
        `ERROR: failed to build: unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${dirname(dockerfile)}: no such file or directory`,
      )
    throw new Problem(
      `ERROR: failed to build: failed to solve: failed to read dockerfile: open ${name}: no such file or directory`,
    )
  }
  return { text: read.text, filename: name, title: titleOf(folder), context: readContext(files, folder, dockerfile) }
}

function titleOf(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1) || '/'
}

function optionsOf(ask: Ask, context: BuildContext): PlanOptions {
  const platform = ask.text('platform')
  const stages = ask.all('no-cache-filter').flatMap((names) => names.split(','))
  const target = ask.text('target')
  try {
    return {
      target,
      buildArgs: pairs(ask.all('build-arg'), ask.call.env),
      platform: platform === undefined ? LINUX_AMD64 : parsePlatform(platform),
      labels: pairs(ask.all('label'), {}),
      ignore: context.ignore,
      noCache: ask.flag('no-cache') ? 'all' : stages,
      base: findBase(ask.world, ask.engine, ask.flag('pull')),
    }
  } catch (problem) {
    if (problem instanceof DockerfileProblem) throw new Problem(`ERROR: failed to build: ${problem.message}`)
    throw problem
  }
}

/** `NAME=value` as given; a bare name takes its value from the environment, or is left out. */
function pairs(
  texts: readonly string[],
  env: { readonly [name: string]: string },
): { readonly [name: string]: string } {
  return Object.fromEntries(
    texts.flatMap((text) => {
      const cut = text.indexOf('=')
      if (cut > 0) return [[text.slice(0, cut), text.slice(cut + 1)]]
      const value = env[text]
      return value === undefined ? [] : [[text, value]]
    }),
  )
}

function secretsOf(ask: Ask): { readonly [id: string]: string } {
  const { files, cwd, env } = ask.call
  return Object.fromEntries(
    ask.all('secret').map((text) => {
      const fields = Object.fromEntries(
        text.split(',').map((field) => field.split(/=(.*)/s).slice(0, 2) as [string, string]),
      )
      const id = fields.id ?? ''
      const path = fields.src ?? fields.source
      const variable = fields.env ?? (fields.type === 'env' || path === undefined ? id : undefined)
      if (path === undefined && variable !== undefined && env[variable] !== undefined) return [id, env[variable]]
      const at = path ?? id
      const read = files.read(resolvePath(cwd, at))
      if (!('text' in read))
        throw new Problem(`ERROR: failed to build: failed to stat ${at}: stat ${at}: no such file or directory`)
      return [id, read.text]
    }),
  )
}

/** A number that no build of the engine had. */
function nextId(ask: Ask): string {
  const host = ask.engine.slice(ask.engine.indexOf('/') + 1)
  const text = digestOf(`${ask.call.process.id} ${ask.call.process.born} ${ask.world.revision}`).slice(7, 19)
  return `docker.Build/${host}/${text}`
}

function started(id: string, request: BuildRequest): Emission {
  return { to: id, kind: 'docker.Build', type: 'Started', data: request }
}
