import { scheduleRule } from '../../domains/docker/swarm/schedule.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a swarm fills one node before it takes the next. */
export const swarmPacks = defineMisconception({
  id: 'swarm-packs',
  concept: 'docker.swarm',
  rule: scheduleRule,
  says: 'A swarm fills the node that already has the most tasks.',
  instead: 'A swarm takes the node with the fewest tasks of the service, and then with the fewest in all.',
  decide: ({ wanted, nodes }, real) =>
    real({ wanted, nodes: nodes.map((node) => ({ ...node, tasks: -node.tasks, ofService: -node.ofService })) }),
})
