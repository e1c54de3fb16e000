import type { Call } from '../../../shell/program.ts'
import type { Command } from './command.ts'
import { Problem, stop } from './problem.ts'

const PREFIX = 'kubectl-'

/**
 * The plugin that words name and what is left for it: the executable `kubectl-a-b` for `kubectl a b`, the longest name first.
 * Models: kubectl/pkg/cmd/cmd.go HandlePluginCommand
 */
export function pluginFor(call: Call, words: readonly string[]): readonly string[] | undefined {
  const flag = words.findIndex((word) => word.startsWith('-'))
  const names = words.slice(0, flag < 0 ? words.length : flag).map((word) => word.replaceAll('-', '_'))
  for (let count = names.length; count > 0; count--) {
    const file = `${PREFIX}${names.slice(0, count).join('-')}`
    const path = directories(call)
      .map((directory) => `${directory}/${file}`)
      .find((one) => isExecutable(call, one))
    if (path !== undefined) return [path, ...words.slice(count)]
  }
  return undefined
}

/** Models: kubectl/pkg/cmd/plugin */
export const plugin: Command = {
  name: 'plugin',
  summary: 'Provides utilities for interacting with plugins',
  usage: '[flags]',
  offline: true,
  commands: [
    {
      name: 'list',
      summary: "List all visible plugin executables on a user's PATH",
      usage: '',
      offline: true,
      flags: [{ name: 'name-only', says: 'Only names' }],
      run(ask) {
        const { call } = ask
        const seen = new Map<string, string>()
        let found = 0
        let warnings = 0
        for (const directory of directories(call))
          for (const name of call.files.list(directory)) {
            const path = `${directory}/${name}`
            if (!name.startsWith(PREFIX) || call.files.isDirectory(path)) continue
            if (found++ === 0) ask.out('The following compatible plugins are available:\n\n')
            ask.out(`${ask.flag('name-only') ? name : path}\n`)
            const warning = warningOf(call, name, path, seen)
            if (warning !== undefined) {
              warnings++
              ask.err(`  - warning: ${warning}\n`)
            }
            if (!seen.has(name)) seen.set(name, path)
          }
        if (found === 0) return stop('unable to find any kubectl plugins in your PATH')
        if (warnings > 0)
          throw new Problem(
            `error: ${warnings === 1 ? 'one plugin warning was found' : `${warnings} plugin warnings were found`}`,
          )
        return { exit: 0 }
      },
    },
  ],
}

function warningOf(call: Call, name: string, path: string, seen: ReadonlyMap<string, string>): string | undefined {
  const command = name.slice(PREFIX.length).split('-')[0]
  const builtIn = call.programs.get('kubectl')?.subcommands?.some((one) => one.name === command)
  if (builtIn && !name.slice(PREFIX.length).includes('-'))
    return `${name} overwrites existing command: "kubectl ${command}"`
  if (!isExecutable(call, path)) return `${path} identified as a kubectl plugin, but it is not executable`
  const first = seen.get(name)
  return first === undefined ? undefined : `${path} is overshadowed by a similarly named plugin: ${first}`
}

function directories(call: Call): readonly string[] {
  return [...new Set((call.env.PATH ?? '').split(':').filter((directory) => directory.startsWith('/')))]
}

function isExecutable(call: Call, path: string): boolean {
  const node = call.files.node(path)
  return node !== undefined && !node.dir && ((node.mode ?? 0) & 0o111) !== 0
}
