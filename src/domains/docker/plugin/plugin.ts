import { defineIndex, defineKind, type Emission, type Entity, type World } from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'
import { hostOf } from '../engine/engine.ts'
import { pluginLifecycle } from './plugin.lifecycle.ts'
import type { PluginConfig } from './pluginConfig.ts'
import { pluginFace } from './pluginFace.ts'
import type { PluginSettings } from './settings.ts'

/** A managed plugin of an engine. Ids are `docker.Plugin/<host>/<name>`, the name with its tag. */
export interface Plugin extends Entity {
  readonly owner: string
  readonly name: string
  /** What it was pulled as, with its tag. */
  readonly reference: string
  readonly config: PluginConfig
  readonly settings: PluginSettings
}

export const pluginKind = defineKind<Plugin>({
  kind: 'docker.Plugin',
  lifecycle: pluginLifecycle,
  face: pluginFace,
  apply: {
    Configured: (_, event) => ({ settings: (event.data as Pick<Plugin, 'settings'>).settings }),
    Upgraded: (_, event) => {
      const { reference, config, settings } = event.data as Plugin
      return { reference, config, settings }
    },
  },
  tell: {
    Installed: (event) => `The plugin [${(event.data as Plugin).name}](${event.to}) is installed.`,
    Enabled: (event) => `The plugin [${nameIn(event.to)}](${event.to}) is enabled.`,
    Disabled: (event) => `The plugin [${nameIn(event.to)}](${event.to}) is disabled.`,
    Configured: (event) => `The settings of the plugin [${nameIn(event.to)}](${event.to}) are changed.`,
    Upgraded: (event) =>
      `The plugin [${nameIn(event.to)}](${event.to}) is upgraded to \`${(event.data as Plugin).reference}\`.`,
    Removed: (event) => `The plugin \`${nameIn(event.to)}\` is removed.`,
  },
})

export function pluginId(engine: string, name: string): string {
  return `docker.Plugin/${hostOf(engine)}/${name}`
}

function nameIn(id: string): string {
  return id.split('/').slice(2).join('/')
}

/** The 64 hexadecimal digits that docker shows as its id. */
export function pluginHex(plugin: Pick<Plugin, 'id' | 'born'>): string {
  return digestOf(`plugin ${plugin.id} ${plugin.born}`).slice('sha256:'.length)
}

/** The event that installs a plugin, disabled. */
export function installPlugin(
  engine: string,
  fields: Pick<Plugin, 'name' | 'reference' | 'config' | 'settings'>,
): Emission {
  const data = { owner: engine, ...fields } as unknown as Emission['data']
  return { to: pluginId(engine, fields.name), kind: 'docker.Plugin', type: 'Installed', data, by: engine }
}

/** Plugins of an engine. */
export const pluginsByEngine = defineIndex(
  'docker.pluginsByEngine',
  ['docker.Plugin'],
  (entity) => (entity as Plugin).owner,
)

export function pluginsOn(world: World, engine: string): readonly Plugin[] {
  return [...(world.lookup(pluginsByEngine, engine) as readonly Plugin[])].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A name with `latest` where it has no tag, as the engine keeps it. */
export function taggedName(name: string): string {
  const short = name.replace(/^docker\.io\//, '').replace(/^library\//, '')
  return short.slice(short.lastIndexOf('/') + 1).includes(':') ? short : `${short}:latest`
}

/** The plugin of a name, of an id or of the beginning of an id that no other has. */
export function findPlugin(world: World, engine: string, text: string): Plugin | 'many' | undefined {
  const named = world.get(pluginId(engine, taggedName(text))) as Plugin | undefined
  if (named || !/^[0-9a-f]+$/.test(text)) return named
  const found = pluginsOn(world, engine).filter((plugin) => pluginHex(plugin).startsWith(text))
  return found.length > 1 ? 'many' : found[0]
}
