import { objectKind } from '../object/objectKind.ts'
import { steadyLifecycle } from '../statefulset/statefulset.lifecycle.ts'
import type { DaemonSet } from './daemonSet.ts'

/** The kind of DaemonSets. */
export const daemonSetKind = objectKind('DaemonSet', {
  lifecycle: steadyLifecycle,
  tell: {
    Completed: (event) => `Every node that should have a pod of [${event.to.split('/').pop()}](${event.to}) has one.`,
  },
  face: {
    label: 'DaemonSet',
    plural: 'DaemonSets',
    pictogram: 'daemonset',
    shape: 'card',
    rank: 3,
    look: (entity) => {
      const set = entity as DaemonSet
      const tones = { Complete: 'ok', Terminating: 'idle' } as const
      return {
        title: set.metadata.name,
        tone: tones[set.state as keyof typeof tones] ?? 'prog',
        word: set.state,
        figures: [`${set.status?.numberReady ?? 0}/${set.status?.desiredNumberScheduled ?? 0}`],
        detail: set.declined?.['daemonset-controller']?.reason,
      }
    },
  },
})
