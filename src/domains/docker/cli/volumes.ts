import { digestOf } from '../../containerd/index.ts'
import { type Container, containersOn, hexOf } from '../container/container.ts'
import { volumeDriver } from '../plugin/volumeDriver.ts'
import { createVolume, type Volume, volumeId, volumesOn } from '../volume/volume.ts'
import type { Ask } from './ask.ts'
import { asking } from './asking.ts'
import type { Command } from './command.ts'
import { filtersOf, hasLabel } from './filters.ts'
import { formatRows } from './format.ts'
import { eachArgument } from './pick.ts'
import { pick } from './pickDefined.ts'
import { refused } from './problem.ts'
import { labelsOf } from './readSpec.ts'
import { decimalSize } from './units.ts'

/** Containers that mount a volume, alive or not. */
export function mountersOf(ask: Ask, name: string): readonly Container[] {
  return containersOn(ask.world, ask.engine).filter(({ spec }) =>
    spec.mounts?.some((mount) => mount.type === 'volume' && mount.source === name),
  )
}

/** Bytes of what is in a volume. */
export function volumeBytes(volume: Volume): number {
  return Object.values(volume.files).reduce((sum, node) => sum + (node?.text?.length ?? 0), 0)
}

/** Deletes volumes that nobody mounts: anonymous ones, or all. */
export function pruneVolumes(ask: Ask, all: boolean): { readonly names: readonly string[]; readonly bytes: number } {
  const names: string[] = []
  let bytes = 0
  for (const volume of volumesOn(ask.world, ask.engine)) {
    if ((!all && !volume.anonymous) || mountersOf(ask, volume.name).length > 0) continue
    ask.emit([{ to: volume.id, type: 'Removed' }])
    names.push(volume.name)
    bytes += volumeBytes(volume)
  }
  return { names, bytes }
}

/** `docker volume`. Models: docker/cli cli/command/volume and moby daemon/volumes_*.go */
export const volumeCommands: readonly Command[] = [
  {
    path: 'volume create',
    summary: 'Create a volume',
    usage: '[OPTIONS] [VOLUME]',
    args: [0, 1],
    flags: [
      { name: 'driver', short: 'd', type: 'string', says: 'Specify volume driver name (default "local")' },
      { name: 'label', type: 'list', says: 'Set metadata for a volume' },
      { name: 'name', type: 'string', says: 'Specify volume name' },
      { name: 'opt', short: 'o', type: 'map', says: 'Set driver specific options' },
    ],
    run(ask) {
      const given = ask.args[0] ?? ask.text('name')
      const wanted = ask.text('driver') ?? 'local'
      const driver = wanted === 'local' ? wanted : volumeDriver(ask.world, ask.engine, wanted)
      if (typeof driver !== 'string')
        throw refused(`create ${given ?? ''}: error looking up volume plugin ${wanted}: ${driver.problem}`)
      const name = given ?? digestOf(`volume ${ask.engine} ${ask.world.revision} ${ask.world.now}`).slice(7)
      if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name))
        throw refused(
          `create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`,
        )
      if (!ask.world.get(volumeId(ask.engine, name)))
        ask.emit([
          createVolume(
            ask.world,
            ask.engine,
            name,
            pick({
              driver,
              labels: labelsOf(ask.all('label')),
              options: labelsOf(ask.all('opt')),
              anonymous: given === undefined ? (true as const) : undefined,
            }),
          ),
        ])
      ask.out(`${name}\n`)
      return { exit: 0 }
    },
  },
  {
    path: 'volume ls',
    aliases: ['volume list'],
    summary: 'List volumes',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      { name: 'cluster', says: 'Display only cluster volumes, and use cluster volume list formatting' },
      { name: 'filter', short: 'f', type: 'filter', says: 'Provide filter values (e.g. "dangling=true")' },
      { name: 'format', type: 'string', says: 'Format output using a custom template' },
      { name: 'quiet', short: 'q', says: 'Only display volume names' },
    ],
    run(ask) {
      const filters = filtersOf(ask, ['dangling', 'driver', 'label', 'name'])
      const rows = volumesOn(ask.world, ask.engine)
        .filter((volume) =>
          [...filters].every(([name, values]) =>
            values.some((value) => {
              if (name === 'name') return volume.name.includes(value)
              if (name === 'driver') return volume.driver === value
              if (name === 'label') return hasLabel(volume.labels, value)
              return (value === 'true' || value === '1') === (mountersOf(ask, volume.name).length === 0)
            }),
          ),
        )
        .map((volume) => ({
          Driver: volume.driver,
          Name: volume.name,
          Scope: 'local',
          Mountpoint: `/var/lib/docker/volumes/${volume.name}/_data`,
          Labels: Object.entries(volume.labels ?? {})
            .map(([key, value]) => `${key}=${value}`)
            .join(','),
          Links: 'N/A',
          Size: 'N/A',
        }))
      if (ask.flag('quiet')) for (const row of rows) ask.out(`${row.Name}\n`)
      else
        ask.out(
          formatRows(
            rows,
            [
              ['DRIVER', 'Driver'],
              ['VOLUME NAME', 'Name'],
            ],
            { Name: 'VOLUME NAME' },
            ask.text('format'),
          ),
        )
      return { exit: 0 }
    },
  },
  {
    path: 'volume rm',
    aliases: ['volume remove'],
    summary: 'Remove one or more volumes',
    usage: '[OPTIONS] VOLUME [VOLUME...]',
    args: [1, Number.POSITIVE_INFINITY],
    completes: 'volumes',
    flags: [{ name: 'force', short: 'f', says: 'Force the removal of one or more volumes' }],
    run: (ask) =>
      eachArgument(ask, (text) => {
        const volume = ask.world.get(volumeId(ask.engine, text)) as Volume | undefined
        if (!volume && ask.flag('force')) return
        if (!volume) throw refused(`get ${text}: no such volume`)
        const users = mountersOf(ask, text)
        if (users.length > 0)
          throw refused(`remove ${text}: volume is in use - [${users.map((container) => hexOf(container)).join(', ')}]`)
        ask.emit([{ to: volume.id, type: 'Removed' }])
        ask.out(`${text}\n`)
      }),
  },
  {
    path: 'volume prune',
    summary: 'Remove unused local volumes',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      { name: 'all', short: 'a', says: 'Remove all unused volumes, not just anonymous ones' },
      { name: 'filter', type: 'filter', says: 'Provide filter values (e.g. "label=<label>")' },
      { name: 'force', short: 'f', says: 'Do not prompt for confirmation' },
    ],
    run: (ask) => pruning(ask),
    resume: (ask) => pruning(ask),
  },
]

function pruning(ask: Ask) {
  const all = ask.flag('all')
  const warning = all
    ? 'WARNING! This will remove all local volumes not used by at least one container.'
    : 'WARNING! This will remove anonymous local volumes not used by at least one container.'
  return asking(ask, warning, () => {
    const { names, bytes } = pruneVolumes(ask, all)
    if (names.length > 0) ask.out(`Deleted Volumes:\n${names.join('\n')}\n\n`)
    ask.out(`Total reclaimed space: ${decimalSize(bytes)}\n`)
  })
}
