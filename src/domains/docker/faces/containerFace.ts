import type { Face, FaceAction, FaceLink, Tone, World } from '../../../kernel/index.ts'
import { flows } from '../../traffic/index.ts'
import { type Container, isAlive, membersOfNetwork, shortHex } from '../container/container.ts'
import { logsOf } from '../container/logs.ts'
import { LOCAL } from '../engine/engine.ts'
import { addressOf } from '../network/address.ts'
import { nodeOfEngine } from '../swarm/node.ts'

const TONES: Readonly<Record<string, Tone>> = {
  created: 'pend',
  running: 'ok',
  paused: 'warn',
  stopping: 'prog',
  restarting: 'err',
  removing: 'prog',
  dead: 'err',
}

/** A container on its engine, or within what ordered it. */
export const containerFace: Face<Container> = {
  label: 'Container',
  plural: 'Containers',
  pictogram: 'container',
  shape: 'chip',
  rank: 2,
  // What a task of the swarm runs is told on the task.
  within: (container, world) =>
    container.owner.startsWith('docker.Task/') ? null : (nodeOfEngine(world, container.owner)?.id ?? container.owner),
  look(container) {
    const { state, spec, health, ended, ports, restarts } = container
    const failed = state === 'exited' && (ended?.exitCode ?? 0) !== 0
    const tone: Tone =
      state === 'running' && health?.status === 'unhealthy'
        ? 'err'
        : state === 'running' && health?.status === 'starting'
          ? 'prog'
          : state === 'exited'
            ? failed
              ? 'err'
              : 'idle'
            : (TONES[state] ?? 'idle')
    const word =
      state === 'exited' ? `exited (${ended?.exitCode ?? 0})` : health && state === 'running' ? health.status : state
    return {
      title: container.name,
      note: spec.image,
      tone,
      word,
      detail: ended?.oom ? 'It used more memory than its limit.' : container.error,
      due:
        state === 'restarting'
          ? container.since + (container.backOff ?? 0)
          : state === 'stopping' && (container.stop?.grace ?? -1) >= 0
            ? container.since + (container.stop?.grace ?? 0)
            : undefined,
      figures: ports.map(({ host, container: inner }) => `${host}→${inner}`),
      facts: [
        ['id', shortHex(container)],
        ['image', spec.image],
        [
          'ports',
          ports.map(({ host, container: inner, protocol }) => `${host} to ${inner}/${protocol}`).join(', ') ||
            'none published',
        ],
        [
          'networks',
          container.endpoints.map(({ network, ip }) => `${network}${ip ? ` ${ip}` : ''}`).join(', ') ||
            (spec.networkMode ?? 'none'),
        ],
        ['mounts', (spec.mounts ?? []).map(({ source, target }) => `${source ?? ''}:${target}`).join(', ') || 'none'],
        ['restarts', String(restarts)],
      ],
    }
  },
  links: (container, world) => linksOf(container, world),
  logs: (container, world) => logsOf(world, container),
  actions: (container) => (container.engine === LOCAL ? actionsOf(container) : []),
  marks: { Started: 'state', OOMKilled: 'alert', Killed: 'fault' },
  source: {
    language: 'json',
    text: (container) => `${JSON.stringify({ Name: container.name, ...container.spec }, undefined, 2)}\n`,
    apply: (container) => `docker inspect ${container.name}`,
  },
  palette: [
    {
      id: 'docker-container',
      label: 'Container',
      pictogram: 'container',
      group: 'Docker',
      into: ['docker.Engine'],
      line: (_into, _world, n) => ({ line: `docker run -d --name web-${n} -p ${8080 + n}:80 nginx` }),
    },
    {
      id: 'docker-network',
      label: 'Network',
      pictogram: 'network',
      group: 'Docker',
      into: ['docker.Engine'],
      line: (_into, _world, n) => ({ line: `docker network create net-${n}` }),
    },
    {
      id: 'docker-volume',
      label: 'Volume',
      pictogram: 'volume',
      group: 'Docker',
      into: ['docker.Engine'],
      line: (_into, _world, n) => ({ line: `docker volume create data-${n}` }),
    },
  ],
  connect: {
    'docker.Network': (container, to) => {
      const name = (to as unknown as { name: string }).name
      if (container.endpoints.some(({ network }) => network === name))
        return { refuse: `${container.name} is in ${name} already` }
      return { line: `docker network connect ${name} ${container.name}` }
    },
    'docker.Volume': (container) => ({
      refuse: `volumes are mounted when a container is created: remove ${container.name} and run it with -v`,
    }),
  },
}

