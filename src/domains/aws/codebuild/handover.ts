import type { FileTree } from '../../../shell/index.ts'
import type { Artifact } from '../core/index.ts'
import { type Build, sourceDirectory } from './build.ts'
import type { ArtifactSpec } from './buildspec.ts'
import { filesOf } from './host.ts'

/** The files that patterns of a buildspec name, by the path that they get, or undefined when they name none. */
export function pickFiles(
  build: Build,
  { files, baseDirectory, discardPaths }: Pick<ArtifactSpec, 'files' | 'baseDirectory' | 'discardPaths'>,
): { readonly [path: string]: string } | undefined {
  const root = baseDirectory === undefined ? sourceDirectory(build) : under(sourceDirectory(build), baseDirectory)
  const tree: FileTree = filesOf(build)
  const picked: Record<string, string> = {}
  for (const pattern of files) {
    const absolute = pattern.startsWith('/')
    const expression = patternExpression(absolute ? pattern : under(root, pattern))
    for (const [path, node] of Object.entries(tree)) {
      if (node.dir || !expression.test(path)) continue
      const relative = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path.slice(1)
      picked[discardPaths ? (path.split('/').pop() ?? path) : relative] = node.text ?? ''
    }
  }
  return Object.keys(picked).length > 0 ? picked : undefined
}

/** The artifacts of a build under the names that a pipeline wants, or CodeBuild's words why there are none. */
export function artifactsOf(build: Build): { readonly artifacts: readonly Artifact[] } | { readonly message: string } {
  const { spec } = build
  const [primary, ...others] = build.wanted ?? []
  const artifacts: Artifact[] = []
  const revision = build.revision ? { revision: build.revision } : {}
  if (spec?.artifacts) {
    const files = pickFiles(build, spec.artifacts)
    if (!files) return { message: `no matching artifact paths found` }
    artifacts.push({ name: primary ?? spec.artifacts.name ?? build.settings.name ?? 'artifact', files, ...revision })
  } else if (primary !== undefined && Object.keys(spec?.secondary ?? {}).length === 0) {
    return { message: 'no matching base directory path found for artifacts' }
  }
  for (const [identifier, secondary] of Object.entries(spec?.secondary ?? {})) {
    const files = pickFiles(build, secondary)
    if (!files) return { message: `no matching artifact paths found for ${identifier}` }
    if (build.wanted === undefined || [primary, ...others].includes(identifier))
      artifacts.push({ name: identifier, files, ...revision })
  }
  return { artifacts }
}

function under(root: string, path: string): string {
  if (path.startsWith('/')) return path.replace(/\/$/, '')
  const parts = root.split('/')
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** `**\/*` is everything below, `*` everything but a slash. */
function patternExpression(pattern: string): RegExp {
  const text = pattern.replace(/\*\*\/\*|\*\*\/?|\*|\?|[.+^${}()|[\]\\]/g, (found) => {
    if (found === '**/*' || found === '**') return '.*'
    if (found === '**/') return '(?:.*/)?'
    if (found === '*') return '[^/]*'
    return found === '?' ? '[^/]' : `\\${found}`
  })
  return new RegExp(`^${text}$`)
}
