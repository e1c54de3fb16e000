import type { Ask } from '../cli/ask.ts'
import type { Command, CommandFlag, Reply } from '../cli/command.ts'
import { Problem, refused } from '../cli/problem.ts'
import { findPlugin, installPlugin, pluginId, taggedName } from './plugin.ts'
import { pluginOf } from './pluginOf.ts'
import { granted, publishedAs, pulled } from './pulling.ts'
import { changeSettings, defaultSettings } from './settings.ts'

const PULL_FLAGS: readonly CommandFlag[] = [
  { name: 'disable-content-trust', says: 'Skip image verification (default true)' },
  { name: 'grant-all-permissions', says: 'Grant all permissions necessary to run the plugin' },
]

/** Models: docker/cli cli/command/plugin/install.go */
export const installCommand: Command = {
  path: 'plugin install',
  summary: 'Install a plugin',
  usage: '[OPTIONS] PLUGIN [KEY=VALUE...]',
  args: [1, Number.POSITIVE_INFINITY],
  flags: [
    { name: 'alias', type: 'string', says: 'Local name for plugin' },
    { name: 'disable', says: 'Do not enable the plugin on install' },
    ...PULL_FLAGS,
  ],
  run: (ask) => install(ask, false),
  resume: (ask) => install(ask, true),
}

function install(ask: Ask, asked: boolean): Reply {
  const [remote = '', ...changes] = ask.args
  const name = taggedName(ask.text('alias') ?? remote)
  const { reference, config } = publishedAs(remote)
  return granted(ask, remote, config, asked, () => {
    if (findPlugin(ask.world, ask.engine, name)) throw refused(`plugin ${name} already exists`)
    const settings = changeSettings(config, defaultSettings(config), changes)
    if (typeof settings === 'string') throw refused(settings)
    ask.emit([installPlugin(ask.engine, { name, reference, config, settings })])
    if (!ask.flag('disable')) ask.emit([{ to: pluginId(ask.engine, name), type: 'Enabled' }])
    pulled(ask, reference)
    ask.out(`Installed plugin ${remote}\n`)
  })
}

/** Models: docker/cli cli/command/plugin/upgrade.go */
export const upgradeCommand: Command = {
  path: 'plugin upgrade',
  summary: 'Upgrade an existing plugin',
  usage: '[OPTIONS] PLUGIN [REMOTE]',
  args: [1, 2],
  flags: [
    ...PULL_FLAGS,
    { name: 'skip-remote-check', says: 'Do not check if specified remote plugin matches existing plugin image' },
  ],
  run: (ask) => upgrade(ask, undefined),
  resume: (ask, state) => upgrade(ask, state === 'images' ? 'images' : 'privileges'),
}

/** Upgrades; `asked` is what the line that was typed last answers. */
function upgrade(ask: Ask, asked: 'images' | 'privileges' | undefined): Reply {
  const [text = '', given] = ask.args
  const found = findPlugin(ask.world, ask.engine, text)
  if (!found) throw new Problem(`error reading plugin data: ${refused(`plugin "${text}" not found`).message}`)
  const plugin = pluginOf(ask, text)
  if (plugin.state === 'Enabled') throw new Problem('the plugin must be disabled before upgrading')
  const remote = taggedName(given ?? plugin.reference)
  if (asked === undefined) {
    ask.out(`Upgrading plugin ${plugin.name} from ${plugin.reference} to ${remote}\n`)
    if (remote !== plugin.reference && !ask.flag('skip-remote-check')) {
      ask.out('Plugin images do not match, are you sure? [y/N] ')
      if (ask.call.interactive) return { wait: { input: true }, state: 'images' }
      throw new Problem('plugin upgrade has been canceled')
    }
  }
  if (asked === 'images' && !/^y(?:es)?$/i.test((ask.call.input ?? '').trim()))
    throw new Problem('plugin upgrade has been canceled')
  const { reference, config } = publishedAs(remote)
  return granted(ask, remote, config, asked === 'privileges', () => {
    ask.emit([
      { to: plugin.id, type: 'Upgraded', data: { reference, config, settings: defaultSettings(config) } as never },
    ])
    pulled(ask, reference)
    ask.out(`Upgraded plugin ${plugin.name} to ${remote}\n`)
  })
}
