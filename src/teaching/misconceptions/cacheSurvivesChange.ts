import { reuseRule } from '../../domains/docker/build/reuse.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a step of a build is reused whenever it is the same itself, whatever changed before it. */
export const cacheSurvivesChange = defineMisconception({
  id: 'cache-survives-change',
  concept: 'docker.build-cache',
  rule: reuseRule,
  says: 'A step that is the same as before is reused, whatever changed above it.',
  instead: 'Once a step is run anew, every step after it is run anew too.',
  decide: ({ inputs: { parent: _ours, ...inputs }, before, ...rest }, real) =>
    real({ ...rest, inputs, before: before.map(({ parent: _theirs, ...one }) => one) }),
})