/**
 * Where its requests go now, and others of its networks that its environment names: it calls them as soon as it is asked something itself. Its
 * networks and volumes are drawn on demand.
 */
function linksOf(container: Container, world: World): readonly FaceLink[] {
  const links: FaceLink[] = flows(world)
    .edges.filter(({ from }) => from === container.id)
    .map(({ to, rate, p95, errors }) => ({ to, kind: 'traffic', rate, p95, errors }))
  const called = new Set(links.map(({ to }) => to))
  if (isAlive(container) && addressOf(world, container) !== undefined) {
    const values = Object.values(container.spec.env ?? {})
    for (const { network } of container.endpoints)
      for (const other of world.lookup(membersOfNetwork, `${container.engine} ${network}`) as readonly Container[]) {
        if (other.id === container.id || called.has(other.id)) continue
        const names = [other.name, ...(other.endpoints.find((one) => one.network === network)?.aliases ?? [])]
        if (
          values.some((value) =>
            names.some((name) => new RegExp(`(^|[/@,])${name.replace(/[.]/g, '\\.')}([:/,]|$)`).test(value)),
          )
        )
          links.push({ to: other.id, kind: 'traffic' })
      }
  }
  const host = container.engine.slice(container.engine.indexOf('/') + 1)
  for (const { network } of container.endpoints)
    if (network !== 'bridge') links.push({ to: `docker.Network/${host}/${network}`, kind: 'control' })
  for (const { type, source } of container.spec.mounts ?? [])
    if (type === 'volume' && source) links.push({ to: `docker.Volume/${host}/${source}`, kind: 'control' })
  return links
}

function actionsOf(container: Container): readonly FaceAction[] {
  const { name, state } = container
  const remove: FaceAction = { id: 'remove', label: 'Remove', line: `docker rm -f ${name}`, sort: 'danger' }
  const logs: FaceAction = { id: 'logs', label: 'Show its log', line: `docker logs ${name}` }
  if (state === 'paused')
    return [{ id: 'unpause', label: 'Let it go on', line: `docker unpause ${name}` }, logs, remove]
  if (state !== 'running') return [{ id: 'start', label: 'Start', line: `docker start ${name}` }, logs, remove]
  return [
    { id: 'stop', label: 'Stop', line: `docker stop ${name}` },
    { id: 'restart', label: 'Restart', line: `docker restart ${name}` },
    { id: 'pause', label: 'Pause', line: `docker pause ${name}` },
    logs,
    { id: 'shell', label: 'Open a shell', line: `docker exec -it ${name} sh` },
    { id: 'kill', label: 'Kill its process', line: `docker kill ${name}`, sort: 'fault' },
    { id: 'slow', label: 'Make it slow', line: `lab engine fault ${name} --slow 2s --for 1m`, sort: 'fault' },
    {
      id: 'errors',
      label: 'Make it answer 500',
      line: `lab engine fault ${name} --status 500 --for 1m`,
      sort: 'fault',
    },
    ...(container.spec.health
      ? [
          {
            id: 'sick',
            label: 'Fail its health check',
            line: `lab engine fault ${name} --unhealthy --for 2m`,
            sort: 'fault' as const,
          },
        ]
      : []),
    remove,
  ]
}
