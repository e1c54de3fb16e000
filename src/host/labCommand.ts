import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { digest } from '../kernel/index.ts'
import type { TranscriptEntry } from '../shell/index.ts'
import { Headless } from './headless.ts'
import type { Lab } from './lab.ts'
import { linesOf } from './linesOf.ts'
import { liveFiles } from './live/liveFiles.ts'

const USAGE = `Usage: npm run lab -- [FILE.sh] [--seed N] [--pace MS] [--bare] [--json] [--export DIR]
Runs shell lines, of a file or of standard input, on a fresh world and prints the transcript.
  --seed N    seed of the world; 1 when absent
  --pace MS   virtual time that passes between two lines; 1000 when absent
  --bare      an empty world; otherwise 'lab cluster up' has run and its three nodes are ready
  --export DIR  write what was built there as files that run on the real thing; the transcript is left out
  --json      lines, outputs, exit codes and the journal's digest as JSON
`

function main(argv: readonly string[]): number {
  const value = (name: string): string | undefined => {
    const at = argv.indexOf(name)
    return at < 0 ? undefined : argv[at + 1]
  }
  if (argv.includes('--help') || argv.includes('-h')) {
    process.stdout.write(USAGE)
    return 0
  }
  const taken = new Set([value('--seed'), value('--pace'), value('--export')])
  const file = argv.find((arg) => !arg.startsWith('-') && !taken.has(arg))
  const seed = Number(value('--seed') ?? 1)
  const pace = Number(value('--pace') ?? 1000)
  if (!Number.isInteger(seed) || !Number.isInteger(pace) || pace < 0) {
    process.stderr.write(`--seed and --pace take whole numbers\n${USAGE}`)
    return 2
  }
  let script: string
  try {
    script = readFileSync(file ?? 0, 'utf8')
  } catch (error) {
    process.stderr.write(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}\n`)
    return 2
  }
  const headless = new Headless({ seed, pace, scene: argv.includes('--bare') ? [] : ['lab cluster up'] })
  const results = linesOf(script).map((line) => headless.run(line))
  const { lab } = headless
  const folder = value('--export')
  if (folder !== undefined) writeLive(folder, lab)
  else if (argv.includes('--json')) {
    const { journal, now } = lab.simulation
    process.stdout.write(
      `${JSON.stringify({ seed, results, now, events: journal.length, digest: digest(journal) }, undefined, 2)}\n`,
    )
  } else for (const entry of headless.transcript()) process.stdout.write(printed(entry))
  return results.at(-1)?.exitCode ?? 0
}

/** Writes the files of an export below a folder, and says which. */
function writeLive(folder: string, { domains, simulation }: Lab): void {
  for (const { path, text } of liveFiles(domains, simulation.world)) {
    const to = join(folder, path)
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, text)
    process.stdout.write(`${to}\n`)
  }
}

function printed(entry: TranscriptEntry): string {
  if (entry.is === 'output') return entry.text
  if (entry.is === 'interrupt') return '^C\n'
  return `${entry.prompt === '' ? '' : `${entry.prompt} `}${entry.text}\n`
}

process.exitCode = main(process.argv.slice(2))
