import { digestOf } from '../../containerd/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Reply } from '../cli/command.ts'
import { Problem, refused } from '../cli/problem.ts'
import { PLUGINS } from './catalogue.ts'
import { type Plugin, taggedName } from './plugin.ts'
import { type PluginConfig, privilegesOf } from './pluginConfig.ts'

/** The plugin that a registry has under a name; refuses what none has. */
export function publishedAs(text: string): Pick<Plugin, 'reference' | 'config'> {
  const reference = taggedName(text)
  const cut = reference.lastIndexOf(':')
  const found = Object.hasOwn(PLUGINS, reference.slice(0, cut)) ? PLUGINS[reference.slice(0, cut)] : undefined
  if (!found)
    throw refused(
      `pull access denied for ${reference.slice(0, cut)}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
    )
  if (!found.tags.includes(reference.slice(cut + 1)))
    throw refused(`manifest for ${reference} not found: manifest unknown: manifest unknown`)
  return { reference, config: found.config }
}

/** Asks for the privileges that a plugin wants, and goes on when they are granted. Models: docker/cli cli/command/plugin acceptPrivileges */
export function granted(ask: Ask, name: string, config: PluginConfig, asked: boolean, act: () => void): Reply {
  const privileges = privilegesOf(config)
  if (!ask.flag('grant-all-permissions') && privileges.length > 0) {
    if (!asked) {
      const wants = privileges.map((one) => ` - ${one.name}: ${one.value}\n`).join('')
      ask.out(
        `Plugin "${name}" is requesting the following privileges:\n${wants}Do you grant the above permissions? [y/N] `,
      )
      if (ask.call.interactive) return { wait: { input: true }, state: 'privileges' }
    }
    const answer = asked ? ask.call.input : ask.call.stdin?.split('\n')[0]
    if (!/^y(?:es)?$/i.test((answer ?? '').trim()))
      throw new Problem(`permission denied while installing plugin ${name}`)
  }
  act()
  return { exit: 0 }
}

/** What is printed while a plugin is pulled. */
export function pulled(ask: Ask, reference: string): void {
  const cut = reference.lastIndexOf(':')
  ask.out(
    `${reference.slice(cut + 1)}: Pulling from ${reference.slice(0, cut)}\nDigest: ${digestOf(`plugin ${reference}`)}\nStatus: Downloaded newer image for ${reference}\n`,
  )
}
