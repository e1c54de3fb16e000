import type { Command } from '../cli/command.ts'
import { eachArgument } from '../cli/pick.ts'
import { Problem, refused } from '../cli/problem.ts'
import { createPluginCommand } from './createPlugin.ts'
import { inspectPlugin, listPlugins } from './looking.ts'
import { pluginOf } from './pluginOf.ts'
import { installCommand, upgradeCommand } from './pullCommands.ts'
import { changeSettings } from './settings.ts'
import { volumesOfPlugin } from './volumeDriver.ts'

/** `docker plugin`. Models: docker/cli cli/command/plugin and moby daemon/pkg/plugin */
export const pluginCommands: readonly Command[] = [
  createPluginCommand,
  {
    path: 'plugin disable',
    summary: 'Disable a plugin',
    usage: '[OPTIONS] PLUGIN',
    args: [1, 1],
    flags: [{ name: 'force', short: 'f', says: 'Force the disable of an active plugin' }],
    run(ask) {
      const [text = ''] = ask.args
      const plugin = pluginOf(ask, text)
      if (plugin.state !== 'Enabled') throw refused(`already disabled: plugin ${plugin.name} found but disabled`)
      if (!ask.flag('force') && volumesOfPlugin(ask.world, plugin).length > 0)
        throw refused(`plugin ${plugin.name} is in use`)
      ask.emit([{ to: plugin.id, type: 'Disabled' }])
      ask.out(`${text}\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'plugin enable',
    summary: 'Enable a plugin',
    usage: '[OPTIONS] PLUGIN',
    args: [1, 1],
    flags: [{ name: 'timeout', type: 'int', says: 'HTTP client timeout (in seconds) (default 30)' }],
    run(ask) {
      const [text = ''] = ask.args
      const timeout = ask.number('timeout') ?? 30
      if (timeout < 0) throw new Problem(`negative timeout ${timeout} is invalid`)
      const plugin = pluginOf(ask, text)
      if (plugin.state === 'Enabled') throw refused(`already enabled: plugin ${plugin.name} is enabled`)
      ask.emit([{ to: plugin.id, type: 'Enabled' }])
      ask.out(`${text}\n`)
      return { exit: 0 }
    },
  },
  inspectPlugin,
  installCommand,
  listPlugins,
  {
    path: 'plugin push',
    summary: 'Push a plugin to a registry',
    usage: '[OPTIONS] PLUGIN[:TAG]',
    args: [1, 1],
    run(ask) {
      pluginOf(ask, ask.args[0] ?? '')
      throw new Problem('docker plugin push: not modelled here; no registry of this world takes plugins')
    },
  },
  {
    path: 'plugin rm',
    aliases: ['plugin remove'],
    summary: 'Remove one or more plugins',
    usage: '[OPTIONS] PLUGIN [PLUGIN...]',
    args: [1, Number.POSITIVE_INFINITY],
    flags: [{ name: 'force', short: 'f', says: 'Force the removal of an active plugin' }],
    run: (ask) =>
      eachArgument(ask, (text) => {
        const plugin = pluginOf(ask, text)
        if (!ask.flag('force')) {
          if (volumesOfPlugin(ask.world, plugin).length > 0) throw refused(`plugin ${plugin.name} is in use`)
          if (plugin.state === 'Enabled') throw refused(`plugin ${plugin.name} is enabled`)
        }
        ask.emit([{ to: plugin.id, type: 'Removed' }])
        ask.out(`${text}\n`)
      }),
  },
  {
    path: 'plugin set',
    summary: 'Change settings for a plugin',
    usage: 'PLUGIN KEY=VALUE [KEY=VALUE...]',
    args: [2, Number.POSITIVE_INFINITY],
    run(ask) {
      const [text = '', ...changes] = ask.args
      const plugin = pluginOf(ask, text)
      if (plugin.state === 'Enabled') throw refused('cannot set on an active plugin, disable plugin before setting')
      const settings = changeSettings(plugin.config, plugin.settings, changes)
      if (typeof settings === 'string') throw refused(settings)
      ask.emit([{ to: plugin.id, type: 'Configured', data: { settings } as never }])
      return { exit: 0 }
    },
  },
  upgradeCommand,
]
