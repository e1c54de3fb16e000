import type { World } from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'
import { type Container, hexOf, isAlive, membersOfNetwork, shortHex } from '../container/container.ts'
import { envOf, hostnameOf } from '../container/environment.ts'
import { runHealthCheck } from '../container/health.controller.ts'
import { launchOf } from '../container/launch.ts'
import { type DockerImage, filesOfImage, packed } from '../image/index.ts'
import { type Network, networkHex, networkNamed } from '../network/network.ts'
import type { Volume } from '../volume/volume.ts'
import { stateWord } from './containerRow.ts'
import { NEVER, nanoTime, secondTime } from './units.ts'

/** A container as `docker inspect` shows it. Models: moby api/types/container InspectResponse */
export function containerObject(world: World, container: Container): Readonly<Record<string, unknown>> {
  const { spec, ended, startedAt, health } = container
  const image = world.get(container.imageId) as DockerImage | undefined
  const launch = launchOf(world, container)
  const argv = launch?.argv ?? []
  const alive = isAlive(container)
  const hex = hexOf(container)
  const env = envOf(world, container)
  const bindings = Object.fromEntries(
    (spec.ports ?? []).map((port) => [
      `${port.container}/${port.protocol}`,
      [{ HostIp: port.hostIp ?? '', HostPort: port.host ? String(port.host) : '' }],
    ]),
  )
  return {
    Id: hex,
    Created: nanoTime(container.createdAt),
    Path: argv[0] ?? '',
    Args: argv.slice(1),
    State: {
      Status: stateWord(container),
      Running: alive || container.state === 'restarting',
      Paused: container.state === 'paused',
      Restarting: container.state === 'restarting',
      OOMKilled: ended?.oom ?? false,
      Dead: container.state === 'dead',
      Pid: alive ? 1000 + (container.born % 30_000) : 0,
      ExitCode: alive ? 0 : (ended?.exitCode ?? 0),
      Error: container.error ?? '',
      StartedAt: startedAt === undefined ? NEVER : nanoTime(startedAt),
      FinishedAt: ended && ended.finishedAt > 0 ? nanoTime(ended.finishedAt) : NEVER,
      ...(health
        ? {
            Health: {
              Status: health.status,
              FailingStreak: health.streak,
              Log: alive ? lastCheck(world, container) : [],
            },
          }
        : {}),
    },
    Image: image?.imageId ?? '',
    ResolvConfPath: `/var/lib/docker/containers/${hex}/resolv.conf`,
    HostnamePath: `/var/lib/docker/containers/${hex}/hostname`,
    HostsPath: `/var/lib/docker/containers/${hex}/hosts`,
    LogPath: `/var/lib/docker/containers/${hex}/${hex}-json.log`,
    Name: `/${container.name}`,
    RestartCount: container.restarts,
    Driver: 'overlayfs',
    Platform: 'linux',
    MountLabel: '',
    ProcessLabel: '',
    AppArmorProfile: 'docker-default',
    ExecIDs: null,
    HostConfig: {
      Binds: orNull(
        (spec.mounts ?? []).flatMap((m) =>
          m.type === 'tmpfs' ? [] : [`${m.source}:${m.target}${m.readOnly ? ':ro' : ''}`],
        ),
      ),
      ContainerIDFile: '',
      LogConfig: { Type: spec.logDriver ?? 'json-file', Config: spec.logOptions ?? {} },
      NetworkMode: spec.networkMode ?? 'bridge',
      PortBindings: bindings,
      RestartPolicy: { Name: spec.restart?.name ?? 'no', MaximumRetryCount: spec.restart?.max ?? 0 },
      AutoRemove: spec.autoRemove ?? false,
      VolumeDriver: '',
      VolumesFrom: null,
      ConsoleSize: [0, 0],
      CapAdd: orNull(spec.capAdd ?? []),
      CapDrop: orNull(spec.capDrop ?? []),
      CgroupnsMode: 'private',
      Dns: spec.dns ?? [],
      DnsOptions: [],
      DnsSearch: [],
      ExtraHosts: orNull(spec.extraHosts ?? []),
      GroupAdd: null,
      IpcMode: 'private',
      Cgroup: '',
      Links: orNull((spec.links ?? []).map(({ name, alias }) => `/${name}:/${container.name}/${alias}`)),
      OomScoreAdj: 0,
      PidMode: '',
      Privileged: spec.privileged ?? false,
      PublishAllPorts: spec.publishAll ?? false,
      ReadonlyRootfs: spec.readOnly ?? false,
      SecurityOpt: null,
      UTSMode: '',
      UsernsMode: '',
      ShmSize: 67_108_864,
      Runtime: 'runc',
      Isolation: '',
      CpuShares: spec.cpuShares ?? 0,
      Memory: spec.memory ?? 0,
      NanoCpus: (spec.cpuMilli ?? 0) * 1_000_000,
      CgroupParent: '',
      BlkioWeight: 0,
      CpuPeriod: 0,
      CpuQuota: 0,
      CpusetCpus: '',
      CpusetMems: '',
      Devices: [],
      MemoryReservation: spec.memoryReservation ?? 0,
      MemorySwap: spec.memory ? spec.memory * 2 : 0,
      MemorySwappiness: null,
      OomKillDisable: null,
      PidsLimit: spec.pidsLimit ?? null,
      Ulimits: [],
      Mounts: [],
      MaskedPaths: [
        '/proc/acpi',
        '/proc/asound',
        '/proc/interrupts',
        '/proc/kcore',
        '/proc/keys',
        '/proc/latency_stats',
        '/proc/sched_debug',
        '/proc/scsi',
        '/proc/timer_list',
        '/proc/timer_stats',
        '/sys/devices/virtual/powercap',
        '/sys/firmware',
      ],
      ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
    },
    Storage: { RootFS: { Snapshot: { Name: 'overlayfs' } } },
    Mounts: (spec.mounts ?? []).map((mount) =>
      mount.type === 'volume'
        ? {
            Type: 'volume',
            Name: mount.source,
            Source: `/var/lib/docker/volumes/${mount.source}/_data`,
            Destination: mount.target,
            Driver: 'local',
            Mode: 'z',
            RW: !mount.readOnly,
            Propagation: '',
          }
        : {
            Type: mount.type,
            Source: mount.source ?? '',
            Destination: mount.target,
            Mode: '',
            RW: !mount.readOnly,
            Propagation: mount.type === 'bind' ? 'rprivate' : '',
          },
    ),
    Config: {
      Hostname: hostnameOf(container),
      Domainname: '',
      User: spec.user ?? image?.config.User ?? '',
      AttachStdin: false,
      AttachStdout: container.attached ?? false,
      AttachStderr: container.attached ?? false,
      ...(image?.config.ExposedPorts ? { ExposedPorts: image.config.ExposedPorts } : {}),
      Tty: spec.tty ?? false,
      OpenStdin: spec.stdin ?? false,
      StdinOnce: false,
      Env: Object.entries({
        ...spec.env,
        ...container.ownEnv,
        ...Object.fromEntries(
          Object.entries(env).filter(([name]) => image?.config.Env?.some((one) => one.startsWith(`${name}=`))),
        ),
      }).map(([name, value]) => `${name}=${value}`),
      Cmd: orNull(spec.command ?? (spec.entrypoint ? [] : (image?.config.Cmd ?? []))),
      ...(spec.health
        ? {
            Healthcheck: {
              Test: spec.health.test,
              Interval: spec.health.interval * 1e6,
              Timeout: spec.health.timeout * 1e6,
              Retries: spec.health.retries,
            },
          }
        : {}),
      Image: spec.image,
      Volumes: image?.config.Volumes ?? null,
      WorkingDir: spec.workdir ?? image?.config.WorkingDir ?? '',
      Entrypoint: orNull(spec.entrypoint ?? image?.config.Entrypoint ?? []),
      OnBuild: null,
      Labels: spec.labels ?? {},
      StopSignal: `SIG${spec.stopSignal ?? image?.config.StopSignal?.replace(/^SIG/, '') ?? 'TERM'}`,
      ...(spec.stopTimeout === undefined ? {} : { StopTimeout: Math.round(spec.stopTimeout / 1000) }),
    },
    NetworkSettings: networkSettings(world, container, image),
  }
}

