import { labDomains } from '../../src/host/composition.ts'
import { Lab } from '../../src/host/lab.ts'
import { load, type Save, type SavedLine } from '../../src/host/save.ts'
import { labViews, type Scene } from '../../src/host/views/index.ts'
import { packShare } from '../../src/workspace/share.ts'

/** A world of the bench: the address that opens it, and what is in it by the real engine's own account. */
export interface BenchWorld {
  readonly hash: string
  readonly objects: number
  readonly events: number
  readonly now: number
  /** Virtual time at which the last 2,000 events begin. */
  readonly last2000: number
}

/** Deployments, and how many of them have customers. */
const WEBS = 16
const SERVED = 5

/** About 300 objects on twelve nodes, with a Service and customers for each of many Deployments. */
export function crowdedWorld(): BenchWorld {
  const lines = [line(0, 'lab cluster up --nodes 12 --zones 3 --cpu 8 --memory 32Gi')]
  for (let i = 0; i < WEBS; i++) {
    lines.push(line(20_000, `kubectl create deployment web-${i} --image=nginx:1.27 --replicas=7 --port=80`))
    lines.push(line(20_000, `kubectl expose deployment web-${i} --port=80 --type=LoadBalancer`))
    if (i < SERVED) lines.push(line(60_000, `lab traffic start customers-${i} --to service/web-${i} --rate 8`))
  }
  return worldOf('Bench: 300 objects', 90_000, lines)
}

/** A shop that has been rolled out again and again: several thousand events to scrub over. */
export function longWorld(): BenchWorld {
  const lines = [
    line(0, 'lab cluster up --nodes 3 --zones 2'),
    line(20_000, 'kubectl create deployment web --image=nginx:1.27 --replicas=8 --port=80'),
    line(20_000, 'kubectl expose deployment web --port=80 --type=LoadBalancer'),
    line(40_000, 'lab traffic start customers --to service/web --rate 40'),
  ]
  for (let i = 0; i < 14; i++) lines.push(line(60_000 + i * 40_000, 'kubectl rollout restart deployment/web'))
  return worldOf('Bench: long past', 620_000, lines)
}

function line(at: number, text: string): SavedLine {
  return { at, line: text, session: 'main', by: 'scene' }
}

function worldOf(title: string, end: number, history: readonly SavedLine[]): BenchWorld {
  const given = history.toSorted((a, b) => a.at - b.at)
  const save: Save = {
    version: 1,
    seed: 1,
    at: end,
    shown: 0,
    branches: [{ id: 0, name: 'main', forkedAt: 0, end, history: given }],
  }
  const packed = packShare({ title, save })
  if ('wrong' in packed) throw new Error(packed.wrong)
  const lab = new Lab({ domains: labDomains, views: labViews, seed: 1 })
  load(lab, save)
  const { journal } = lab.simulation
  return {
    hash: `#/s/${packed.link}`,
    objects: (lab.ask('scene') as Scene).nodes.length,
    events: journal.length,
    now: lab.timeline.now,
    last2000: journal.at(Math.max(0, journal.length - 2000))?.at ?? 0,
  }
}
