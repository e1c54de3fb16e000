// npm run soak: half an hour of a world with faults at ten times real speed, as a page runs it (a tick for every frame, views looked at).
// It says how much the heap grew, and whether the journal is the one of a run without anybody looking. `--minutes N` and `--speed N` change it.
import { parseArgs } from 'node:util'
import { labCompletion, labDomains } from '../src/host/composition.ts'
import { Lab } from '../src/host/lab.ts'
import { load, type Save } from '../src/host/save.ts'
import { Service } from '../src/host/serve.ts'
import { labViews } from '../src/host/views/index.ts'
import { digest } from '../src/kernel/index.ts'

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, speed: { type: 'string', default: '10' } },
})
const minutes = Number(values.minutes)
const speed = Number(values.speed)
const FRAME = 1000 / 60
/** Virtual ms between two faults, and how long each lasts. */
const BETWEEN = 120_000
const MOST_GROWTH = 20

const faults = [
  'lab fault node node-b1 --for 40s',
  'lab fault component kube-scheduler --for 30s',
  'lab fault spike customers --times 4 --for 30s',
  'lab fault partition node-a1 --for 30s',
  'kubectl rollout restart deployment shop',
  'kubectl scale deployment shop --replicas=6',
  'kubectl scale deployment shop --replicas=3',
]
const start: readonly (readonly [number, string])[] = [
  [0, 'lab cluster up --nodes 3 --zones 2'],
  [40_000, 'kubectl create deployment shop --image=nginx:1.27 --replicas=4 --port=80'],
  [45_000, 'kubectl expose deployment shop --port=80'],
  [60_000, 'lab traffic start customers --to service/shop --rate 80'],
]

/** Heap in use after everything that nobody holds is gone, in MB. */
function heap(): number {
  if (!globalThis.gc) throw new Error('run with --expose-gc: npm run soak does')
  for (let i = 0; i < 3; i++) globalThis.gc()
  return process.memoryUsage().heapUsed / 1e6
}

const service = new Service({ domains: labDomains, views: labViews, complete: labCompletion })
const history = start.map(([at, line]) => ({ at, line, session: 'main' }))
const begin: Save = {
  version: 1,
  seed: 2026,
  at: 90_000,
  shown: 0,
  branches: [{ id: 0, name: 'main', forkedAt: 0, end: 90_000, history }],
}
service.open(begin)
for (const view of ['clock', 'scene', 'outline', 'captions']) service.subscribe(view, null)
service.play(speed)

interface Now {
  readonly now: number
  readonly events: number
}
const clock = () => service.ask('clock', null) as Now
const end = 90_000 + minutes * 60_000 * speed
let next = 90_000 + BETWEEN
let at = 0
let slowest = 0
let first: { mb: number; events: number } | undefined
const began = performance.now()
for (let now = 90_000; now < end; ) {
  const tick = performance.now()
  service.tick(FRAME)
  slowest = Math.max(slowest, performance.now() - tick)
  if (service.crashed !== undefined) throw new Error(service.crashed)
  now += FRAME * speed
  if (now >= next) {
    service.command(faults[at++ % faults.length] ?? '', 'main', 'fault')
    next += BETWEEN
    const { now: there, events } = clock()
    now = there
    // The first fault of each sort warms up what is made once.
    if (at === faults.length) first = { mb: heap(), events }
    if (at % 10 === 0) console.log(`${Math.round(there / 60_000)} min: ${events} events, heap ${heap().toFixed(1)} MB`)
  }
}
service.pause()
const grown = clock()
const last = heap()
const save = service.save()

const headless = new Lab({ domains: labDomains, views: labViews, seed: save.seed })
load(headless, save)
const own = service.ask('digest', { until: save.at })
const until = headless.simulation.journal.after(save.at)
const other = digest(headless.simulation.journal.slice(0, until))
const same = JSON.stringify(own).includes(other)
const journal = grown.events - (first?.events ?? grown.events)
const growth = last - (first?.mb ?? last)
console.log(
  `${minutes} min at ${speed}x took ${((performance.now() - began) / 1000).toFixed(0)} s: ${grown.events} events, ${at} faults and edits, slowest frame ${slowest.toFixed(0)} ms`,
)
console.log(`heap grew by ${growth.toFixed(1)} MB while ${journal} events were written down (at most ${MOST_GROWTH})`)
console.log(`digest ${same ? 'equal to' : 'DIFFERENT from'} the headless run: ${other}`)
process.exit(same && growth < MOST_GROWTH ? 0 : 1)
