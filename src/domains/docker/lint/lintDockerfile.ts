import type { FileProblem, World } from '../../../kernel/index.ts'
import type { FileTree } from '../../../shell/index.ts'
import { checksRule } from './checks.rule.ts'
import { practicesRule } from './practices.rule.ts'

/** Names of Dockerfiles: `Dockerfile`, `Dockerfile.dev`, `web.Dockerfile`, `Containerfile`. */
const NAME = /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:\.(?!dockerignore)[\w.-]+)?|[\w.-]+\.(?:d|D)ockerfile)$/

/** What BuildKit's checks and good practice say against a Dockerfile, at its lines. Empty for other files. */
export function lintDockerfile(path: string, text: string, world: World): readonly FileProblem[] {
  if (!NAME.test(path) || text.trim() === '') return []
  const ignore = ignoreBeside(path, world)
  const { warnings, error } = world.decide(checksRule, { dockerfile: text, ignore })
  const advice =
    error === undefined ? world.decide(practicesRule, { dockerfile: text, hasIgnoreFile: ignore !== undefined }) : []
  return [
    ...(error === undefined ? [] : [{ line: lineOf(error), column: 1, message: error }]),
    ...warnings.map(({ check, line, message }) => ({ line, column: 1, message: `${check}: ${message}` })),
    ...advice.map(({ practice, line, message }) => ({ line, column: 1, message: `${practice}: ${message}` })),
  ]
}

function lineOf(error: string): number {
  return Number(/ on line (\d+):/.exec(error)?.[1] ?? 1)
}

function ignoreBeside(path: string, world: World): string | undefined {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  for (const session of world.all('shell.Session')) {
    const { files } = session as { readonly files?: FileTree }
    const found = files?.[`${path}.dockerignore`]?.text ?? files?.[`${folder}.dockerignore`]?.text
    if (found !== undefined) return found
  }
  return undefined
}
