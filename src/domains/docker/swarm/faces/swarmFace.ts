import type { Face } from '../../../../kernel/index.ts'
import { isReachable, majority, managersOf, nodesOf } from '../node.ts'
import { servicesOf } from '../service.ts'
import type { Swarm } from '../swarm.ts'

/** The swarm: a frame around its nodes and services. */
export const swarmFace: Face<Swarm> = {
  label: 'Swarm',
  plural: 'Swarms',
  pictogram: 'cluster',
  shape: 'frame',
  rank: 1,
  within: () => undefined,
  look(swarm, world) {
    const managers = managersOf(world)
    const reachable = managers.filter((node) => isReachable(world, node)).length
    return {
      title: 'Swarm',
      note: `${managers.length} ${managers.length === 1 ? 'manager' : 'managers'}`,
      tone:
        swarm.state === 'Led'
          ? reachable < managers.length
            ? 'warn'
            : 'ok'
          : swarm.state === 'Electing'
            ? 'prog'
            : 'err',
      word: swarm.state === 'Led' ? 'led' : swarm.state === 'Electing' ? 'electing' : 'no leader',
      detail:
        swarm.state === 'Leaderless'
          ? `${reachable} of ${managers.length} managers is no majority (${majority(managers.length)}): nothing can be changed.`
          : undefined,
      figures: [`${reachable}/${managers.length}`],
      facts: [
        ['managers', `${reachable} of ${managers.length} reachable, ${majority(managers.length)} needed`],
        ['nodes', String(nodesOf(world).length)],
        ['services', String(servicesOf(world).length)],
        ['term', String(swarm.term)],
      ],
    }
  },
  actions: () => [
    { id: 'workers', label: 'Add two workers', line: 'lab swarm nodes --workers 2' },
    { id: 'managers', label: 'Add two managers', line: 'lab swarm nodes --managers 2' },
    { id: 'leave', label: 'Leave it', line: 'docker swarm leave --force', sort: 'danger' },
  ],
  marks: { QuorumLost: 'alert', Elected: 'state' },
  palette: [
    {
      id: 'docker-swarm',
      label: 'Swarm',
      pictogram: 'cluster',
      group: 'Docker',
      into: [],
      line: (_into, world) =>
        world.get('docker.Swarm/default') ? { refuse: 'There is a swarm already.' } : { line: 'docker swarm init' },
    },
  ],
}
