import { dirname, resolvePath } from '../../../shell/files.ts'
import type { Ask } from '../cli/ask.ts'
import type { BuildSource } from './build.ts'

/** The repository that a build's folder is a clone of, and the commit that is checked out there. Models: buildx build/git.go */
export function commitOf(ask: Ask): Pick<BuildSource, 'repository' | 'revision'> {
  const { files, cwd, env } = ask.call
  const [path = '.'] = ask.args
  if (path === '-' || path.includes('://') || env.BUILDX_GIT_INFO === 'false') return {}
  const read = (at: string): string | undefined => {
    const file = files.read(at)
    return 'text' in file ? file.text.trim() : undefined
  }
  for (let folder = resolvePath(cwd, path); ; folder = dirname(folder)) {
    const git = `${folder === '/' ? '' : folder}/.git`
    const head = read(`${git}/HEAD`)
    if (head === undefined) {
      if (folder === '/' || folder === '') return {}
      continue
    }
    const ref = head.startsWith('ref: ') ? head.slice('ref: '.length) : undefined
    const revision = ref === undefined ? head : read(`${git}/${ref}`)
    const [, repository] = /\[remote "[^"]*"\][^[]*?\n\s*url\s*=\s*(\S+)/.exec(read(`${git}/config`) ?? '') ?? []
    return {
      ...(repository === undefined ? {} : { repository }),
      ...(revision === undefined ? {} : { revision }),
    }
  }
}
