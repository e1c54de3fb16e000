import { objectKind } from '../object/objectKind.ts'
import { namespaceLifecycle } from './namespace.lifecycle.ts'

/** The kind of Namespaces. */
export const namespaceKind = objectKind('Namespace', {
  lifecycle: namespaceLifecycle,
  tell: {
    DeletionRequested: (event) =>
      `Deletion of the namespace [${event.to.split('/').pop()}](${event.to}) is asked for, with everything in it.`,
    Removed: (event) => `The namespace [${event.to.split('/').pop()}](${event.to}) is empty and goes.`,
  },
})
