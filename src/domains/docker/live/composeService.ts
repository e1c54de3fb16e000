import type { World } from '../../../kernel/index.ts'
import type { Container } from '../container/container.ts'
import type { ContainerSpec, Mount, PortMapping } from '../container/containerSpec.ts'
import { buildFolder } from './buildFolder.ts'

const OWN_LABEL = /^com\.docker\.compose\./

/** Name of the service that a container is in a compose file: that of its project's file, else its own. */
export function serviceName({ name, spec }: Container): string {
  return spec.labels?.['com.docker.compose.service'] ?? name
}

/** A container as a service of a compose file. `networkKey` and `volumeKey` give the names under which the file declares them. */
export function composeService(world: World, container: Container): { readonly [key: string]: unknown } {
  const { spec, name } = container
  const own = serviceName(container)
  const folder = buildFolder(world, spec.image)
  const labels = Object.entries(spec.labels ?? {}).filter(([key]) => !OWN_LABEL.test(key))
  const networks = (spec.networks ?? []).map((wish) => {
    const aliases = (wish.aliases ?? []).filter((alias) => alias !== own && alias !== name)
    const more = {
      ...(aliases.length > 0 ? { aliases } : {}),
      ...(wish.ip === undefined ? {} : { ipv4_address: wish.ip }),
    }
    return [wish.name, Object.keys(more).length > 0 ? more : null] as const
  })
  const mode = networks.length === 0 ? (spec.networkMode ?? 'bridge') : undefined
  const given: { readonly [key: string]: unknown } = {
    container_name: name,
    image: spec.image,
    build: folder && {
      context: `./${folder.path}`,
      ...(folder.dockerfile === undefined ? {} : { dockerfile: folder.dockerfile }),
    },
    command: spec.command,
    entrypoint: spec.entrypoint,
    environment: spec.env,
    user: spec.user,
    working_dir: spec.workdir,
    hostname: spec.hostname,
    labels: labels.length > 0 ? Object.fromEntries(labels) : undefined,
    ports: spec.ports?.map(portText),
    expose: spec.expose?.map((port) => port.replace(/\/tcp$/, '')),
    volumes: spec.mounts?.filter(({ type }) => type !== 'tmpfs').map(mountOf),
    tmpfs: some(spec.mounts?.filter(({ type }) => type === 'tmpfs').map(({ target }) => target)),
    network_mode: mode,
    networks: networks.length > 0 ? Object.fromEntries(networks) : undefined,
    restart: restartOf(spec),
    healthcheck: healthOf(spec),
    mem_limit: spec.memory,
    mem_reservation: spec.memoryReservation,
    cpus: spec.cpuMilli === undefined ? undefined : spec.cpuMilli / 1000,
    cpu_shares: spec.cpuShares,
    pids_limit: spec.pidsLimit,
    stop_signal: spec.stopSignal === undefined ? undefined : `SIG${spec.stopSignal.replace(/^SIG/, '')}`,
    stop_grace_period: spec.stopTimeout === undefined ? undefined : span(spec.stopTimeout),
    tty: spec.tty,
    stdin_open: spec.stdin,
    init: spec.init,
    privileged: spec.privileged,
    read_only: spec.readOnly,
    extra_hosts: spec.extraHosts,
    dns: spec.dns,
    cap_add: spec.capAdd,
    cap_drop: spec.capDrop,
    platform: spec.platform,
    logging:
      spec.logDriver === undefined
        ? undefined
        : { driver: spec.logDriver, ...(spec.logOptions ? { options: spec.logOptions } : {}) },
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function some<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list && list.length > 0 ? list : undefined
}

function portText({ container, host, hostIp, protocol }: PortMapping): string {
  const left = `${hostIp === undefined ? '' : `${hostIp}:`}${host === undefined || host === 0 ? (hostIp === undefined ? '' : ':') : `${host}:`}`
  return `${left}${container}${protocol === 'tcp' ? '' : `/${protocol}`}`
}

/** A volume by its name; a bind in its long form, which is no other thing where the path begins without a dot. */
function mountOf({ type, source, target, readOnly }: Mount): unknown {
  if (type === 'volume' && source === undefined) return target
  if (type === 'volume') return `${source}:${target}${readOnly ? ':ro' : ''}`
  return { type, source, target, ...(readOnly ? { read_only: true } : {}) }
}

function restartOf({ restart }: ContainerSpec): string | undefined {
  if (!restart || restart.name === 'no') return undefined
  return restart.max > 0 ? `${restart.name}:${restart.max}` : restart.name
}

function healthOf({ health }: ContainerSpec): object | undefined {
  if (!health) return undefined
  const { test, interval, timeout, startPeriod, startInterval, retries } = health
  if (test[0] === 'NONE') return { disable: true }
  return {
    test,
    interval: span(interval),
    timeout: span(timeout),
    ...(startPeriod > 0 ? { start_period: span(startPeriod) } : {}),
    ...(startInterval > 0 ? { start_interval: span(startInterval) } : {}),
    retries,
  }
}

function span(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`
}
