import { defineLifecycle, type TransitionDefinition } from '../../../kernel/index.ts'

/** What may happen to every API object in every state. Spread it into `on` of a lifecycle of its own. */
export const objectTransitions: { readonly [type: string]: TransitionDefinition } = {
  Updated: { description: 'The API server stores a changed object.' },
  StatusReported: { description: 'A component reports what it sees; only the status changes.' },
}

/** What leads out of the life of an API object. */
export const terminating = {
  description: 'Deletion was asked for; the object stays until its finalizers are gone.',
  tags: ['pend'],
  on: { Removed: { target: 'Gone', description: 'Nothing holds it any more, and the API server drops it from etcd.' } },
} as const

export const gone = { description: 'The object no longer exists.', type: 'final' } as const

/**
 * The life of an API object that nothing more is known of: stored, changed, deleted.
 * Models: apiserver pkg/registry/generic/registry/store.go
 */
export const objectLifecycle = defineLifecycle({
  id: 'object',
  initial: 'Stored',
  on: objectTransitions,
  states: {
    Stored: {
      description: 'The API server keeps the object in etcd and tells everyone who watches.',
      tags: ['ok'],
      on: {
        DeletionRequested: {
          target: 'Terminating',
          description: 'Deletion is asked for, and finalizers hold the object.',
        },
        Removed: { target: 'Gone', description: 'The API server drops the object from etcd.' },
      },
    },
    Terminating: terminating,
    Gone: gone,
  },
})
