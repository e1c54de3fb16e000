import type { Face } from '../../../../kernel/index.ts'
import type { Blob, BlobSort } from '../blob.ts'
import { servicesOf } from '../service.ts'
import { SWARM } from '../swarm.ts'

/** A config or a secret of the swarm. */
export function blobFace(sort: BlobSort): Face<Blob> {
  const title = sort === 'config' ? 'Config' : 'Secret'
  return {
    label: `Swarm ${sort}`,
    plural: `Swarm ${sort}s`,
    pictogram: sort,
    shape: 'chip',
    rank: 5,
    within: () => SWARM,
    look(blob, world) {
      const users = servicesOf(world).filter(({ spec }) =>
        spec.task[sort === 'config' ? 'configs' : 'secrets'].some(({ name }) => name === blob.name),
      )
      return {
        title: blob.name,
        note: title,
        tone: users.length > 0 ? 'ok' : 'idle',
        word: users.length > 0 ? 'in use' : 'unused',
        facts: [['used by', users.map(({ spec }) => spec.name).join(', ') || 'nobody']],
      }
    },
    actions: (blob) => [
      { id: 'inspect', label: 'Inspect', line: `docker ${sort} inspect ${blob.name}` },
      { id: 'remove', label: 'Remove', line: `docker ${sort} rm ${blob.name}`, sort: 'danger' },
    ],
  }
}
