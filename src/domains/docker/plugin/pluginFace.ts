import type { Face } from '../../../kernel/index.ts'
import { nodeOfEngine } from '../swarm/node.ts'
import type { Plugin } from './plugin.ts'

/** A plugin of an engine. */
export const pluginFace: Face<Plugin> = {
  label: 'Plugin',
  plural: 'Plugins',
  pictogram: 'process',
  shape: 'chip',
  rank: 6,
  within: (plugin, world) => nodeOfEngine(world, plugin.owner)?.id ?? plugin.owner,
  look(plugin) {
    const enabled = plugin.state === 'Enabled'
    return {
      title: plugin.name,
      tone: enabled ? 'ok' : 'idle',
      word: enabled ? 'enabled' : 'disabled',
      facts: [
        ['description', plugin.config.description],
        ['offers', plugin.config.capability],
        ['settings', plugin.settings.env.join(', ') || 'none'],
      ],
    }
  },
  actions: (plugin) => [
    { id: 'inspect', label: 'Inspect', line: `docker plugin inspect ${plugin.name}` },
    plugin.state === 'Enabled'
      ? { id: 'disable', label: 'Disable', line: `docker plugin disable ${plugin.name}` }
      : { id: 'enable', label: 'Enable', line: `docker plugin enable ${plugin.name}` },
    { id: 'remove', label: 'Remove', line: `docker plugin rm -f ${plugin.name}`, sort: 'danger' },
  ],
}
