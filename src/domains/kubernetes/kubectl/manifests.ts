import { resolvePath } from '../../../shell/files.ts'
import { decodeManifest } from '../api/decode.ts'
import { isObject, type Loose } from '../api/loose.ts'
import type { Ask } from './ask.ts'
import { buildKustomization } from './kustomize/build.ts'
import { Problem, stop } from './problem.ts'

/** The objects of all files that were given, in order, each with the file it stands in; what is wrong with files comes after them. */
export interface Loaded {
  readonly objects: readonly { readonly object: Loose; readonly source: string }[]
  readonly errors: readonly { readonly full: string; readonly line: string }[]
}

/** Reads `-f` and `-k`. Models: cli-runtime/pkg/resource/builder.go FilenameParam and visitor.go */
export function loadFiles(ask: Ask, validate = validation(ask) !== 'Ignore'): Loaded {
  const given = ask.list('filename')
  const kustomize = ask.text('kustomize')
  if (given.length > 0 && kustomize !== undefined) stop('only one of -f or -k can be specified')
  if (kustomize !== undefined) {
    const built = buildKustomization(ask, kustomize)
    return { objects: built.map((object) => ({ object, source: object === undefined ? '' : kustomize })), errors: [] }
  }
  const objects: { object: Loose; source: string }[] = []
  const errors: { full: string; line: string }[] = []
  for (const path of given.flatMap((name) => expand(ask, name))) {
    const file = path === '-' ? 'STDIN' : path
    const manifest = decodeManifest(ask.read(path), file === 'STDIN' ? 'STDIN' : file, validate)
    for (const { object } of manifest.documents) if (isObject(object)) objects.push({ object, source: file })
    for (const { message } of manifest.problems) errors.push({ full: message, line: message.replace(/^error: /, '') })
  }
  return { objects, errors }
}

/** What becomes of unknown fields. */
export function validation(ask: Ask): 'Strict' | 'Warn' | 'Ignore' {
  const value = ask.text('validate') ?? 'strict'
  if (value === 'strict' || value === 'true') return 'Strict'
  if (value === 'warn') return 'Warn'
  if (value === 'ignore' || value === 'false') return 'Ignore'
  return stop(`invalid - validate option '${value}'`)
}

/** The files that a name stands for: itself, or the manifests in a directory. */
function expand(ask: Ask, name: string): readonly string[] {
  if (name === '-') return ['-']
  if (/^https?:\/\//.test(name))
    throw new Problem(`error: unable to read URL "${name}": this lab has no way out to the internet`)
  const { files } = ask.call
  const path = resolvePath(ask.call.cwd, name)
  if (!files.exists(path)) stop(`the path "${name}" does not exist`)
  if (!files.isDirectory(path)) return [name]
  const found = files
    .below(path)
    .filter((file) => !files.isDirectory(file) && /\.(json|yaml|yml)$/.test(file))
    .filter((file) => ask.flag('recursive') || !file.slice(path.length + 1).includes('/'))
    .map((file) => `${name.replace(/\/$/, '')}/${file.slice(path.length + 1)}`)
  if (found.length === 0) stop(`error reading [${name}]: recognized file extensions are [.json .yaml .yml]`)
  return found
}
