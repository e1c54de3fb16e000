import type { Command } from './command.ts'
import { COMMANDS } from './commands.ts'
import type { KubeFlag } from './flags.ts'
import { GLOBAL_FLAGS } from './globalFlags.ts'

const GROUPS: readonly (readonly [string, readonly string[]])[] = [
  ['Basic Commands (Beginner)', ['create', 'expose', 'run', 'set']],
  ['Basic Commands (Intermediate)', ['explain', 'get', 'edit', 'delete']],
  ['Deploy Commands', ['rollout', 'scale', 'autoscale']],
  ['Cluster Management Commands', ['certificate', 'cluster-info', 'top', 'cordon', 'uncordon', 'drain', 'taint']],
  [
    'Troubleshooting and Debugging Commands',
    ['describe', 'logs', 'attach', 'exec', 'port-forward', 'proxy', 'cp', 'auth', 'debug', 'events'],
  ],
  ['Advanced Commands', ['diff', 'apply', 'patch', 'replace', 'wait', 'kustomize']],
  ['Settings Commands', ['label', 'annotate', 'completion']],
  ['Other Commands', ['api-resources', 'api-versions', 'config', 'plugin', 'version']],
]

/** `kubectl --help`. */
export function rootHelp(): string {
  const groups = GROUPS.map(([title, names]) => {
    const lines = names.flatMap((name) => {
      const command = COMMANDS.find((one) => one.name === name)
      return command ? [`  ${name.padEnd(15)} ${command.summary}`] : []
    })
    return `${title}:\n${lines.join('\n')}\n`
  })
  return `kubectl controls the Kubernetes cluster manager.\n\n Find more information at: https://kubernetes.io/docs/reference/kubectl/\n\n${groups.join('\n')}\nUsage:\n  kubectl [flags] [options]\n\nUse "kubectl <command> --help" for more information about a given command.\nUse "kubectl options" for a list of global command-line options (applies to all commands).\n`
}

/** `kubectl get --help`. */
export function commandHelp(command: Command, path: string): string {
  const parts = [`${command.summary}.\n`]
  if (command.examples && command.examples.length > 0)
    parts.push(`Examples:\n${command.examples.map((example) => `  ${example}`).join('\n')}\n`)
  if (command.commands && command.commands.length > 0)
    parts.push(
      `Available Commands:\n${command.commands.map((one) => `  ${one.name.padEnd(17)} ${one.summary}`).join('\n')}\n`,
    )
  const flags = [...(command.flags ?? [])].sort((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))
  if (flags.length > 0) parts.push(`Options:\n${flags.map(flagText).join('\n\n')}\n`)
  const options = command.run || flags.length > 0 ? ' [options]' : ''
  parts.push(`Usage:\n  ${path} ${command.usage}${command.usage.endsWith('[options]') ? '' : options}\n`)
  if (command.commands) parts.push(`Use "${path} <command> --help" for more information about a given command.`)
  parts.push('Use "kubectl options" for a list of global command-line options (applies to all commands).')
  return `${parts.join('\n')}\n`
}

/** `kubectl options`. */
export function optionsHelp(): string {
  return `The following options can be passed to any command:\n\n${GLOBAL_FLAGS.filter(({ name }) => name !== 'help')
    .map(flagText)
    .join('\n\n')}\n`
}

function flagText({ name, short, value, bare, says, type }: KubeFlag): string {
  const shown = value ?? 'false'
  const lead = short === undefined ? '    ' : `    -${short}, `
  return `${lead}${short === undefined ? '' : ''}--${name}=${bare !== undefined || type === undefined || value !== undefined ? shown : 'false'}:\n\t${says}.`
}
