import type { PastEvent, World } from '../../../kernel/index.ts'
import { semanticEqual } from '../api/loose.ts'
import { changes } from '../apiserver/update.ts'
import { kubeController } from '../kubeController.ts'
import { type ObjectEntity, objectOf } from '../object/object.ts'
import { CIDR_FINALIZER, holdsAlone, readyCondition } from './serviceCidr.ts'

const KIND = 'k8s.ServiceCIDR'

/**
 * Says that a range of Service addresses is ready, and lets a deleted one go once none of its addresses needs it.
 * Models: pkg/controller/servicecidrs/servicecidrs_controller.go
 */
export const serviceCidrController = kubeController({
  name: 'service-cidr-controller',
  component: 'kube-controller-manager',
  primary: KIND,
  watches: { [KIND]: ['Created', 'Updated', 'DeletionRequested'], 'k8s.Service': ['Removed'] },
  wakes(event: PastEvent, world: World) {
    if (event.kind === KIND) return event.to
    if (world.count(KIND, 'Terminating') === 0) return undefined
    return [...(world.all(KIND) as Iterable<ObjectEntity>)]
      .filter((one) => one.state === 'Terminating')
      .map(({ id }) => id)
  },
  reconcile(id: string, world: World) {
    const range = world.get(id) as ObjectEntity | undefined
    if (!range) return undefined
    const { finalizers = [], ...metadata } = range.metadata
    if (metadata.deletionTimestamp === undefined) {
      const held = finalizers.includes(CIDR_FINALIZER) ? finalizers : [...finalizers, CIDR_FINALIZER]
      const known = conditionsOf(range).some(({ type, status }) => type === 'Ready' && status === 'True')
      const status = known ? range.status : { ...range.status, conditions: [readyCondition(world)] }
      if (held === finalizers && known) return undefined
      return [{ to: id, type: 'Updated', data: { metadata: { ...range.metadata, finalizers: held }, status } }]
    }
    if (holdsAlone(world, range)) {
      const waiting = {
        type: 'Ready',
        status: 'False',
        reason: 'Terminating',
        message:
          'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR',
        lastTransitionTime: world.isoNow(),
      }
      const [before] = conditionsOf(range)
      if (before && semanticEqual({ ...before, lastTransitionTime: '' }, { ...waiting, lastTransitionTime: '' }))
        return [{ to: id, decline: waiting.message }]
      return [{ to: id, type: 'StatusReported', data: { status: { ...range.status, conditions: [waiting] } } }]
    }
    const left = finalizers.filter((one) => one !== CIDR_FINALIZER)
    return changes(range, {
      ...objectOf(range),
      metadata: left.length > 0 ? { ...metadata, finalizers: left } : metadata,
    })
  },
})

interface Condition {
  readonly type: string
  readonly status: string
}

function conditionsOf(range: ObjectEntity): readonly Condition[] {
  return ((range.status as { conditions?: readonly Condition[] } | undefined)?.conditions ?? []) as readonly Condition[]
}
