import { scheduleRule } from '../../domains/docker/swarm/schedule.rule.ts'
import { defineMisconception } from './misconception.ts'

/** Thinks that a swarm only counts tasks, and that reservations are a note. */
export const swarmIgnoresReservations = defineMisconception({
  id: 'swarm-ignores-reservations',
  concept: 'docker.swarm',
  rule: scheduleRule,
  says: 'A swarm counts tasks; what they reserve does not matter for where they go.',
  instead: 'A node whose reservations leave too little room is left out before tasks are counted.',
  decide: ({ wanted, nodes }, real) => real({ wanted: { ...wanted, cpuMilli: 0, memory: 0 }, nodes }),
})