function networkSettings(world: World, container: Container, image: DockerImage | undefined) {
  const alive = isAlive(container)
  const first = container.endpoints[0]
  const ports: Record<string, unknown> = {}
  if (alive) {
    for (const port of Object.keys(image?.config.ExposedPorts ?? {})) ports[port] = null
    for (const port of container.ports) {
      const ip = port.hostIp ?? '0.0.0.0'
      ports[`${port.container}/${port.protocol}`] = [
        { HostIp: ip, HostPort: String(port.host) },
        ...(port.hostIp === undefined ? [{ HostIp: '::', HostPort: String(port.host) }] : []),
      ]
    }
  }
  const id = (what: string): string => digestOf(`${what} ${container.id} ${container.life}`).slice(7)
  const gateway = first?.ip ? (networkNamed(world, container.engine, first.network)?.gateway ?? '') : ''
  return {
    SandboxID: alive ? id('sandbox') : '',
    SandboxKey: alive ? `/var/run/docker/netns/${id('sandbox').slice(0, 12)}` : '',
    Ports: ports,
    ...(first?.network === 'bridge'
      ? { Gateway: gateway, IPAddress: first.ip ?? '', IPPrefixLen: first.ip ? 16 : 0, MacAddress: macOf(first.ip) }
      : {}),
    Networks: Object.fromEntries(
      container.endpoints.map((endpoint) => {
        const network = networkNamed(world, container.engine, endpoint.network)
        return [
          endpoint.network,
          {
            IPAMConfig: endpoint.wanted ? { IPv4Address: endpoint.wanted } : null,
            Links: null,
            Aliases: endpoint.network === 'bridge' ? null : endpoint.aliases.length > 0 ? endpoint.aliases : null,
            DriverOpts: null,
            GwPriority: 0,
            NetworkID: network ? networkHex(network) : '',
            EndpointID: endpoint.ip ? id(`endpoint ${endpoint.network}`) : '',
            Gateway: endpoint.ip ? (network?.gateway ?? '') : '',
            IPAddress: endpoint.ip ?? '',
            MacAddress: macOf(endpoint.ip),
            IPPrefixLen: endpoint.ip ? Number(network?.subnet?.split('/')[1] ?? 16) : 0,
            IPv6Gateway: '',
            GlobalIPv6Address: '',
            GlobalIPv6PrefixLen: 0,
            DNSNames: endpoint.network === 'bridge' ? null : [container.name, ...endpoint.aliases, shortHex(container)],
          },
        ]
      }),
    ),
  }
}

