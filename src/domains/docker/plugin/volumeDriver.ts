import type { World } from '../../../kernel/index.ts'
import { type Volume, volumesOn } from '../volume/volume.ts'
import { findPlugin, type Plugin } from './plugin.ts'

/** The name under which an enabled plugin keeps volumes, or why it cannot. Models: moby daemon/pkg/plugin store.go Get */
export function volumeDriver(world: World, engine: string, text: string): string | { readonly problem: string } {
  const found = findPlugin(world, engine, text)
  if (!found || found === 'many' || found.config.capability !== 'volumedriver')
    return { problem: `plugin "${text}" not found` }
  return found.state === 'Enabled' ? found.name : { problem: `plugin ${text} found but disabled` }
}

/** Volumes that a plugin keeps: while there are any it is in use. */
export function volumesOfPlugin(world: World, plugin: Plugin): readonly Volume[] {
  return volumesOn(world, plugin.owner).filter(({ driver }) => driver === plugin.name)
}
