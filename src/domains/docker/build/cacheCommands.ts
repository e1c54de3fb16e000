import type { Command } from '../cli/command.ts'
import { sizeText } from '../image/sizeText.ts'
import { type CacheRecord, cacheOf, prune } from './cache.ts'

/** What the builder keeps. Models: buildx du, prune */
export const cacheCommands: readonly Command[] = [
  {
    path: 'builder prune',
    aliases: ['buildx prune'],
    summary: 'Remove build cache',
    usage: '[OPTIONS]',
    flags: [
      { name: 'all', short: 'a', says: 'Remove all unused build cache, not just dangling ones' },
      { name: 'force', short: 'f', says: 'Do not prompt for confirmation' },
    ],
    args: [0, 0],
    run(ask) {
      const records = cacheOf(ask.world, ask.engine)
      ask.emit(prune(ask.world, ask.engine))
      if (records.length > 0) ask.out(table(records))
      ask.out(`Total:\t${sizeText(total(records), 4)}\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'buildx du',
    summary: 'Disk usage',
    usage: '[OPTIONS]',
    flags: [{ name: 'verbose', says: 'Provide a more verbose output' }],
    args: [0, 0],
    run(ask) {
      const records = cacheOf(ask.world, ask.engine)
      ask.out(table(records))
      ask.out(`Reclaimable:\t${sizeText(total(records), 4)}\nTotal:\t\t${sizeText(total(records), 4)}\n`)
      return { exit: 0 }
    },
  },
]

function total(records: readonly CacheRecord[]): number {
  return records.reduce((sum, record) => sum + record.size, 0)
}

function table(records: readonly CacheRecord[]): string {
  const rows = records.map(
    ({ key, size }) => `${key.slice(0, 25).padEnd(44)}true \t${sizeText(size, 4).padEnd(12)}\t\n`,
  )
  return `${'ID'.padEnd(44)}RECLAIMABLE\tSIZE\t\tLAST ACCESSED\n${rows.join('')}`
}
