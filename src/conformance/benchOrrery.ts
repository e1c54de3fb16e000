import { labDomains } from '../host/composition.ts'
import { invariant, Simulation } from '../kernel/index.ts'
import { outputText, transcript } from '../shell/index.ts'
import { type BenchCase, type BenchResult, deployment, podsOf } from './benchCase.ts'

/** Deployments applied by one line. */
const AT_ONCE = 100
/** Virtual ms after which a case that does not end has failed. */
const LIMIT = 3_600_000

/** Measures the lab: a cluster that has settled, then `kubectl apply` until everything is as it should be. Keeps the world until it has measured the heap. */
export function measureOrrery(one: BenchCase): BenchResult {
  run({
    ...one,
    nodes: Math.min(one.nodes, 50),
    deployments: Math.min(one.deployments, 5),
    replicas: Math.min(one.replicas, 200),
  })
  globalThis.gc?.()
  const measured = run(one)
  globalThis.gc?.()
  const heapMb = process.memoryUsage().heapUsed / 1e6
  invariant(measured.simulation.world.count('k8s.Pod') > 0, 'the world is gone before its heap was measured')
  return { ...measured.result, heapMb }
}

function run(one: BenchCase): { readonly simulation: Simulation; readonly result: Omit<BenchResult, 'heapMb'> } {
  const simulation = new Simulation({ domains: labDomains, seed: 1 })
  const most = one.nodes < 100 ? 1000 : 110
  simulation.command(`lab cluster up --nodes ${one.nodes} --cpu 64 --memory 256Gi --pods ${most}`)
  simulation.advanceTo(30_000)
  if (one.what === 'rolling') {
    apply(simulation, one, 'nginx:1.27')
    settle(simulation, one, 'nginx:1.27')
  }
  const [from, before, bound] = [simulation.now, simulation.journal.length, placements(simulation)]
  const started = performance.now()
  const image = one.what === 'rolling' ? 'nginx:1.28' : 'nginx:1.27'
  apply(simulation, one, image)
  settle(simulation, one, image)
  const ms = performance.now() - started
  const ready = simulation.world.count('k8s.Pod', 'Ready')
  const events = simulation.journal.length - before
  return {
    simulation,
    result: { ms, virtualMs: simulation.now - from, ready, events, placements: placements(simulation) - bound },
  }
}

function apply(simulation: Simulation, { deployments, replicas }: BenchCase, image: string): void {
  for (let i = 0; i < deployments; i += AT_ONCE) {
    const names = Array.from({ length: Math.min(AT_ONCE, deployments - i) }, (_, k) => `web-${i + k}`)
    const items = names.map((name) => deployment(name, replicas, image))
    const at = simulation.journal.length
    simulation.command(`kubectl apply -f - <<'END'\n${JSON.stringify({ apiVersion: 'v1', kind: 'List', items })}\nEND`)
    while (simulation.world.get('shell.Session/main')?.state === 'Busy' && simulation.step()) {}
    const said = outputText(transcript(simulation.journal, 'shell.Session/main', at))
    invariant(said.split('\n').filter((line) => /(?:created|configured)$/.test(line)).length === names.length, said)
  }
}

/** Runs until every pod is Ready with the image and none is left of another. */
function settle(simulation: Simulation, one: BenchCase, image: string): void {
  const { world } = simulation
  const wanted = podsOf(one)
  const end = simulation.now + LIMIT
  while (simulation.now < end) {
    if (world.count('k8s.Pod', 'Ready') === wanted && world.count('k8s.Pod') === wanted && allOf(simulation, image))
      return
    simulation.advanceTo(simulation.now + 250)
  }
}

function allOf({ world }: Simulation, image: string): boolean {
  for (const pod of world.all('k8s.Pod')) {
    const { spec } = pod as unknown as { readonly spec: { readonly containers: readonly { readonly image: string }[] } }
    if (spec.containers[0]?.image !== image) return false
  }
  return true
}

function placements({ journal }: Simulation): number {
  let count = 0
  for (let i = 0; i < journal.length; i++) if (journal.at(i)?.type === 'Scheduled') count++
  return count
}
