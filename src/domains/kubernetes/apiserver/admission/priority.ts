import type { World } from '../../../../kernel/index.ts'
import { type Loose, textAt } from '../../api/loose.ts'
import { every, find, type ObjectEntity } from '../../object/object.ts'

/** The two classes that every cluster has. */
const SYSTEM_CLASSES: Readonly<Record<string, number>> = {
  'system-node-critical': 2000001000,
  'system-cluster-critical': 2000000000,
}

/**
 * Turns a pod's `priorityClassName` into its priority and preemption policy; changes `spec`. Returns why it is forbidden, or undefined.
 * Models: plugin/pkg/admission/priority/admission.go
 */
export function admitPriority(world: World, spec: Loose): string | undefined {
  const named = textAt(spec, 'priorityClassName')
  let priority = 0
  let policy = 'PreemptLowerPriority'
  if (named === '') {
    const standard = defaultClass(world)
    if (standard) {
      spec.priorityClassName = standard.metadata.name
      priority = priorityValue(standard)
      policy = policyOf(standard)
    }
  } else {
    const found = find(world, 'PriorityClass', undefined, named)
    const system = SYSTEM_CLASSES[named]
    if (!found && system === undefined) return `no PriorityClass with name ${named} was found`
    priority = found ? priorityValue(found) : (system ?? 0)
    if (found) policy = policyOf(found)
  }
  if (typeof spec.priority === 'number' && spec.priority !== priority)
    return `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${priority} from the given PriorityClass name`
  spec.priority = priority
  if (typeof spec.preemptionPolicy === 'string' && spec.preemptionPolicy !== policy)
    return `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`
  spec.preemptionPolicy = policy
  return undefined
}

/** The PriorityClass for pods that name none: of several global defaults, the lowest. */
export function defaultClass(world: World): ObjectEntity | undefined {
  let lowest: ObjectEntity | undefined
  for (const entity of every(world, 'PriorityClass')) {
    if (entity.rest?.globalDefault !== true) continue
    if (!lowest || priorityValue(entity) < priorityValue(lowest)) lowest = entity
  }
  return lowest
}

function priorityValue(entity: ObjectEntity): number {
  return typeof entity.rest?.value === 'number' ? entity.rest.value : 0
}

function policyOf(entity: ObjectEntity): string {
  return typeof entity.rest?.preemptionPolicy === 'string' ? entity.rest.preemptionPolicy : 'PreemptLowerPriority'
}
