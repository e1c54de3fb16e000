import { defineLifecycle } from '../../../kernel/index.ts'

/** A cluster as a whole: it is there once its control plane is. Models: a managed control plane (EKS, GKE). */
export const clusterLifecycle = defineLifecycle({
  id: 'cluster',
  initial: 'Active',
  states: { Active: { description: 'The control plane is there; its parts have lives of their own.', tags: ['ok'] } },
})
