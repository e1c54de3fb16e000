import type { Emission, World } from '../../../kernel/index.ts'
import { labelSelectorRule } from '../api/labels.rule.ts'
import { type Labels, matches } from '../api/labels.ts'
import { controllerReference, type ObjectEntity, type ObjectMeta } from '../object/object.ts'
import { orphanKey, orphans } from './orphans.ts'
import { isActive, ownedObjects, tallyOf } from './podTally.ts'
import { selectorOf } from './replicaSet.ts'

/**
 * Adopts pods that match and have no owner, releases pods that match no longer; `isMember` says which names may belong to it at all.
 * Models: pkg/controller/controller_ref_manager.go ClaimPods
 */
export function claimPods(
  world: World,
  set: ObjectEntity,
  isMember: (pod: ObjectEntity) => boolean = () => true,
): readonly Emission[] {
  const selector = selectorOf(set)
  const emissions: Emission[] = []
  for (const labels of tallyOf(world, set.metadata.uid).labels.keys()) {
    if (matches(selector, labels as Labels)) continue
    for (const pod of ownedObjects(world, set, 'k8s.Pod'))
      if (pod.metadata.labels === labels && pod.metadata.deletionTimestamp === undefined)
        emissions.push(
          withOwners(
            pod,
            pod.metadata.ownerReferences?.filter((owner) => owner.uid !== set.metadata.uid),
          ),
        )
  }
  if (selector.requirements.length === 0) return emissions
  for (const pod of world.lookup(orphans, orphanKey('k8s.Pod', set.metadata.namespace)) as readonly ObjectEntity[])
    if (isActive(pod) && isMember(pod) && matches(selector, pod.metadata.labels)) emissions.push(adoption(set, pod))
  return emissions
}

/** Adopts revisions that an owner of the same selector has left behind. Models: AdoptOrphanRevisions */
export function claimRevisions(world: World, set: ObjectEntity): readonly Emission[] {
  const left = world.lookup(orphans, orphanKey('k8s.ControllerRevision', set.metadata.namespace))
  if (left.length === 0) return []
  const selector = selectorOf(set)
  if (selector.requirements.length === 0) return []
  return (left as readonly ObjectEntity[])
    .filter((one) => one.metadata.deletionTimestamp === undefined && matches(selector, one.metadata.labels))
    .map((one) => adoption(set, one))
}

function adoption(set: ObjectEntity, object: ObjectEntity): Emission {
  return withOwners(object, [...(object.metadata.ownerReferences ?? []), controllerReference(set)])
}

function withOwners(object: ObjectEntity, owners: ObjectMeta['ownerReferences']): Emission {
  const { ownerReferences: _before, ...rest } = object.metadata
  const metadata = owners && owners.length > 0 ? { ...rest, ownerReferences: owners } : rest
  return { to: object.id, type: 'Updated', data: { metadata }, rule: labelSelectorRule.id }
}
