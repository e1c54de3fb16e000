import type { Ask } from '../cli/ask.ts'
import { refused } from '../cli/problem.ts'
import { findPlugin, type Plugin } from './plugin.ts'

/** The plugin that an argument means; refuses what is none. */
export function pluginOf(ask: Ask, text: string): Plugin {
  const found = findPlugin(ask.world, ask.engine, text)
  if (found === 'many') throw refused(`multiple plugins found for "${text}"`)
  if (!found) throw refused(`plugin "${text}" not found`)
  return found
}
