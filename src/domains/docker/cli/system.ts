import { digestOf } from '../../containerd/index.ts'
import { containersOn, isAlive } from '../container/container.ts'
import { removeContainer } from '../container/orders.ts'
import { imagesOf } from '../image/index.ts'
import { pruneImages } from '../imagecli/pruneImages.ts'
import { registryOf } from '../registry/registry.ts'
import { swarmInfo, swarmInfoText } from '../swarm/cli/swarmInfo.ts'
import { hostnameOfEngine } from '../swarm/node.ts'
import { volumesOn } from '../volume/volume.ts'
import type { Ask } from './ask.ts'
import { asking } from './asking.ts'
import type { Command, Reply } from './command.ts'
import { formatRows, jsonText, render, unescaped } from './format.ts'
import { pruneNetworks } from './networks.ts'
import { Problem } from './problem.ts'
import { binarySize, decimalSize } from './units.ts'
import { mountersOf, pruneVolumes, volumeBytes } from './volumes.ts'

const FORMAT = { name: 'format', short: 'f', type: 'string', says: 'Format output using a custom template' } as const
const FORCE = { name: 'force', short: 'f', says: 'Do not prompt for confirmation' } as const
const VERSION = '29.1.3'

/** Containers that do not run are removed. Answers their ids and the bytes that this frees. */
function pruneContainers(ask: Ask): { readonly ids: readonly string[]; readonly bytes: number } {
  const ids: string[] = []
  let bytes = 0
  for (const container of containersOn(ask.world, ask.engine)) {
    if (isAlive(container) || container.state === 'restarting') continue
    ids.push(digestOf(`container ${container.id} ${container.born}`).slice(7))
    bytes += Object.values(container.written ?? {}).reduce((sum, node) => sum + (node?.text?.length ?? 0), 0)
    ask.emit(removeContainer(ask.world, container))
  }
  return { ids, bytes }
}

function pruningContainers(ask: Ask): Reply {
  return asking(ask, 'WARNING! This will remove all stopped containers.', () => {
    const { ids, bytes } = pruneContainers(ask)
    if (ids.length > 0) ask.out(`Deleted Containers:\n${ids.join('\n')}\n\n`)
    ask.out(`Total reclaimed space: ${decimalSize(bytes)}\n`)
  })
}

function pruningAll(ask: Ask): Reply {
  const what = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(ask.flag('volumes') ? ['all anonymous volumes not used by at least one container'] : []),
    ask.flag('all') ? 'all images without at least one container associated to them' : 'all dangling images',
    ask.flag('all') ? 'all build cache' : 'unused build cache',
  ]
  return asking(ask, `WARNING! This will remove:\n${what.map((one) => `  - ${one}`).join('\n')}\n`, () => {
    const containers = pruneContainers(ask)
    if (containers.ids.length > 0) ask.out(`Deleted Containers:\n${containers.ids.join('\n')}\n\n`)
    const networks = pruneNetworks(ask)
    if (networks.length > 0) ask.out(`Deleted Networks:\n${networks.join('\n')}\n\n`)
    const volumes = ask.flag('volumes') ? pruneVolumes(ask, false) : { names: [], bytes: 0 }
    if (volumes.names.length > 0) ask.out(`Deleted Volumes:\n${volumes.names.join('\n')}\n\n`)
    const images = pruneImages(ask, ask.flag('all'))
    if (images.lines.length > 0) ask.out(`Deleted Images:\n${images.lines.join('\n')}\n\n`)
    ask.out(`Total reclaimed space: ${decimalSize(containers.bytes + volumes.bytes + images.bytes)}\n`)
  })
}

