import type { Answer, Emission, PastEvent, World } from '../../../kernel/index.ts'
import { matches } from '../api/labels.ts'
import { semanticEqual } from '../api/loose.ts'
import { kubeController } from '../kubeController.ts'
import { controllerReference, type ObjectEntity } from '../object/object.ts'
import { orphanKey, orphans } from '../replicaset/orphans.ts'
import { selectorOf } from '../replicaset/replicaSet.ts'
import { calculateStatus } from './conditions.ts'
import type { Deployment } from './deployment.ts'
import { replicaSetsOf } from './revisions.ts'
import { RolloutPass } from './rolloutPass.ts'

const KIND = 'k8s.Deployment'
const SET = 'k8s.ReplicaSet'

/**
 * Rolls a Deployment's template out through its ReplicaSets.
 * Models: pkg/controller/deployment/deployment_controller.go syncDeployment, sync.go, rolling.go, recreate.go, progress.go
 */
export const deploymentController = kubeController({
  name: 'deployment-controller',
  component: 'kube-controller-manager',
  primary: KIND,
  watches: {
    [KIND]: ['Created', 'Updated', 'DeletionRequested', 'Resumed', 'after.progressDeadline'],
    [SET]: '*',
  },
  wakes(event: PastEvent, world: World) {
    return event.kind === KIND ? event.to : deploymentsOf(event, world)
  },
  reconcile(id: string, world: World) {
    const deployment = world.get(id) as Deployment | undefined
    if (deployment?.kind !== KIND) return undefined
    if (deployment.metadata.deletionTimestamp !== undefined) return statusOnly(world, deployment)
    const adopted = adopt(world, deployment)
    return adopted.length > 0 ? adopted : new RolloutPass(world, deployment).run()
  },
})

/** The Deployment of a ReplicaSet; of one that is gone, by its name; of one without owner, those that could adopt it. */
function deploymentsOf(event: PastEvent, world: World): string | readonly string[] | undefined {
  const set = world.get(event.to)
  if (set?.owner !== undefined) return set.owner.startsWith(`${KIND}/`) ? set.owner : undefined
  if (!set) return event.to.slice(0, event.to.lastIndexOf('-')).replace(SET, KIND)
  const { namespace } = (set as ObjectEntity).metadata
  return [...(world.all(KIND) as Iterable<ObjectEntity>)]
    .filter((deployment) => deployment.metadata.namespace === namespace)
    .map((deployment) => deployment.id)
}

function adopt(world: World, deployment: Deployment): readonly Emission[] {
  const selector = selectorOf(deployment)
  const found = world.lookup(orphans, orphanKey(SET, deployment.metadata.namespace)) as readonly ObjectEntity[]
  return found
    .filter((set) => set.metadata.deletionTimestamp === undefined && matches(selector, set.metadata.labels))
    .map((set) => ({
      to: set.id,
      type: 'Updated',
      data: { metadata: { ...set.metadata, ownerReferences: [controllerReference(deployment)] } },
    }))
}

function statusOnly(world: World, deployment: Deployment): readonly Answer[] {
  const sets = replicaSetsOf(world, deployment)
  const status = calculateStatus(world, deployment, sets, undefined)
  return semanticEqual(status, deployment.status)
    ? []
    : [{ to: deployment.id, type: 'StatusReported', data: { status } }]
}
