import { quotedPath } from '../diff/quotedPath.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { Problem } from './problem.ts'

/** Models: git builtin/ls-files.c */
export const lsFiles: Command = {
  name: 'ls-files',
  summary: 'Show information about files in the index and the working tree',
  usage: ['git ls-files [<options>] [<file>...]'],
  completes: 'paths',
  flags: flags(`
    c,cached | show cached files in the output (default)
    d,deleted | show deleted files in the output
    m,modified | show modified files in the output
    o,others | show other files in the output
    i,ignored | show ignored files in the output
    s,stage | show staged contents' object name in the output
    u,unmerged | show unmerged files in the output
    exclude-standard | add the standard git exclusions
    error-unmatch | if any <file> is not in the index, treat this as an error
    full-name | make the output relative to the project top directory
    z | separate paths with NUL
  `),
  run(ask) {
    const { repo } = ask
    const given = [...ask.args, ...(ask.given.rest ?? [])]
    const here = (path: string): boolean => ask.cwd === repo.top || repo.at(path).startsWith(`${ask.cwd}/`)
    const spec = ask.pathspec(given)
    const stage = repo.stage()
    const wanted = (path: string): boolean => spec.matches(path) && (given.length > 0 || here(path))
    if (ask.flag('error-unmatch')) {
      const [missing] = spec.unmatched(stage.paths())
      if (missing !== undefined)
        throw new Problem(
          `error: pathspec '${missing}' did not match any file(s) known to git\nDid you forget to 'git add'?`,
          1,
        )
    }
    const end = ask.flag('z') ? '\0' : '\n'
    const shown = (path: string): string => {
      const name = ask.flag('full-name') ? path : ask.relative(path)
      return ask.flag('z') ? name : quotedPath(name)
    }
    if (ask.flag('stage') || ask.flag('unmerged')) {
      for (const line of stage.text().split('\n')) {
        const path = line.slice(line.indexOf('\t') + 1)
        if (line === '' || !wanted(path) || (ask.flag('unmerged') && !stage.conflicts.has(path))) continue
        ask.out(`${line.slice(0, line.indexOf('\t'))}\t${shown(path)}${end}`)
      }
      return 0
    }
    const out: string[] = []
    const others = [...repo.workFiles().keys()].filter((path) => !stage.has(path) && wanted(path))
    if (ask.flag('others'))
      out.push(
        ...others.filter((path) => {
          const ignored = (ask.flag('exclude-standard') || ask.flag('ignored')) && repo.ignore().ignores(path, false)
          return ask.flag('ignored') ? ignored : !ignored
        }),
      )
    const selected = ask.flag('cached') || !['deleted', 'modified', 'others'].some((name) => ask.flag(name))
    for (const path of stage.paths().filter(wanted)) {
      const work = repo.workFile(path)
      const copies = stage.conflicts.has(path)
        ? Object.values(stage.conflicts.get(path) ?? {}).filter(Boolean).length
        : 1
      if (selected) out.push(...Array.from({ length: copies }, () => path))
      if (ask.flag('deleted') && !work) out.push(path)
      if (ask.flag('modified') && work?.id !== stage.files.get(path)?.id) out.push(path)
    }
    const sorted = ask.flag('others')
      ? [...others.filter((path) => out.includes(path)), ...out.filter((path) => !others.includes(path))]
      : out
    for (const path of sorted) ask.out(`${shown(path)}${end}`)
    return 0
  },
}
