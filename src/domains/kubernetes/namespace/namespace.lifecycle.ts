import { defineLifecycle } from '../../../kernel/index.ts'
import { gone, objectTransitions, terminating } from '../object/object.lifecycle.ts'

/**
 * The life of a Namespace. Models: kubernetes.io/docs/reference/kubernetes-api/cluster-resources/namespace-v1, phases
 */
export const namespaceLifecycle = defineLifecycle({
  id: 'namespace',
  initial: 'Active',
  on: objectTransitions,
  states: {
    Active: {
      description: 'Objects can be created in it.',
      tags: ['ok'],
      on: {
        DeletionRequested: {
          target: 'Terminating',
          description: 'Deletion is asked for: everything in it is deleted first, and nothing new is let in.',
        },
        Removed: { target: 'Gone', description: 'The API server drops it.' },
      },
    },
    Terminating: {
      ...terminating,
      description: 'Everything in it is being deleted; it goes when it is empty.',
      on: { ...terminating.on, Emptying: { description: 'The controller reports what is still in it.' } },
    },
    Gone: gone,
  },
})
