import type { FileNode, Files, FileTree } from '../../../shell/index.ts'
import { fileSize } from '../../containerd/index.ts'
import { ignorePatterns, PatternMatcher } from '../dockerfile/patternMatcher.ts'

/** The files that a build is sent. */
export interface BuildContext {
  /** From `/`. */
  readonly tree: FileTree
  readonly bytes: number
  /** Patterns of the ignore file; none without one. */
  readonly ignore: readonly string[]
  readonly ignoreBytes: number
}

/**
 * Reads the build context below a folder: what `<Dockerfile>.dockerignore` or `.dockerignore` leaves out is not sent.
 * Models: buildx build, dockerui DockerIgnorePatterns
 */
export function readContext(files: Files, folder: string, dockerfile: string): BuildContext {
  const prefix = folder === '/' ? '/' : `${folder}/`
  const own = files.read(`${dockerfile}.dockerignore`)
  const shared = files.read(`${prefix}.dockerignore`)
  const text = 'text' in own ? own.text : 'text' in shared ? shared.text : undefined
  const ignore = text === undefined ? [] : ignorePatterns(text)
  const matcher = new PatternMatcher(ignore)
  const tree: { [path: string]: FileNode } = {}
  let bytes = 0
  for (const path of files.below(folder)) {
    const below = path.slice(prefix.length)
    const node = files.node(path)
    if (!node || matcher.matches(below)) continue
    for (let cut = below.lastIndexOf('/'); cut > 0; cut = below.lastIndexOf('/', cut - 1)) {
      const up = `/${below.slice(0, cut)}`
      tree[up] ??= files.node(`${prefix}${below.slice(0, cut)}`) ?? { dir: true, at: 0 }
    }
    tree[`/${below}`] = node
    bytes += 60 + fileSize(node)
  }
  return { tree, bytes, ignore, ignoreBytes: text === undefined ? 2 : text.length }
}
