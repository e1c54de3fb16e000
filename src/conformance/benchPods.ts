import { labDomains } from '../host/composition.ts'
import { invariant, Simulation } from '../kernel/index.ts'
import { deployment, type PodCase, wantedOf } from './benchCase.ts'
import { type BenchStage, line, settle } from './benchStage.ts'

/** Deployments applied by one line. */
const AT_ONCE = 100

/** A Kubernetes cluster that has settled, and `kubectl apply` of the Deployments. */
export function podStage(one: PodCase): BenchStage {
  const simulation = new Simulation({ domains: labDomains, seed: 1 })
  const most = one.nodes < 100 ? 1000 : 110
  simulation.command(`lab cluster up --nodes ${one.nodes} --cpu 64 --memory 256Gi --pods ${most}`)
  simulation.advanceTo(30_000)
  // what the cluster runs of its own is not of the case
  const own = simulation.world.count('k8s.Pod')
  const stageOf = (image: string): BenchStage => ({
    simulation,
    start: () => apply(simulation, one, image),
    isDone: () => isSettled(simulation, one, own, image),
    done: () => simulation.world.count('k8s.Pod', 'Ready') - own,
  })
  if (one.what === 'ready') return stageOf('nginx:1.27')
  const before = stageOf('nginx:1.27')
  before.start()
  settle(before)
  return stageOf('nginx:1.28')
}

function apply(simulation: Simulation, { deployments, replicas }: PodCase, image: string): void {
  for (let i = 0; i < deployments; i += AT_ONCE) {
    const names = Array.from({ length: Math.min(AT_ONCE, deployments - i) }, (_, k) => `web-${i + k}`)
    const items = names.map((name) => deployment(name, replicas, image))
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
    const said = line(simulation, `kubectl apply -f - <<'END'\n${list}\nEND`)
    invariant(said.split('\n').filter((text) => /(?:created|configured)$/.test(text)).length === names.length, said)
  }
}

/** Whether every pod is Ready, those of the Deployments with the image and none is left of another. */
function isSettled({ world }: Simulation, one: PodCase, own: number, image: string): boolean {
  const wanted = wantedOf(one) + own
  if (world.count('k8s.Pod', 'Ready') !== wanted || world.count('k8s.Pod') !== wanted) return false
  let there = 0
  for (const pod of world.all('k8s.Pod')) {
    const { spec } = pod as unknown as { readonly spec: { readonly containers: readonly { readonly image: string }[] } }
    if (spec.containers[0]?.image === image) there++
  }
  return there === wantedOf(one)
}
