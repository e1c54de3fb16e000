import { objectKind } from '../object/objectKind.ts'
import type { StatefulSet } from './statefulSet.ts'
import { steadyLifecycle } from './statefulset.lifecycle.ts'

/** The kind of StatefulSets. */
export const statefulSetKind = objectKind('StatefulSet', {
  lifecycle: steadyLifecycle,
  tell: {
    Completed: (event) => `All pods of [${event.to.split('/').pop()}](${event.to}) are ready and of its revision.`,
  },
  face: {
    label: 'StatefulSet',
    plural: 'StatefulSets',
    pictogram: 'statefulset',
    shape: 'card',
    rank: 3,
    look: (entity) => {
      const set = entity as StatefulSet
      const tones = { Complete: 'ok', Terminating: 'idle' } as const
      return {
        title: set.metadata.name,
        tone: tones[set.state as keyof typeof tones] ?? 'prog',
        word: set.state,
        figures: [`${set.status?.readyReplicas ?? 0}/${set.spec.replicas ?? 1}`],
        detail: set.declined?.['statefulset-controller']?.reason,
      }
    },
  },
})
