import { restartRule } from '../../domains/docker/container/restart.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a restart policy also undoes `docker stop`. */
export const stopIsACrash = defineMisconception({
  id: 'stop-is-a-crash',
  concept: 'docker.health',
  rule: restartRule,
  says: 'A container with a restart policy comes back after docker stop.',
  instead: 'A container that was stopped by hand is left alone by its restart policy.',
  decide: (input, real) => real({ ...input, manual: false }),
})
