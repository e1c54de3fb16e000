import type { Command } from './command.ts'

/** `docker run --help`. */
export function commandHelp(command: Command): string {
  const flags = command.flags ?? []
  const aliases = [command.path, ...(command.aliases ?? [])].map((path) => `docker ${path}`)
  const names = flags.map(
    ({ name, short, type }) => `  ${short ? `-${short}, ` : '    '}--${name}${type ? ` ${type}` : ''}`,
  )
  const width = Math.max(0, ...names.map((name) => name.length))
  return [
    `Usage:  docker ${command.path} ${command.usage}`,
    '',
    command.summary,
    ...(aliases.length > 1 ? ['', 'Aliases:', `  ${[...aliases].sort().join(', ')}`] : []),
    ...(flags.length > 0
      ? ['', 'Options:', ...flags.map((flag, i) => `${(names[i] as string).padEnd(width)}   ${flag.says}`)]
      : []),
    '',
  ].join('\n')
}

/** `docker container --help`. */
export function groupHelp(commands: readonly Command[], group: string): string {
  const found = commands.flatMap(({ path, aliases, summary }) => {
    const below = [path, ...(aliases ?? [])].find((one) => one.startsWith(`${group} `))
    return below === undefined ? [] : [[below.slice(group.length + 1), summary] as const]
  })
  return `\nUsage:  docker ${group} COMMAND\n\n${ABOUT[group] ?? `Manage ${group}s`}\n\nCommands:\n${listed(found)}\nRun 'docker ${group} COMMAND --help' for more information on a command.\n`
}

/** `docker --help`. */
export function rootHelp(commands: readonly Command[]): string {
  const top = commands.flatMap(({ path, aliases, summary }) => {
    const short = [path, ...(aliases ?? [])].find((one) => !one.includes(' '))
    return short === undefined ? [] : [[short, summary] as const]
  })
  const common = COMMON.flatMap((name) => top.filter(([one]) => one === name))
  const rest = top.filter(([name]) => !COMMON.includes(name) && name !== 'compose').sort(([a], [b]) => (a < b ? -1 : 1))
  const managed = Object.entries(ABOUT)
  return `Usage:  docker [OPTIONS] COMMAND\n\nA self-sufficient runtime for containers\n\nCommon Commands:\n${listed(common)}\nManagement Commands:\n${listed(managed)}\nCommands:\n${listed(rest)}\nRun 'docker COMMAND --help' for more information on a command.\n\nFor more help on how to use Docker, head to https://docs.docker.com/go/guides/\n`
}

const COMMON = ['run', 'exec', 'ps', 'build', 'pull', 'push', 'images', 'login', 'logout', 'search', 'version', 'info']

const ABOUT: { readonly [group: string]: string } = {
  buildx: 'Docker Buildx',
  compose: 'Docker Compose',
  config: 'Manage Swarm configs',
  container: 'Manage containers',
  context: 'Manage contexts',
  image: 'Manage images',
  network: 'Manage networks',
  node: 'Manage Swarm nodes',
  plugin: 'Manage plugins',
  secret: 'Manage Swarm secrets',
  service: 'Manage Swarm services',
  stack: 'Manage Swarm stacks',
  swarm: 'Manage Swarm',
  system: 'Manage Docker',
  volume: 'Manage volumes',
}

function listed(entries: readonly (readonly [string, string])[]): string {
  const width = Math.max(10, ...entries.map(([name]) => name.length))
  return entries.map(([name, says]) => `  ${name.padEnd(width)}  ${says}\n`).join('')
}