/** What the engine says about itself. */
function infoObject(ask: Ask) {
  const containers = containersOn(ask.world, ask.engine)
  const { cpuMilli, memory } = ask.engineRecord
  return {
    ID: 'b9a5d5d6-3a1e-4a6c-8b7e-6f0a4c1f2d3e',
    Containers: containers.length,
    ContainersRunning: containers.filter(({ state }) => state === 'running' || state === 'stopping').length,
    ContainersPaused: containers.filter(({ state }) => state === 'paused').length,
    ContainersStopped: containers.filter((one) => !isAlive(one)).length,
    Images: imagesOf(ask.world, ask.engine).length,
    Driver: 'overlayfs',
    DriverStatus: [['driver-type', 'io.containerd.snapshotter.v1']],
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
      Log: ['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'],
    },
    LoggingDriver: 'json-file',
    CgroupDriver: 'systemd',
    CgroupVersion: '2',
    KernelVersion: '6.12.48',
    OperatingSystem: 'Debian GNU/Linux 13 (trixie)',
    OSType: 'linux',
    Architecture: 'x86_64',
    NCPU: cpuMilli / 1000,
    MemTotal: memory,
    DockerRootDir: '/var/lib/docker',
    Name: hostnameOfEngine(ask.engineRecord),
    ServerVersion: VERSION,
    Swarm: swarmInfo(ask.world, ask.engine),
    DefaultRuntime: 'runc',
  }
}

function infoText(ask: Ask): string {
  const info = infoObject(ask)
  return `Client: Docker Engine - Community
 Version:    ${VERSION}
 Context:    default
 Debug Mode: false
 Plugins:
  buildx: Docker Buildx (Docker Inc.)
    Version:  v0.30.1
    Path:     /usr/libexec/docker/cli-plugins/docker-buildx
  compose: Docker Compose (Docker Inc.)
    Version:  v5.0.0
    Path:     /usr/libexec/docker/cli-plugins/docker-compose

Server:
 Containers: ${info.Containers}
  Running: ${info.ContainersRunning}
  Paused: ${info.ContainersPaused}
  Stopped: ${info.ContainersStopped}
 Images: ${info.Images}
 Server Version: ${VERSION}
 Storage Driver: overlayfs
  driver-type: io.containerd.snapshotter.v1
 Logging Driver: json-file
 Cgroup Driver: systemd
 Cgroup Version: 2
 Plugins:
  Volume: local
  Network: bridge host ipvlan macvlan null overlay
  Log: awslogs fluentd gcplogs gelf journald json-file local splunk syslog
 CDI spec directories:
  /etc/cdi
  /var/run/cdi
${swarmInfoText(ask.world, ask.engine)} Runtimes: io.containerd.runc.v2 runc
 Default Runtime: runc
 Init Binary: docker-init
 containerd version: 1c4457e00facac03ce1d75f7b6777a7a851e5c41
 runc version: v1.3.4-0-gd6d73eb8
 init version: de40ad0
 Security Options:
  apparmor
  seccomp
   Profile: builtin
  cgroupns
 Kernel Version: ${info.KernelVersion}
 Operating System: ${info.OperatingSystem}
 OSType: linux
 Architecture: x86_64
 CPUs: ${info.NCPU}
 Total Memory: ${binarySize(info.MemTotal)}
 Name: ${info.Name}
 ID: ${info.ID}
 Docker Root Dir: /var/lib/docker
 Debug Mode: false
 Experimental: false
 Insecure Registries:
  ::1/128
  127.0.0.0/8
 Live Restore Enabled: false

`
}

const VERSION_OBJECT = {
  Client: {
    Platform: { Name: 'Docker Engine - Community' },
    Version: VERSION,
    ApiVersion: '1.52',
    DefaultAPIVersion: '1.52',
    GitCommit: 'f52814d',
    GoVersion: 'go1.25.5',
    Os: 'linux',
    Arch: 'amd64',
    BuildTime: 'Fri Dec 12 14:49:32 2025',
    Context: 'default',
  },
  Server: {
    Platform: { Name: 'Docker Engine - Community' },
    Version: VERSION,
    ApiVersion: '1.52',
    MinAPIVersion: '1.44',
    GitCommit: 'fbf3ed2',
    GoVersion: 'go1.25.5',
    Os: 'linux',
    Arch: 'amd64',
    KernelVersion: '6.12.48',
    BuildTime: '2025-12-12T14:49:32.000000000+00:00',
  },
}

