import { objectKind } from '../object/objectKind.ts'
import { steadyLifecycle } from '../statefulset/statefulset.lifecycle.ts'

/** The kind of DaemonSets. */
export const daemonSetKind = objectKind('DaemonSet', {
  lifecycle: steadyLifecycle,
  tell: {
    Completed: (event) => `Every node that should have a pod of [${event.to.split('/').pop()}](${event.to}) has one.`,
  },
})
