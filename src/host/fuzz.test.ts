import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digest, type Journal } from '../kernel/index.ts'
import { labDomains } from './composition.ts'
import { Lab } from './lab.ts'
import { labViews } from './views/index.ts'

/** Lines that a learner might give, good and bad, on a cluster of three nodes. */
const line = fc.constantFrom(
  'kubectl create deployment web --image=nginx:1.27 --replicas=3 --port=80',
  'kubectl expose deployment web --port=80',
  'kubectl scale deployment web --replicas=5',
  'kubectl scale deployment web --replicas=0',
  'kubectl set image deployment/web nginx=nginx:1.28',
  'kubectl set image deployment/web nginx=nginx:broken',
  'kubectl rollout undo deployment/web',
  'kubectl rollout restart deployment/web',
  'kubectl delete pod -l app=web --wait=false',
  'kubectl delete deployment web',
  'kubectl run once --image=busybox:1.36 --restart=Never -- sh -c "echo hi; sleep 3; exit 2"',
  'kubectl run loop --image=busybox:1.36 -- sh -c "exit 1"',
  'kubectl cordon node-a1',
  'kubectl uncordon node-a1',
  'kubectl drain node-b1 --ignore-daemonsets --force',
  'kubectl get pods -o wide',
  'kubectl get nothing',
  'kubectl autoscale deployment web --min=1 --max=4 --cpu=50%',
  'lab traffic start t --to service/web --rate 200',
  'lab traffic stop t',
  'lab fault node node-a2 --for 90s',
  'lab fault partition node-b1 --for 70s',
  'lab fault component kube-scheduler --for 20s',
  'lab fault component kube-apiserver --for 15s',
  'lab fault component kubelet --node node-a1 --for 80s',
  'lab fault zone eu-west-1a --for 30s',
  'lab heal all',
  'echo $((1+1)) | cat',
)
const history = fc.array(fc.tuple(fc.integer({ min: 0, max: 90_000 }), line), { minLength: 3, maxLength: 14 })

function run(lines: readonly (readonly [number, string])[]): Lab {
  const lab = new Lab({ domains: labDomains, views: labViews, seed: 11 })
  lab.command('lab cluster up')
  lab.seek(5000)
  for (const [wait, given] of lines) {
    lab.command(given)
    lab.seek(lab.timeline.now + wait)
  }
  lab.seek(lab.timeline.now + 30_000)
  return lab
}

function checkCauses(journal: Journal): void {
  for (const event of journal) {
    if (event.type === 'Commanded' || event.type === 'Interrupted') continue
    expect(event.causes.length, `J1: ${event.type} of ${event.to}`).toBeGreaterThan(0)
    expect(journal.why(event.id).at(-1)?.type, `J2: ${event.type} of ${event.to}`).toBe('Commanded')
  }
}

/** W2 for every index of every domain: what is kept up to date equals what is made anew. */
function checkDerived(lab: Lab): void {
  const { world } = lab.simulation
  for (const derived of labDomains.flatMap((domain) => domain.derived)) {
    const kept: unknown = world.derived(derived)
    if (!(kept instanceof Map)) continue
    const fresh = derived.create() as Map<unknown, unknown>
    for (const kind of derived.kinds) for (const entity of world.all(kind)) derived.add(fresh as never, entity)
    expect(plain(kept), `W2: ${derived.name}`).toEqual(plain(fresh))
  }
  for (const kind of lab.simulation.allKinds()) {
    const all = [...world.all(kind.kind)]
    for (const state of Object.keys(kind.lifecycle.definition.states)) {
      expect(world.count(kind.kind, state), `W2: ${kind.kind} ${state}`).toBe(
        all.filter((entity) => entity.state === state).length,
      )
    }
  }
}

function plain(map: ReadonlyMap<unknown, unknown>): unknown {
  return [...map]
    .map(
      ([key, value]) =>
        [key, value instanceof Set ? [...value].sort() : value instanceof Map ? plain(value) : value] as const,
    )
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))
}

describe('random histories of the whole lab', () => {
  it('R1 R2 J1 J2 W2 hold', () => {
    fc.assert(
      fc.property(history, fc.nat(100), (lines, percent) => {
        const one = run(lines)
        const end = one.timeline.now
        const whole = digest(one.simulation.journal)
        checkCauses(one.simulation.journal)
        checkDerived(one)
        one.seek(Math.floor((end * percent) / 100))
        checkDerived(one)
        one.seek(end)
        expect(digest(one.simulation.journal), 'R2').toBe(whole)
        expect(digest(run(lines).simulation.journal), 'R1').toBe(whole)
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 12), seed: Number(process.env.FUZZ_SEED ?? 5) },
    )
  }, 600_000)
})
