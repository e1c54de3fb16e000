import type { Answer, Controller, PastEvent, World } from '../../../kernel/index.ts'
import type { FileChanges } from '../../../shell/files.ts'
import { type Container, containersOf, podsByNode } from '../kubelet/container.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import { type Disk, disksOf } from './disk.ts'
import { claimRefOf } from './matching.ts'
import { podsByClaim } from './persistentVolume.controller.ts'

/**
 * Carries what containers write to disks, and what stands on disks to the other containers that mount them.
 * Models: the mounts of one file system. Unlike there, folders of a node that lie in one another are apart.
 */
export const diskController: Controller = {
  name: 'mounts',
  watches: {
    'k8s.Container': ['FilesChanged'],
    'k8s.Disk': ['Created', 'Written'],
    'k8s.PersistentVolume': ['Removed'],
  },
  wakes(event: PastEvent, world: World) {
    if (event.kind === 'k8s.PersistentVolume') {
      const id = `k8s.Disk/${event.to.slice('k8s.PersistentVolume/'.length)}`
      return world.get(id) ? id : undefined
    }
    if (event.kind === 'k8s.Disk') return event.to
    const pod = podOf(world, event.to)
    return pod && disksOf(world, pod).length > 0 ? event.to : undefined
  },
  reconcile(id, world) {
    const entity = world.get(id)
    if (!entity) return undefined
    return entity.kind === 'k8s.Disk' ? read(world, entity as Disk) : write(world, entity as Container)
  },
}

function podOf(world: World, container: string): ObjectEntity | undefined {
  const found = world.get(container) as Container | undefined
  return found && (world.get(found.owner) as ObjectEntity | undefined)
}

/** What a container has written and its disks do not have yet. */
function write(world: World, container: Container): readonly Answer[] | undefined {
  const pod = podOf(world, container.id)
  if (!pod) return undefined
  return disksOf(world, pod).flatMap(([volume, to]): readonly Answer[] => {
    const disk = world.get(to) as Disk | undefined
    const files = missingIn(disk?.files, container.scratch?.[volume])
    if (files === undefined) return []
    if (disk) return [{ to, type: 'Written', data: { files }, by: container.id }]
    return [{ to, type: 'Created', kind: 'k8s.Disk', data: { files }, by: container.id }]
  })
}

/** What stands on a disk and the containers that mount it do not see yet. */
function read(world: World, disk: Disk): readonly Answer[] | undefined {
  const name = disk.id.slice('k8s.Disk/'.length)
  const [node, path] = name.split(':', 2)
  const medium = path === undefined ? find(world, 'PersistentVolume', undefined, name) : undefined
  if (path === undefined && !medium) return [{ to: disk.id, type: 'Removed' }]
  const claim = medium && claimRefOf(medium)
  const pods = (
    claim ? world.lookup(podsByClaim, `${claim.namespace}/${claim.name}`) : world.lookup(podsByNode, node ?? '')
  ) as readonly ObjectEntity[]
  return pods.flatMap((pod) =>
    disksOf(world, pod)
      .filter(([, id]) => id === disk.id)
      .flatMap(([volume]) =>
        containersOf(world, pod)
          .filter((one) => one.spec.volumeMounts?.some((mount) => mount.name === volume))
          .flatMap((one): readonly Answer[] => {
            const changes = missingIn(one.scratch?.[volume], disk.files)
            return changes ? [{ to: one.id, type: 'VolumeChanged', data: { volume, changes }, by: disk.id }] : []
          }),
      ),
  )
}

function missingIn(there: FileChanges | undefined, files: FileChanges | undefined): FileChanges | undefined {
  const changes = Object.entries(files ?? {}).filter(([path, node]) => there?.[path] !== node)
  return changes.length === 0 ? undefined : Object.fromEntries(changes)
}
