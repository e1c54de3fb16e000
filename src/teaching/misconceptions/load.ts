import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { misconceptions } from './misconception.ts'

/** Loads every misconception in Node, where nothing is bundled; a file that throws is told by its name. */
export async function loadMisconceptions(): Promise<typeof misconceptions> {
  for (const name of readdirSync(import.meta.dirname).sort()) {
    if (!/^[a-z]\w*\.ts$/.test(name) || ['all.ts', 'load.ts', 'misconception.ts', 'ofCore.ts'].includes(name)) continue
    await import(join(import.meta.dirname, name))
  }
  return misconceptions
}
