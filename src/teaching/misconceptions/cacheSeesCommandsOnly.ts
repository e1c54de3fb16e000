import { reuseRule } from '../../domains/docker/build/reuse.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that the cache compares the words of the Dockerfile and nothing else. */
export const cacheSeesCommandsOnly = defineMisconception({
  id: 'cache-sees-commands-only',
  concept: 'docker.build-cache',
  rule: reuseRule,
  says: 'A step is reused as long as its line in the Dockerfile is the same.',
  instead: 'A COPY is also compared by the content of its files.',
  decide: ({ inputs: { files: _ours, ...inputs }, before, ...rest }, real) =>
    real({ ...rest, inputs, before: before.map(({ files: _theirs, ...one }) => one) }),
})
