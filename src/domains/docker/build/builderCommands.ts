import type { World } from '../../../kernel/index.ts'
import type { Command } from '../cli/command.ts'
import { sizeText } from '../image/sizeText.ts'
import type { Build } from './build.ts'
import { type CacheRecord, cacheOf, prune } from './cache.ts'

/** What is asked of the builder besides builds: what it keeps, what it built. Models: buildx du, prune, ls, history ls */
export const builderCommands: readonly Command[] = [
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
  {
    path: 'buildx ls',
    summary: 'List builder instances',
    usage: '[OPTIONS]',
    args: [0, 0],
    run(ask) {
      ask.out(
        'NAME/NODE     DRIVER/ENDPOINT   STATUS    BUILDKIT   PLATFORMS\ndefault*      docker                                 \n \\_ default    \\_ default       running   v0.26.1    linux/amd64 (+3)\n',
      )
      return { exit: 0 }
    },
  },
  {
    path: 'buildx history ls',
    summary: 'List build records',
    usage: '[OPTIONS]',
    args: [0, 0],
    run(ask) {
      ask.out(`${['BUILD ID'.padEnd(26), 'NAME'.padEnd(20), 'STATUS'.padEnd(12), 'DURATION'].join('')}\n`)
      for (const build of buildsOf(ask.world, ask.engine)) {
        const status = { done: 'Completed', failed: 'Error', canceled: 'Canceled' }[build.state] ?? 'Running'
        const began = ask.world.journal.byId(build.born)?.at ?? 0
        const end = status === 'Running' ? ask.world.now : build.since
        ask.out(
          `${build.id.slice(build.id.lastIndexOf('/') + 1).padEnd(26)}${build.title.padEnd(20)}${status.padEnd(12)}${((end - began) / 1000).toFixed(1)}s\n`,
        )
      }
      return { exit: 0 }
    },
  },
]

/** Builds of an engine, the newest first. */
export function buildsOf(world: World, engine: string): readonly Build[] {
  return (world.ownedBy(engine).filter(({ kind }) => kind === 'docker.Build') as Build[]).sort(
    (a, b) => b.born - a.born,
  )
}

function total(records: readonly CacheRecord[]): number {
  return records.reduce((sum, record) => sum + record.size, 0)
}

function table(records: readonly CacheRecord[]): string {
  const rows = records.map(
    ({ key, size }) => `${key.slice(0, 25).padEnd(44)}true \t${sizeText(size, 4).padEnd(12)}\t\n`,
  )
  return `${'ID'.padEnd(44)}RECLAIMABLE\tSIZE\t\tLAST ACCESSED\n${rows.join('')}`
}
