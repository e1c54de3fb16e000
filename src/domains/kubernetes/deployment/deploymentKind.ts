import type { Segment, SimEvent, World } from '../../../kernel/index.ts'
import { objectKind } from '../object/objectKind.ts'
import { ownedObjects, podGroup } from '../replicaset/podTally.ts'
import { progressDeadline } from './deployment.controller.ts'
import { deploymentLifecycle } from './deployment.lifecycle.ts'
import { type Deployment, replicasOf } from './deployment.ts'
import { newReplicaSet, replicaSetsOf } from './revisions.ts'

/** Most cells drawn for the pods of one Deployment. */
const CELLS = 60

/** The kind of Deployments. */
export const deploymentKind = objectKind('Deployment', {
  lifecycle: deploymentLifecycle,
  delays: { progressDeadline: (entity) => progressDeadline(entity as Deployment) },
  tell: {
    Created: (event) => `The Deployment ${link(event)} is stored.`,
    RolloutStarted: (event) => `A rollout of ${link(event)} begins.`,
    RolloutProgressed: (event) => `The rollout of ${link(event)} comes a step further.`,
    RolloutCompleted: (event) => `The rollout of ${link(event)} is complete.`,
    Adjusting: (event) => `${link(event)} has not as many available pods as it wants.`,
    Paused: (event) => `${link(event)} is paused: new templates wait.`,
    Resumed: (event) => `${link(event)} is resumed.`,
    'after.progressDeadline': (event) => `The rollout of ${link(event)} stood still for longer than its deadline.`,
    DeletionRequested: (event) => `Deletion of ${link(event)} is asked for.`,
    Removed: (event) => `${link(event)} is deleted.`,
  },
  face: {
    label: 'Deployment',
    plural: 'Deployments',
    pictogram: 'deployment',
    shape: 'card',
    rank: 3,
    look: (entity, world) => {
      const deployment = entity as Deployment
      const replicas = replicasOf(deployment)
      const tones = { Complete: 'ok', Adjusting: 'warn', Paused: 'pend', Stalled: 'err', Terminating: 'idle' } as const
      return {
        title: deployment.metadata.name,
        tone: tones[deployment.state as keyof typeof tones] ?? 'prog',
        word: deployment.state,
        figures: [`${deployment.status?.readyReplicas ?? 0}/${replicas}`],
        detail: deployment.declined?.['deployment-controller']?.reason,
        segments: segments(world, deployment),
      }
    },
    actions: (entity) => {
      const { name, namespace } = (entity as Deployment).metadata
      const where = namespace === 'default' ? '' : ` -n ${namespace}`
      const replicas = replicasOf(entity as Deployment)
      return [
        { id: 'grow', label: 'One more', line: `kubectl scale deployment/${name} --replicas=${replicas + 1}${where}` },
        {
          id: 'shrink',
          label: 'One less',
          line: `kubectl scale deployment/${name} --replicas=${Math.max(0, replicas - 1)}${where}`,
        },
        { id: 'restart', label: 'Restart', line: `kubectl rollout restart deployment/${name}${where}` },
        { id: 'undo', label: 'Undo', line: `kubectl rollout undo deployment/${name}${where}` },
        { id: 'delete', label: 'Delete', line: `kubectl delete deployment/${name}${where}`, sort: 'danger' },
      ]
    },
  },
})

function segments(world: World, deployment: Deployment): readonly Segment[] {
  const sets = replicaSetsOf(world, deployment)
  const updated = newReplicaSet(deployment, sets)
  const cells: Segment[] = []
  for (const set of sets)
    for (const pod of ownedObjects(world, set, 'k8s.Pod')) {
      if (cells.length === CELLS) return cells
      const group = podGroup(pod)
      if (group === 'ready') cells.push({ fill: set === updated ? 'new' : 'old' })
      else if (group === 'unready') cells.push({ fill: pod.state === 'Unscheduled' ? 'dashed' : 'half' })
      else if (group === 'failed') cells.push({ fill: 'failed' })
      else if (group === 'terminating') cells.push({ fill: 'ending' })
    }
  return cells
}

function link(event: SimEvent): string {
  return `[${event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to})`
}
