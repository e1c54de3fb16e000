import type { Answer, JsonObject, PastEvent, World } from '../../../kernel/index.ts'
import { byText, semanticEqual } from '../api/loose.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { nowText } from '../apiserver/naming.ts'
import { deletion } from '../apiserver/remove.ts'
import { NAMESPACED_KINDS } from '../garbage/dependents.ts'
import { kubeController } from '../kubeController.ts'
import { type ObjectEntity, objectId } from '../object/object.ts'

const KIND = 'k8s.Namespace'

/**
 * Empties a Namespace that is being deleted, reports what is left, and lets it go when nothing is.
 * Models: pkg/controller/namespace/deletion/namespaced_resources_deleter.go
 */
export const namespaceController = kubeController({
  name: 'namespace-controller',
  component: 'kube-controller-manager',
  primary: KIND,
  watches: {
    [KIND]: ['DeletionRequested'],
    ...Object.fromEntries(NAMESPACED_KINDS.map((kind) => [kind, ['Removed', 'Created']])),
  },
  wakes(event: PastEvent, world: World) {
    if (event.kind === KIND) return event.to
    if (world.count(KIND, 'Terminating') === 0) return undefined
    const id = objectId('Namespace', undefined, event.to.split('/')[1] ?? '')
    return world.get(id)?.state === 'Terminating' ? id : undefined
  },
  reconcile(id: string, world: World) {
    const namespace = world.get(id) as ObjectEntity | undefined
    if (namespace?.state !== 'Terminating') return undefined
    const content = contentOf(world, namespace.metadata.name)
    const answers: Answer[] = []
    if (content.length === 0) {
      const spec = { ...namespace.spec, finalizers: [] }
      return (namespace.metadata.finalizers?.length ?? 0) > 0
        ? [{ to: id, type: 'Emptying', data: { spec } }]
        : [{ to: id, type: 'Removed', data: { spec } }]
    }
    for (const entity of content) {
      const emission =
        entity.metadata.deletionTimestamp === undefined
          ? deletion(world, entity, { propagationPolicy: 'Background' })
          : undefined
      if (emission) answers.push({ ...emission, by: undefined })
    }
    const held = content.filter(
      (entity) =>
        entity.metadata.deletionTimestamp !== undefined || answers.some((answer) => isMark(answer, entity.id)),
    )
    if (held.length === 0) return answers
    const conditions = conditionsFor(world, namespace, held)
    if (!semanticEqual(conditions, namespace.status?.conditions))
      answers.push({ to: id, type: 'Emptying', data: { status: { ...namespace.status, conditions } } })
    const first = held[0]
    answers.push({ to: id, decline: `${held.length} objects in it must go first, ${first?.metadata.name} among them.` })
    return answers
  },
})

function isMark(answer: Answer, id: string): boolean {
  return 'type' in answer && answer.type === 'DeletionRequested' && answer.to === id
}

function contentOf(world: World, namespace: string): readonly ObjectEntity[] {
  const found: ObjectEntity[] = []
  for (const kind of NAMESPACED_KINDS)
    for (const entity of world.all(kind) as Iterable<ObjectEntity>)
      if (entity.metadata?.namespace === namespace) found.push(entity)
  return found
}

/** Models: namespace/deletion/status_condition_utils.go */
function conditionsFor(world: World, namespace: ObjectEntity, left: readonly ObjectEntity[]): readonly JsonObject[] {
  const finalizers = countBy(left.flatMap((entity) => entity.metadata.finalizers ?? []))
  const remaining = countBy(left.map(resourceName))
  const list = [
    ['NamespaceDeletionDiscoveryFailure', 'False', 'ResourcesDiscovered', 'All resources successfully discovered'],
    [
      'NamespaceDeletionGroupVersionParsingFailure',
      'False',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ],
    [
      'NamespaceDeletionContentFailure',
      'False',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ],
    [
      'NamespaceContentRemaining',
      'True',
      'SomeResourcesRemain',
      `Some resources are remaining: ${remaining.map(([name, count]) => `${name} has ${count} resource instances`).join(', ')}`,
    ],
    finalizers.length > 0
      ? [
          'NamespaceFinalizersRemaining',
          'True',
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${finalizers.map(([name, count]) => `${name} in ${count} resource instances`).join(', ')}`,
        ]
      : [
          'NamespaceFinalizersRemaining',
          'False',
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ],
  ] as const
  const before = (namespace.status?.conditions ?? []) as readonly JsonObject[]
  return list.map(([type, status, reason, message]) => {
    const known = before.find((one) => one.type === type)
    const lastTransitionTime = known?.status === status ? (known.lastTransitionTime as string) : nowText(world)
    return { type, status, lastTransitionTime, reason, message } as JsonObject
  })
}

function resourceName(entity: ObjectEntity): string {
  const row = resourceTable.find((resource) => `k8s.${resource.kind}` === entity.kind)
  return `${row?.plural ?? entity.kind}.${row?.group ?? ''}`
}

function countBy(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([a], [b]) => byText(a, b))
}
