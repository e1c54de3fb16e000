import { dirname, resolvePath } from '../../../shell/files.ts'
import { parseReference } from '../../containerd/index.ts'
import type { Ask } from '../cli/ask.ts'
import { Problem } from '../cli/problem.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'
import { findLocalImage } from '../image/image.ts'
import { familiar } from '../image/names.ts'
import { checkReport } from '../lint/report.ts'
import { findBase } from './base.ts'
import type { BuildRequest } from './build.ts'
import { commitOf } from './commitOf.ts'
import { type BuildContext, readContext } from './context.ts'
import { excerpt } from './excerpt.ts'
import type { Plan } from './graph.ts'
import { lintBuild, type PlanOptions, planBuild } from './planner.ts'
import { LINUX_AMD64, parsePlatform } from './platform.ts'

/** Reads everything that a build needs: what it is to do, or why there will be none. */
export function readRequest(ask: Ask): { readonly request?: BuildRequest; readonly problem?: string } {
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
      source: {
        folder: source.title,
        context: ask.args[0] ?? '.',
        ...(options.target === undefined ? {} : { target: options.target }),
        args: options.buildArgs ?? {},
        labels: options.labels ?? {},
        noCache: options.noCache === 'all',
        ...commitOf(ask),
      },
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
