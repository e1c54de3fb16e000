import type { Json } from '../../../kernel/index.ts'
import type { Ask } from './ask.ts'
import type { Reply } from './command.ts'

/** Asks whether to go on; undefined while nobody has answered. */
export function confirmed(ask: Ask, warning: string): boolean | undefined {
  if (ask.flag('force') || !ask.call.interactive) return true
  if (ask.call.why === 'input') return /^y(?:es)?$/i.test((ask.call.input ?? '').trim())
  ask.out(`${warning}\nAre you sure you want to continue? [y/N] `)
  return undefined
}

/** A command that asks first. */
export function asking(ask: Ask, warning: string, act: () => void): Reply {
  const yes = confirmed(ask, warning)
  if (yes === undefined) return { wait: { input: true }, state: null as Json }
  if (yes) act()
  return { exit: 0 }
}
