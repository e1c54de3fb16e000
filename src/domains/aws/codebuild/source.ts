import type { World } from '../../../kernel/index.ts'
import { treeOf } from '../../../shell/files.ts'
import type { FileTree } from '../../../shell/index.ts'
import { type Revision, resolveReference, services } from '../core/index.ts'
import { type Build, buildPrincipal, sourceDirectory } from './build.ts'
import { type Buildspec, parseBuildspec } from './buildspec.ts'

/** What a build starts from, or why it cannot: a status code and CodeBuild's words. */
export type Source =
  | {
      readonly source: FileTree
      readonly revision: Revision | undefined
      readonly spec: Buildspec
      readonly resolved: { readonly [name: string]: string }
    }
  | { readonly statusCode: string; readonly message: string }

/** Fetches the source, reads the buildspec, and looks up variables that are kept elsewhere. */
export function fetchSource(build: Build, world: World): Source {
  const got = filesOf(build, world)
  if ('statusCode' in got) return got
  const inline = build.settings.source?.buildspec
  const directory = sourceDirectory(build)
  const path = inline === undefined || inline === '' ? 'buildspec.yml' : inline
  const text = isInline(path) ? path : got.files[path.replace(/^\.\//, '')]
  if (text === undefined)
    return {
      statusCode: 'YAML_FILE_ERROR',
      message: `stat ${directory}/${path}: no such file or directory`,
    }
  const parsed = parseBuildspec(text)
  if ('error' in parsed) return { statusCode: 'YAML_FILE_ERROR', message: parsed.error }
  const resolved = resolve(build, parsed.spec, world)
  if ('statusCode' in resolved) return resolved
  const absolute = Object.fromEntries(Object.entries(got.files).map(([name, body]) => [`${directory}/${name}`, body]))
  const source = treeOf({ [directory]: null, '/root': null, '/tmp': null, ...absolute }, world.now)
  return { source, revision: got.revision, spec: parsed.spec, resolved: resolved.values }
}

/** Whether a project's `buildspec` is the text itself and not a path. */
export function isInline(buildspec: string): boolean {
  return buildspec.includes('\n') || /^\s*(version\s*:|\{)/.test(buildspec)
}

function filesOf(
  build: Build,
  world: World,
):
  | { readonly files: { readonly [path: string]: string }; readonly revision: Revision | undefined }
  | { readonly statusCode: string; readonly message: string } {
  const [given] = build.given ?? []
  if (given) return { files: given.files, revision: given.revision }
  const { type = 'NO_SOURCE', location = '' } = build.settings.source ?? {}
  if (type === 'NO_SOURCE') return { files: {}, revision: undefined }
  for (const service of services.values())
    for (const one of service.buildSources ?? []) {
      if (one.type !== type) continue
      const answer = one.fetch(location, build.sourceVersion, buildPrincipal(build), world)
      if ('error' in answer) return { statusCode: 'CLIENT_ERROR', message: answer.error }
      return { files: answer.files, revision: answer.revision }
    }
  return { statusCode: 'CLIENT_ERROR', message: `The lab has no source of type ${type} (${location}).` }
}

function resolve(
  build: Build,
  spec: Buildspec,
  world: World,
):
  | { readonly values: { readonly [name: string]: string } }
  | { readonly statusCode: string; readonly message: string } {
  const wanted = [
    ...Object.entries(spec.parameterStore),
    ...Object.entries(spec.secretsManager),
    ...(build.settings.environment?.environmentVariables ?? []).flatMap(({ name, value, type }) =>
      type === 'PARAMETER_STORE' || type === 'SECRETS_MANAGER' ? [[name, value] as const] : [],
    ),
  ]
  const values: Record<string, string> = {}
  for (const [name, reference] of wanted) {
    const found = resolveReference(reference, buildPrincipal(build), build.region, world)
    if (!found || 'error' in found)
      return {
        statusCode: 'Decrypted Variables Error',
        message:
          !found || found.error.code === 'ParameterNotFound'
            ? `parameter does not exist: ${reference}`
            : `${found.error.code}: ${found.error.message}`,
      }
    values[name] = found.value
  }
  return { values }
}
