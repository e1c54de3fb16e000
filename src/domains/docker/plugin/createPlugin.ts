import { resolvePath } from '../../../shell/files.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command } from '../cli/command.ts'
import { Problem, refused } from '../cli/problem.ts'
import { findPlugin, installPlugin, taggedName } from './plugin.ts'
import { readPluginConfig } from './readPluginConfig.ts'
import { defaultSettings } from './settings.ts'

/** `docker plugin create`. Models: docker/cli cli/command/plugin/create.go and moby daemon/pkg/plugin CreateFromContext */
export const createPluginCommand: Command = {
  path: 'plugin create',
  summary:
    'Create a plugin from a rootfs and configuration. Plugin data directory must contain config.json and rootfs directory.',
  usage: '[OPTIONS] PLUGIN PLUGIN-DATA-DIR',
  args: [2, 2],
  flags: [{ name: 'compress', says: 'Compress the context using gzip' }],
  run(ask) {
    const [text = '', folder = ''] = ask.args
    const name = taggedName(text)
    if (!/^[a-z0-9][a-z0-9._/:-]*$/.test(name)) throw new Problem(`invalid reference format`)
    const config = configIn(ask, resolvePath(ask.call.cwd, folder))
    if (findPlugin(ask.world, ask.engine, name)) throw refused(`plugin ${name} already exists`)
    ask.emit([installPlugin(ask.engine, { name, reference: name, config, settings: defaultSettings(config) })])
    ask.out(`${text}\n`)
    return { exit: 0 }
  },
}

/** The configuration in a plugin's folder, which has to hold its file system too. */
function configIn(ask: Ask, folder: string) {
  const { files } = ask.call
  if (!files.isDirectory(folder)) throw new Problem(`stat ${folder}: no such file or directory`)
  const file = files.read(`${folder}/config.json`)
  if ('error' in file) throw new Problem(`open ${folder}/config.json: no such file or directory`)
  if (!files.isDirectory(`${folder}/rootfs`)) throw new Problem(`stat ${folder}/rootfs: no such file or directory`)
  let value: unknown
  try {
    value = JSON.parse(file.text)
  } catch (problem) {
    throw new Problem(problem instanceof Error ? problem.message : 'invalid character')
  }
  return readPluginConfig(value)
}
