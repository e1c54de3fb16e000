import type { World } from '../../../kernel/index.ts'
import type { Container } from '../container/container.ts'
import { hexOf, shortHex } from '../container/container.ts'
import { launchOf } from '../container/launch.ts'
import type { DockerImage } from '../image/index.ts'
import type { Row } from './format.ts'
import { createdText, decimalSize, humanDuration } from './units.ts'

/** State as docker names it: a stopping container still runs. */
export function stateWord(container: Container): string {
  return container.state === 'stopping' ? 'running' : container.state
}

/** `Up 3 minutes (healthy)`, `Exited (0) 5 seconds ago`. Models: moby daemon/container/state.go String */
export function statusText(world: World, container: Container): string {
  const { state, startedAt, ended, health } = container
  const up = (): string => `Up ${humanDuration(world.now - (startedAt ?? world.now))}`
  if (state === 'running' || state === 'stopping')
    return `${up()}${health ? ` (${health.status === 'starting' ? 'health: starting' : health.status})` : ''}`
  if (state === 'paused') return `${up()} (Paused)`
  if (state === 'restarting')
    return `Restarting (${ended?.exitCode ?? 0}) ${humanDuration(world.now - (ended?.finishedAt ?? world.now))} ago`
  if (state === 'removing') return 'Removal In Progress'
  if (state === 'dead') return 'Dead'
  if (state === 'created' || startedAt === undefined) return 'Created'
  return `Exited (${ended?.exitCode ?? 0}) ${humanDuration(world.now - (ended?.finishedAt ?? world.now))} ago`
}

/** `0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, 443/tcp`. */
export function portsText(world: World, container: Container): string {
  const image = world.get(container.imageId) as DockerImage | undefined
  const published = container.ports.flatMap(({ container: inner, host, hostIp, protocol }) => {
    const to = `${host}->${inner}/${protocol}`
    if (hostIp !== undefined && hostIp !== '0.0.0.0') return [`${hostIp}:${to}`]
    return hostIp === '0.0.0.0' ? [`0.0.0.0:${to}`] : [`0.0.0.0:${to}`, `[::]:${to}`]
  })
  const open = new Set(container.ports.map((port) => `${port.container}/${port.protocol}`))
  const alive = container.state === 'running' || container.state === 'paused' || container.state === 'stopping'
  const exposed = alive
    ? [...new Set([...Object.keys(image?.config.ExposedPorts ?? {}), ...(container.spec.expose ?? [])])].filter(
        (port) => !open.has(port),
      )
    : []
  return [...exposed.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)), ...published].join(', ')
}

/** The command line of a container in quotes, cut after so many letters. */
export function commandText(world: World, container: Container, full: boolean): string {
  const argv = launchOf(world, container)?.argv ?? []
  const line = argv.join(' ')
  const letters = [...line]
  return `"${full || letters.length <= 20 ? line : `${letters.slice(0, 19).join('')}…`}"`
}

/** A container as `docker ps` knows it. */
export function containerRow(world: World, container: Container, full: boolean): Row {
  const { spec, name, createdAt, endpoints } = container
  const written = Object.values(container.written ?? {}).reduce((sum, node) => sum + (node?.text?.length ?? 0), 0)
  const image = world.get(container.imageId) as DockerImage | undefined
  const labels = spec.labels ?? {}
  return {
    ID: full ? hexOf(container) : shortHex(container),
    Names: name,
    Image: spec.image,
    Command: commandText(world, container, full),
    CreatedAt: createdText(createdAt),
    RunningFor: `${humanDuration(world.now - createdAt)} ago`,
    Status: statusText(world, container),
    State: stateWord(container),
    Ports: portsText(world, container),
    Size: `${decimalSize(written, 3)} (virtual ${decimalSize((image?.size ?? 0) + written, 3)})`,
    Labels: Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
    Label: (key: string) => labels[key] ?? '',
    Mounts: (spec.mounts ?? [])
      .map(({ type, source, target }) => (type === 'tmpfs' ? target : full ? source : cut(source ?? '')))
      .join(','),
    LocalVolumes: String((spec.mounts ?? []).filter(({ type }) => type === 'volume').length),
    Networks: endpoints.length > 0 ? endpoints.map(({ network }) => network).join(',') : (spec.networkMode ?? ''),
    Platform: '',
  }
}

function cut(text: string): string {
  return text.length > 15 ? `${text.slice(0, 14)}…` : text
}
