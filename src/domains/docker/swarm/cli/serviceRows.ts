import type { World } from '../../../../kernel/index.ts'
import type { Ask } from '../../cli/ask.ts'
import type { Reply } from '../../cli/command.ts'
import { hasLabel } from '../../cli/filters.ts'
import { formatRows, type Row } from '../../cli/format.ts'
import { swarmId } from '../identity.ts'
import { nodesOf } from '../node.ts'
import type { Service } from '../service.ts'
import type { ServicePort } from '../serviceSpec.ts'
import { tasksOfService } from '../task.ts'

const COLUMNS = [
  ['ID', 'ID'],
  ['NAME', 'Name'],
  ['MODE', 'Mode'],
  ['REPLICAS', 'Replicas'],
  ['IMAGE', 'Image'],
  ['PORTS', 'Ports'],
] as const

/** Tasks that run, and that are wanted. Models: docker/cli cli/command/service/list.go AppendServiceStatus */
export function runningOf(
  world: World,
  service: Service,
): { readonly running: number; readonly wanted: number; readonly completed: number } {
  const up = new Set(nodesOf(world).flatMap((node) => (node.state === 'ready' ? [node.id] : [])))
  const tasks = tasksOfService(world, service.id).filter((task) => task.iteration === service.iteration)
  const running = tasks.filter(
    (task) =>
      task.state === 'running' &&
      task.node !== undefined &&
      up.has(task.node) &&
      task.desired !== 'shutdown' &&
      task.desired !== 'remove',
  ).length
  const { mode, replicas, maxConcurrent } = service.spec
  const completed = tasks.filter(({ state }) => state === 'complete').length
  if (mode === 'replicated') return { running, wanted: replicas, completed }
  if (mode === 'replicated-job')
    return { running, wanted: Math.min(maxConcurrent ?? replicas, replicas - completed), completed }
  const wanted = tasks.filter(
    (task) => task.desired === 'running' || task.desired === 'ready' || task.desired === 'complete',
  ).length
  return { running, wanted, completed }
}

/** `*:8080->80/tcp`, those of the routing mesh alone. */
export function portsText(ports: readonly ServicePort[]): string {
  return ports
    .filter(({ mode }) => mode === 'ingress')
    .map(({ published, target, protocol }) => `*:${published}->${target}/${protocol}`)
    .join(', ')
}

/** Prints services as `docker service ls` does. */
export function printServices(
  ask: Ask,
  services: readonly Service[],
  filters: ReadonlyMap<string, readonly string[]>,
): Reply {
  const chosen = services.filter((service) =>
    [...filters].every(([name, values]) =>
      values.some((value) => {
        if (name === 'id') return swarmId(service).startsWith(value)
        if (name === 'name') return service.spec.name.startsWith(value)
        if (name === 'mode') return service.spec.mode === value
        return hasLabel(service.spec.labels, value)
      }),
    ),
  )
  if (ask.flag('quiet')) {
    for (const service of chosen) ask.out(`${swarmId(service).slice(0, 12)}\n`)
    return { exit: 0 }
  }
  const rows = chosen.map((service): Row => {
    const { running, wanted, completed } = runningOf(ask.world, service)
    const { spec } = service
    const most = spec.task.placement.maxReplicas
    const jobs = spec.mode === 'replicated-job' ? ` (${completed}/${spec.replicas} completed)` : ''
    return {
      ID: swarmId(service).slice(0, 12),
      Name: spec.name,
      Mode: spec.mode.replace('-', ' '),
      Replicas: `${running}/${wanted}${most > 0 ? ` (max ${most} per node)` : ''}${jobs}`,
      Image: spec.task.image,
      Ports: portsText(service.ports),
    }
  })
  ask.out(formatRows(rows, COLUMNS, { Mode: 'MODE', Replicas: 'REPLICAS', Ports: 'PORTS' }, ask.text('format')))
  return { exit: 0 }
}
