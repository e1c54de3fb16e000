import type { JsonObject, PastEvent, World } from '../../../kernel/index.ts'
import { semanticEqual } from '../api/loose.ts'
import { canonical } from '../api/quantity.ts'
import { usageOf } from '../apiserver/admission/resourceQuota.ts'
import { NAMESPACED_KINDS } from '../garbage/dependents.ts'
import { kubeController } from '../kubeController.ts'
import { LATENCY } from '../latency.ts'
import type { ObjectEntity } from '../object/object.ts'

const KIND = 'k8s.ResourceQuota'

/**
 * Writes into every ResourceQuota what is used of it. The API server itself counts anew at every creation.
 * Models: pkg/controller/resourcequota/resource_quota_controller.go
 */
export const quotaController = kubeController({
  name: 'resourcequota-controller',
  component: 'kube-controller-manager',
  primary: KIND,
  watches: {
    ...Object.fromEntries(NAMESPACED_KINDS.map((kind) => [kind, ['Created', 'Removed']])),
    'k8s.Pod': ['Created', 'Removed', 'Succeeded', 'Failed', 'Evicted'],
    [KIND]: ['Created', 'Updated', 'Removed'],
  },
  wakes(event: PastEvent, world: World) {
    if (event.kind === KIND && event.type !== 'Removed') return event.to
    if (world.count(KIND) === 0) return undefined
    const namespace = event.to.split('/')[1]
    return [...(world.all(KIND) as Iterable<ObjectEntity>)]
      .filter((quota) => quota.metadata.namespace === namespace)
      .map((quota) => quota.id)
  },
  delay: (_id, world) => LATENCY.controller + Math.min(1000, Math.floor(world.count('k8s.Pod') / 50)),
  reconcile(id: string, world: World) {
    const quota = world.get(id) as ObjectEntity | undefined
    if (quota?.kind !== KIND) return undefined
    const used = Object.fromEntries([...usageOf(world, quota)].map(([name, amount]) => [name, canonical(amount)]))
    const status: JsonObject = { hard: (quota.spec?.hard ?? {}) as JsonObject, used }
    return semanticEqual(status, quota.status) ? undefined : [{ to: id, type: 'StatusReported', data: { status } }]
  },
})
