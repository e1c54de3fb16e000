import { objectKind } from '../object/objectKind.ts'
import { steadyLifecycle } from './statefulset.lifecycle.ts'

/** The kind of StatefulSets. */
export const statefulSetKind = objectKind('StatefulSet', {
  lifecycle: steadyLifecycle,
  tell: {
    Completed: (event) => `All pods of [${event.to.split('/').pop()}](${event.to}) are ready and of its revision.`,
  },
})
