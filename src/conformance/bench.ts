import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { freemem } from 'node:os'
import { dirname } from 'node:path'
import { type BenchCase, type BenchResult, podsOf } from './benchCase.ts'
import { bundleWebernetes, measureWebernetes } from './benchWebernetes.ts'

const USAGE = `Usage: npm run bench [-- --slow] [-- --huge | --no-huge] [-- --json]
Measures the lab beside @ngrok/webernetes, then the lab alone on big clusters; each case in a process of its own.
  --slow      1,000 replicas for webernetes too (minutes)
  --huge      150,000 pods on 5,000 nodes even with little memory; --no-huge leaves it out
  --json      figures as JSON
`

/** Options that every measured process runs with. */
const NODE = ['--expose-gc', '--max-old-space-size=8192', '--max-semi-space-size=64']
/** Memory below which the biggest case is left out unless asked for. */
const ENOUGH = 6 * 1024 ** 3

const of = (who: BenchCase['who'], what: BenchCase['what'], replicas: number): BenchCase => ({
  who,
  what,
  nodes: 3,
  deployments: 1,
  replicas,
})

async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === '--case') {
    const [, text = '', bundle = ''] = argv
    process.stdout.write(`${JSON.stringify(await measure(JSON.parse(text) as BenchCase, bundle))}\n`)
    return 0
  }
  const known = new Set(['--slow', '--huge', '--no-huge', '--json', '--help'])
  if (argv.includes('--help') || argv.some((arg) => !known.has(arg))) {
    process.stdout.write(USAGE)
    return argv.includes('--help') ? 0 : 2
  }
  const json = argv.includes('--json')
  const say = (text: string) => {
    if (!json) process.stdout.write(`${text}\n`)
  }
  const figures: { readonly case: BenchCase; readonly result: BenchResult | undefined }[] = []
  const record = (one: BenchCase, bundle = ''): BenchResult | undefined => {
    const result = inProcess(one, bundle)
    figures.push({ case: one, result })
    say(`  ${nameOf(one)}: ${result ? wordsOf(result) : 'failed'}`)
    return result
  }
  say(
    `node ${process.version} ${NODE.join(' ')}; each case in its own process, after a small case of the same kind that warms it up`,
  )
  say('webernetes runs with its clock moved on as fast as it goes; in real time it takes longer')
  const bundle = await bundleWebernetes()
  const pairs: readonly (readonly [BenchCase['what'], number])[] = [
    ['ready', 100],
    ['ready', 500],
    ['ready', 1000],
    ['rolling', 100],
  ]
  for (const [what, replicas] of pairs) {
    say(`${what === 'ready' ? 'apply to all Ready' : 'rolling update'}, ${replicas} replicas on 3 nodes`)
    const ours = record(of('orrery', what, replicas))
    if (replicas >= 1000 && !argv.includes('--slow')) continue
    const theirs = record(of('webernetes', what, replicas), bundle)
    if (ours && theirs) say(`  ratio: ${(theirs.ms / ours.ms).toFixed(1)} times as fast`)
  }
  rmSync(dirname(bundle), { recursive: true, force: true })
  say('big clusters')
  record({ who: 'orrery', what: 'ready', nodes: 1000, deployments: 100, replicas: 100 })
  if (argv.includes('--huge') || (!argv.includes('--no-huge') && freemem() > ENOUGH))
    record({ who: 'orrery', what: 'ready', nodes: 5000, deployments: 1500, replicas: 100 })
  else say('  150,000 pods on 5,000 nodes: left out (--huge runs it)')
  if (json) process.stdout.write(`${JSON.stringify({ node: process.version, flags: NODE, figures }, undefined, 1)}\n`)
  return figures.every(({ case: one, result }) => result?.ready === podsOf(one)) ? 0 : 1
}

async function measure(one: BenchCase, bundle: string): Promise<BenchResult> {
  if (one.who === 'webernetes') return await measureWebernetes(one, bundle)
  const { measureOrrery } = await import('./benchOrrery.ts')
  return measureOrrery(one)
}

/** Runs one case in a child with the same loader; undefined when it fails. */
function inProcess(one: BenchCase, bundle: string): BenchResult | undefined {
  const args = [...NODE, ...process.execArgv, import.meta.filename, '--case', JSON.stringify(one), bundle]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (status !== 0) {
    process.stderr.write(stderr)
    return undefined
  }
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as BenchResult
}

function nameOf(one: BenchCase): string {
  if (one.nodes === 3) return one.who
  return `${podsOf(one).toLocaleString('en')} pods on ${one.nodes.toLocaleString('en')} nodes`
}

function wordsOf({ ms, virtualMs, ready, events, placements, heapMb }: BenchResult): string {
  const perSecond = (count: number) => Math.round((count * 1000) / ms).toLocaleString('en')
  const counts =
    events === undefined || placements === undefined
      ? ''
      : `, ${events.toLocaleString('en')} events (${perSecond(events)}/s), ${placements.toLocaleString('en')} placements (${perSecond(placements)}/s)`
  return `${(ms / 1000).toFixed(3)} s for ${(virtualMs / 1000).toFixed(1)} virtual s, ${ready.toLocaleString('en')} Ready${counts}, heap ${Math.round(heapMb)} MB`
}

process.exitCode = await main(process.argv.slice(2))
// webernetes leaves timers behind
if (process.argv[2] === '--case') process.exit()
