import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { freemem, loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { type BenchCase, type BenchResult, type PodCase, wantedOf } from './benchCase.ts'
import { bundleWebernetes, measureWebernetes } from './benchWebernetes.ts'

const USAGE = `Usage: npm run bench [-- --slow] [-- --huge | --no-huge] [-- --json]
Measures the lab beside @ngrok/webernetes, then the lab alone on big clusters of Kubernetes and ECS and on a busy pipeline;
each case in a process of its own.
  --slow      1,000 replicas for webernetes too (minutes)
  --huge      150,000 pods on 5,000 nodes even with little memory; --no-huge leaves it out
  --alone     without webernetes
  --json      figures as JSON
`

/** Options that every measured process runs with. */
const NODE = ['--expose-gc', '--max-old-space-size=8192', '--max-semi-space-size=64']
/** Memory below which the biggest case is left out unless asked for. */
const ENOUGH = 6 * 1024 ** 3

/** What `benchCommand.ts` of the teaching room prints. */
interface QuizFigures {
  readonly taken: Readonly<Record<string, { readonly items: number; readonly ms: number; readonly cpuMs: number }>>
  readonly slowest: readonly (readonly [template: string, cpuMs: number])[]
}

const of = (who: PodCase['who'], what: PodCase['what'], replicas: number): PodCase => ({
  of: 'pods',
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
  const known = new Set(['--slow', '--huge', '--no-huge', '--alone', '--json', '--help'])
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
    say(`  ${nameOf(one)}: ${result ? wordsOf(one, result) : 'failed'}`)
    return result
  }
  say(
    `node ${process.version} ${NODE.join(' ')}; each case in its own process, after a small case of the same kind that warms it up`,
  )
  say(`load average ${loadavg()[0]?.toFixed(1)}; CPU time beside wall time, the threads of the collector included`)
  const alone = argv.includes('--alone')
  if (!alone) say('webernetes runs with its clock moved on as fast as it goes; in real time it takes longer')
  const bundle = alone ? '' : await bundleWebernetes()
  const pairs: readonly (readonly [PodCase['what'], number])[] = [
    ['ready', 100],
    ['ready', 500],
    ['ready', 1000],
    ['rolling', 100],
  ]
  for (const [what, replicas] of pairs) {
    say(`${what === 'ready' ? 'apply to all Ready' : 'rolling update'}, ${replicas} replicas on 3 nodes`)
    const ours = record(of('orrery', what, replicas))
    if (alone || (replicas >= 1000 && !argv.includes('--slow'))) continue
    const theirs = record(of('webernetes', what, replicas), bundle)
    if (ours && theirs) say(`  ratio: ${(theirs.ms / ours.ms).toFixed(1)} times as fast`)
  }
  if (!alone) rmSync(dirname(bundle), { recursive: true, force: true })
  say('big clusters')
  record({ of: 'pods', who: 'orrery', what: 'ready', nodes: 1000, deployments: 100, replicas: 100 })
  if (argv.includes('--huge') || (!argv.includes('--no-huge') && freemem() > ENOUGH))
    record({ of: 'pods', who: 'orrery', what: 'ready', nodes: 5000, deployments: 1500, replicas: 100 })
  else say('  150,000 pods on 5,000 nodes: left out (--huge runs it)')
  say('tasks on container instances, and executions of a pipeline')
  record({ of: 'tasks', who: 'orrery', instances: 1000, services: 10, tasks: 1000 })
  record({ of: 'tasks', who: 'orrery', instances: 1000, services: 100, tasks: 100 })
  record({ of: 'executions', who: 'orrery', executions: 1000 })
  say('questions of a quiz')
  const quiz = child<QuizFigures>(join(import.meta.dirname, '../teaching/benchCommand.ts'))
  for (const [what, one] of Object.entries(quiz?.taken ?? {}))
    say(
      `  ${what}, ${one.items} items: ${(one.ms / one.items).toFixed(1)} ms each (${(one.cpuMs / one.items).toFixed(1)} ms of CPU), ${one.ms.toFixed(0)} ms in all`,
    )
  for (const [template, ms] of quiz?.slowest ?? []) say(`  slow: ${template}, ${ms.toFixed(0)} ms of CPU`)
  if (json)
    process.stdout.write(`${JSON.stringify({ node: process.version, flags: NODE, figures, quiz }, undefined, 1)}\n`)
  return figures.every(({ case: one, result }) => result?.done === wantedOf(one)) ? 0 : 1
}

async function measure(one: BenchCase, bundle: string): Promise<BenchResult> {
  if (one.of === 'pods' && one.who === 'webernetes') return await measureWebernetes(one, bundle)
  const { measureOrrery } = await import('./benchOrrery.ts')
  return measureOrrery(one)
}

/** Runs one case in a child with the same loader; undefined when it fails. */
function inProcess(one: BenchCase, bundle: string): BenchResult | undefined {
  return child<BenchResult>(import.meta.filename, '--case', JSON.stringify(one), bundle)
}

/** What a script prints last, as JSON. */
function child<T>(...given: readonly string[]): T | undefined {
  const args = [...NODE, ...process.execArgv, ...given]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 })
  if (status !== 0) {
    process.stderr.write(stderr)
    return undefined
  }
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T
}

function nameOf(one: BenchCase): string {
  if (one.of === 'pods' && one.nodes === 3) return one.who
  const many = (count: number, noun: string) => `${count.toLocaleString('en')} ${noun}`
  const wanted = many(wantedOf(one), one.of)
  if (one.of === 'pods') return `${wanted} on ${many(one.nodes, 'nodes')}`
  if (one.of === 'executions') return `${wanted} of a source and a build in parallel`
  return `${wanted} of ${many(one.services, 'services')} on ${many(one.instances, 'instances')}`
}

const DONE = { pods: 'Ready', tasks: 'RUNNING', executions: 'Succeeded' } as const

function wordsOf(one: BenchCase, { ms, cpuMs, virtualMs, done, events, placements, heapMb }: BenchResult): string {
  const seconds = (time: number, digits: number) => `${(time / 1000).toFixed(digits)} s`
  const counted = (count: number | undefined, noun: string) =>
    count ? `, ${count.toLocaleString('en')} ${noun} (${Math.round((count * 1000) / ms).toLocaleString('en')}/s)` : ''
  const executions = one.of === 'executions' ? counted(done, 'executions') : ''
  const counts = `${counted(events, 'events')}${counted(placements, 'placements')}${executions}`
  const times = `${seconds(ms, 3)} (CPU ${seconds(cpuMs, 3)}) for ${seconds(virtualMs, 1).replace(' s', ' virtual s')}`
  return `${times}, ${done.toLocaleString('en')} ${DONE[one.of]}${counts}, heap ${Math.round(heapMb)} MB`
}

process.exitCode = await main(process.argv.slice(2))
// webernetes leaves timers behind
if (process.argv[2] === '--case') process.exit()
