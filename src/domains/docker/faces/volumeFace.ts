import type { Face } from '../../../kernel/index.ts'
import { containersOn } from '../container/container.ts'
import { nodeOfEngine } from '../swarm/node.ts'
import type { Volume } from '../volume/volume.ts'

/** A volume of an engine. */
export const volumeFace: Face<Volume> = {
  label: 'Volume',
  plural: 'Volumes',
  pictogram: 'volume',
  shape: 'chip',
  rank: 5,
  within: (volume, world) => nodeOfEngine(world, volume.owner)?.id ?? volume.owner,
  look(volume, world) {
    const users = containersOn(world, volume.owner).filter(({ spec }) =>
      spec.mounts?.some((mount) => mount.type === 'volume' && mount.source === volume.name),
    )
    const files = Object.values(volume.files).filter((node) => node && !node.dir).length
    return {
      title: volume.anonymous ? volume.name.slice(0, 12) : volume.name,
      note: volume.anonymous ? 'anonymous' : undefined,
      tone: users.length > 0 ? 'ok' : 'idle',
      word: users.length > 0 ? 'mounted' : 'unused',
      figures: [`${files} ${files === 1 ? 'file' : 'files'}`],
      facts: [
        ['driver', volume.driver],
        ['mounted by', users.map(({ name }) => name).join(', ') || 'nobody'],
        ['files', String(files)],
      ],
    }
  },
  actions: (volume) => [
    { id: 'inspect', label: 'Inspect', line: `docker volume inspect ${volume.name}` },
    { id: 'remove', label: 'Remove', line: `docker volume rm ${volume.name}`, sort: 'danger' },
  ],
}
