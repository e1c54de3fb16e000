import type { Face } from '../../../kernel/index.ts'
import { nodeOfEngine } from '../swarm/node.ts'
import type { Builder } from './builder.ts'

/** A builder of an engine. */
export const builderFace: Face<Builder> = {
  label: 'Builder',
  plural: 'Builders',
  pictogram: 'process',
  shape: 'chip',
  rank: 6,
  within: (builder, world) => nodeOfEngine(world, builder.owner)?.id ?? builder.owner,
  look: (builder) => ({
    title: builder.name,
    tone: 'ok',
    word: 'ready',
    figures: [`${builder.nodes.length} ${builder.nodes.length === 1 ? 'node' : 'nodes'}`],
    facts: [
      ['driver', builder.driver],
      ['nodes', builder.nodes.map(({ name }) => name).join(', ')],
    ],
  }),
  actions: (builder) => [
    { id: 'use', label: 'Use', line: `docker buildx use ${builder.name}` },
    { id: 'inspect', label: 'Inspect', line: `docker buildx inspect ${builder.name}` },
    { id: 'boot', label: 'Start its nodes', line: `docker buildx inspect --bootstrap ${builder.name}` },
    { id: 'remove', label: 'Remove', line: `docker buildx rm ${builder.name}`, sort: 'danger' },
  ],
}