const VERSION_TEXT = `Client: Docker Engine - Community
 Version:           ${VERSION}
 API version:       1.52
 Go version:        go1.25.5
 Git commit:        f52814d
 Built:             Fri Dec 12 14:49:32 2025
 OS/Arch:           linux/amd64
 Context:           default

Server: Docker Engine - Community
 Engine:
  Version:          ${VERSION}
  API version:      1.52 (minimum version 1.44)
  Go version:       go1.25.5
  Git commit:       fbf3ed2
  Built:            Fri Dec 12 14:49:32 2025
  OS/Arch:          linux/amd64
  Experimental:     false
 containerd:
  Version:          v2.2.0
  GitCommit:        1c4457e00facac03ce1d75f7b6777a7a851e5c41
 runc:
  Version:          1.3.4
  GitCommit:        v1.3.4-0-gd6d73eb8
 docker-init:
  Version:          0.19.0
  GitCommit:        de40ad0
`

/** Everything about the engine as a whole. Models: docker/cli cli/command/system and registry */
export const systemCommands: readonly Command[] = [
  {
    path: 'info',
    aliases: ['system info'],
    summary: 'Display system-wide information',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [FORMAT],
    run(ask) {
      const format = ask.text('format')
      ask.out(
        format === undefined
          ? infoText(ask)
          : format === 'json'
            ? `${jsonText(infoObject(ask))}\n`
            : `${render(unescaped(format), infoObject(ask))}\n`,
      )
      return { exit: 0 }
    },
  },
  {
    path: 'version',
    summary: 'Show the Docker version information',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [FORMAT],
    run(ask) {
      const format = ask.text('format')
      ask.out(
        format === undefined
          ? VERSION_TEXT
          : format === 'json'
            ? `${jsonText(VERSION_OBJECT)}\n`
            : `${render(unescaped(format), VERSION_OBJECT)}\n`,
      )
      return { exit: 0 }
    },
  },
  {
    path: 'system df',
    summary: 'Show docker disk usage',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      { name: 'format', type: 'string', says: 'Format output using a custom template' },
      { name: 'verbose', short: 'v', says: 'Show detailed information on space usage' },
    ],
    run(ask) {
      const { world, engine } = ask
      const images = imagesOf(world, engine)
      const containers = containersOn(world, engine)
      const volumes = volumesOn(world, engine)
      const used = new Set(containers.map(({ imageId }) => imageId))
      const row = (Type: string, total: number, active: number, size: number, free: number) => ({
        Type,
        TotalCount: String(total),
        Active: String(active),
        Size: decimalSize(size),
        Reclaimable: `${decimalSize(free)}${size > 0 ? ` (${Math.floor((100 * free) / size)}%)` : ''}`,
      })
      const sum = (list: readonly number[]): number => list.reduce((total, one) => total + one, 0)
      const written = containers.map((one) => ({
        alive: isAlive(one),
        bytes: sum(Object.values(one.written ?? {}).map((node) => node?.text?.length ?? 0)),
      }))
      const idle = volumes.filter((volume) => mountersOf(ask, volume.name).length === 0)
      const rows = [
        row(
          'Images',
          images.length,
          used.size,
          sum(images.map(({ size }) => size)),
          sum(images.filter(({ id }) => !used.has(id)).map(({ size }) => size)),
        ),
        row(
          'Containers',
          containers.length,
          containers.filter(isAlive).length,
          sum(written.map(({ bytes }) => bytes)),
          sum(written.filter(({ alive }) => !alive).map(({ bytes }) => bytes)),
        ),
        row(
          'Local Volumes',
          volumes.length,
          volumes.length - idle.length,
          sum(volumes.map(volumeBytes)),
          sum(idle.map(volumeBytes)),
        ),
        row('Build Cache', 0, 0, 0, 0),
      ]
      const columns = [
        ['TYPE', 'Type'],
        ['TOTAL', 'TotalCount'],
        ['ACTIVE', 'Active'],
        ['SIZE', 'Size'],
        ['RECLAIMABLE', 'Reclaimable'],
      ] as const
      ask.out(
        formatRows(
          rows,
          columns,
          { Type: 'TYPE', TotalCount: 'TOTAL', Active: 'ACTIVE', Reclaimable: 'RECLAIMABLE' },
          ask.text('format'),
        ),
      )
      return { exit: 0 }
    },
  },
  {
    path: 'system prune',
    summary: 'Remove unused data',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [
      { name: 'all', short: 'a', says: 'Remove all unused images not just dangling ones' },
      { name: 'filter', type: 'filter', says: 'Provide filter values (e.g. "label=<key>=<value>")' },
      FORCE,
      { name: 'volumes', says: 'Prune anonymous volumes' },
    ],
    run: (ask) => pruningAll(ask),
    resume: (ask) => pruningAll(ask),
  },
  {
    path: 'container prune',
    summary: 'Remove all stopped containers',
    usage: '[OPTIONS]',
    args: [0, 0],
    flags: [{ name: 'filter', type: 'filter', says: 'Provide filter values (e.g. "until=<timestamp>")' }, FORCE],
    run: (ask) => pruningContainers(ask),
    resume: (ask) => pruningContainers(ask),
  },
  {
    path: 'login',
    summary: 'Authenticate to a registry',
    usage: '[OPTIONS] [SERVER]',
    args: [0, 1],
    flags: [
      { name: 'password', short: 'p', type: 'string', says: 'Password or Personal Access Token (PAT)' },
      { name: 'password-stdin', says: 'Take the Password or Personal Access Token (PAT) from stdin' },
      { name: 'username', short: 'u', type: 'string', says: 'Username' },
    ],
    run(ask) {
      const server = ask.args[0]?.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
      const host = server === undefined || server === 'index.docker.io' ? 'docker.io' : server
      const user = ask.text('username')
      if (ask.flag('password-stdin') && user === undefined)
        throw new Problem('Must provide --username with --password-stdin')
      const password = ask.flag('password-stdin') ? (ask.call.stdin ?? '').trim() : ask.text('password')
      if (user === undefined || password === undefined)
        throw new Problem('Error: Cannot perform an interactive login from a non TTY device')
      if (ask.has('password')) ask.err('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n')
      const verdict = registryOf(host)?.login?.(ask.world, host, user, password)
      if (verdict && !verdict.allowed) throw new Problem(`Error response from daemon: ${verdict.error}`)
      if (password === '')
        throw new Problem(
          `Error response from daemon: Get "https://${host === 'docker.io' ? 'registry-1.docker.io' : host}/v2/": unauthorized: incorrect username or password`,
        )
      ask.emit([{ to: ask.engine, type: 'Configured', data: { logins: { ...ask.engineRecord.logins, [host]: user } } }])
      ask.err(
        `\nWARNING! Your credentials are stored unencrypted in '${ask.call.env.HOME ?? '/root'}/.docker/config.json'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`,
      )
      ask.out('Login Succeeded\n')
      return { exit: 0 }
    },
  },
  {
    path: 'logout',
    summary: 'Log out from a registry',
    usage: '[SERVER]',
    args: [0, 1],
    run(ask) {
      const host = ask.args[0] ?? 'docker.io'
      const { [host]: known, ...logins } = ask.engineRecord.logins ?? {}
      const name = host === 'docker.io' ? 'https://index.docker.io/v1/' : host
      ask.out(known === undefined ? `Not logged in to ${name}\n` : `Removing login credentials for ${name}\n`)
      if (known !== undefined) ask.emit([{ to: ask.engine, type: 'Configured', data: { logins } }])
      return { exit: 0 }
    },
  },
]