function lastCheck(world: World, container: Container) {
  const at = container.health?.at ?? world.now
  if (at === container.startedAt) return []
  const { exitCode, output, ms } = runHealthCheck(world, container)
  return [{ Start: nanoTime(at), End: nanoTime(at + ms), ExitCode: exitCode, Output: output }]
}

/** The address that the engine makes of an IP. */
export function macOf(ip: string | undefined): string {
  if (ip === undefined) return ''
  return `02:42:${ip
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join(':')}`
}

function orNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length > 0 ? list : null
}

/** An image as `docker image inspect` shows it. */
export function imageObject(image: DockerImage): Readonly<Record<string, unknown>> {
  return {
    Id: image.imageId,
    RepoTags: image.repoTags,
    RepoDigests: image.repoDigests,
    Comment: image.layers.at(-1)?.comment ?? '',
    Created: nanoTime(image.created),
    Config: image.config,
    Architecture: image.architecture,
    Os: image.os,
    Size: packed(image.layers) || image.size,
    RootFS: { Type: 'layers', Layers: image.layers.flatMap((layer) => (layer.emptyLayer ? [] : [layer.diffId])) },
    Metadata: { LastTagTime: image.taggedAt === undefined ? NEVER : nanoTime(image.taggedAt) },
    Descriptor: {
      mediaType: 'application/vnd.oci.image.index.v1+json',
      digest: image.imageId,
      size: 1000 + Object.keys(filesOfImage(image)).length,
    },
  }
}

/** A network as `docker network inspect` shows it. */
export function networkObject(
  world: World,
  network: Network,
  engine = network.owner,
): Readonly<Record<string, unknown>> {
  const members = world.lookup(membersOfNetwork, `${engine} ${network.name}`) as readonly Container[]
  return {
    Name: network.name,
    Id: networkHex(network),
    Created: nanoTime(network.createdAt),
    Scope: network.scope,
    Driver: network.driver,
    EnableIPv4: true,
    EnableIPv6: network.ipv6 ?? false,
    IPAM: {
      Driver: 'default',
      Options: network.name === 'bridge' ? null : {},
      Config: network.subnet
        ? [{ Subnet: network.subnet, Gateway: network.gateway }]
        : network.driver === 'bridge'
          ? []
          : null,
    },
    Internal: network.internal ?? false,
    Attachable: network.attachable ?? false,
    Ingress: network.ingress ?? false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: Object.fromEntries(
      members.map((container) => {
        const endpoint = container.endpoints.find((one) => one.network === network.name)
        return [
          hexOf(container),
          {
            Name: container.name,
            EndpointID: digestOf(`endpoint ${network.name} ${container.id} ${container.life}`).slice(7),
            MacAddress: macOf(endpoint?.ip),
            IPv4Address: endpoint?.ip ? `${endpoint.ip}/${network.subnet?.split('/')[1] ?? 16}` : '',
            IPv6Address: '',
          },
        ]
      }),
    ),
    Options:
      network.name === 'bridge'
        ? {
            'com.docker.network.bridge.default_bridge': 'true',
            'com.docker.network.bridge.enable_icc': 'true',
            'com.docker.network.bridge.enable_ip_masquerade': 'true',
            'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
            'com.docker.network.bridge.name': 'docker0',
            'com.docker.network.driver.mtu': '1500',
          }
        : (network.options ?? {}),
    Labels: network.labels ?? {},
  }
}

/** A volume as `docker volume inspect` shows it. */
export function volumeObject(volume: Volume): Readonly<Record<string, unknown>> {
  return {
    CreatedAt: secondTime(volume.createdAt),
    Driver: volume.driver,
    Labels: volume.labels ?? (volume.anonymous ? { 'com.docker.volume.anonymous': '' } : null),
    Mountpoint: `/var/lib/docker/volumes/${volume.name}/_data`,
    Name: volume.name,
    Options: volume.options ?? null,
    Scope: 'local',
  }
}
