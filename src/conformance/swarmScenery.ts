import type { DockerCall } from './dockerCall.ts'
import { dockerTables } from './dockerOutputs.ts'
import type { Stage } from './stage.ts'

const GROUPS = new Set(['swarm', 'node', 'service', 'stack', 'config', 'secret'])
const NAME = /^[a-zA-Z0-9][\w.-]*$/
/** Ids of the swarm, whole or cut. */
const ID = /^(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])(?:[a-z0-9]{25}|[a-z0-9]{12})$/
const TOKEN = /SWMTKN-\d-[0-9a-z]+-[0-9a-z]+/g
/** Images that do nothing by themselves, and a command that keeps them. */
const SYSTEMS = /^(?:ubuntu|debian|alpine|busybox|centos|fedora)(?::|@|$)/

/** A service that a page shows: its image, from the oldest on, how many, and its ports. */
interface Shown {
  images: string[]
  replicas: number
  global: boolean
  ports: string[]
  /** Further flags. */
  more?: string
}

/** A command of swarm mode, or one about a network of a swarm. */
export function isSwarmCall({ verb, flags }: DockerCall): boolean {
  return (
    GROUPS.has(verb.split(' ')[0] ?? '') ||
    (verb === 'network create' && [...(flags.driver ?? []), ...(flags.d ?? [])].includes('overlay'))
  )
}

/**
 * Brings about the swarm that a page takes for granted before a step: nodes, services, stacks, configs, secrets and networks that its
 * command names or its documented output lists. Only by lines that a person could give.
 */
export class SwarmScenery {
  private readonly stage: Stage
  private readonly image: (name: string | undefined) => void
  /** The machine on which the present step is done, where that is another one than the terminal's. */
  private elsewhere: string | undefined
  private machines = 0
  /** What the ids that pages show mean: a service, or a place of it. */
  private readonly ids = new Map<string, { readonly service: string; readonly slot?: string }>()

  constructor(stage: Stage, image: (name: string | undefined) => void) {
    this.stage = stage
    this.image = image
  }

  /** Sets the stage for the calls of a line. */
  set(calls: readonly DockerCall[], output: string): void {
    this.elsewhere = undefined
    for (const row of rowsOf(output)) {
      const [, service, slot, whole] = /^([\w-]+)\.(\d+)(?:\.([a-z0-9]{25}))?$/.exec((row.NAME ?? '').trim()) ?? []
      const id = whole ?? (row.ID ?? '').replace(/ \*$/, '')
      if (!ID.test(id)) continue
      if (service !== undefined && slot !== undefined) this.ids.set(id, { service, slot })
      else if ((row.REPLICAS ?? row.SCALE) !== undefined && row.NAME) this.ids.set(id, { service: row.NAME })
    }
    const all = calls.filter(isSwarmCall)
    if (all.length === 0) {
      if (calls.some(({ verb }) => verb === 'info') && /^\s*(?:ClusterID|Swarm: active)/m.test(output)) this.begin()
      return
    }
    for (const call of all) this.prepare(call, output)
  }

  /** The line as it will be typed: with tokens of ours, and for the machine that it is meant for. */
  typed(line: string): string {
    let typed = line
    for (const [id, { service, slot }] of this.ids) {
      if (!typed.includes(id)) continue
      const own =
        slot === undefined
          ? service
          : this.run(`docker service ps -q --no-trunc ${service} --filter name=${service}.${slot}`).split('\n')[0]
      if (own) typed = typed.replaceAll(id, own)
    }
    if (this.elsewhere !== undefined) {
      const host = this.elsewhere === '' ? '' : `-H ssh://${this.elsewhere} `
      const token = this.run('docker swarm join-token -q worker').trim()
      const { address } = this.leader()
      typed = typed
        .replace(TOKEN, token)
        .replace(/\d+\.\d+\.\d+\.\d+:2377/g, `${address}:2377`)
        .replace(/^docker /, `docker ${host}`)
      typed = typed.replace(/--token\s+(?!SWMTKN)\S+/, `--token ${token}`)
    }
    return typed
  }

  private run(line: string): string {
    return this.stage.run(line).output
  }

  private get on(): boolean {
    return this.stage.world.get('docker.Swarm/default') !== undefined
  }

  private begin(): void {
    if (!this.on) this.run('docker swarm init')
  }

  private leader(): { readonly address: string } {
    const { leader } = (this.stage.world.get('docker.Swarm/default') ?? {}) as { readonly leader?: string }
    return (this.stage.world.get(leader ?? '') as { readonly address: string } | undefined) ?? { address: '198.18.0.1' }
  }

  /** The name of a machine that was not used before. */
  private machine(): string {
    return `machine-${++this.machines}`
  }

  private prepare(call: DockerCall, output: string): void {
    const { verb, operands } = call
    if (verb === 'swarm init') {
      if (this.on) this.run('docker swarm leave --force')
      return
    }
    this.begin()
    if (verb === 'swarm join') {
      this.elsewhere = this.machine()
      this.run(`lab swarm machines ${this.elsewhere}`)
      return
    }
    if (verb === 'swarm leave' && !call.flags.force && !call.flags.f && /left/.test(output)) {
      this.elsewhere = this.machine()
      this.run(`lab swarm nodes ${this.elsewhere}`)
      this.stage.pass(2000)
      return
    }
    if (/^swarm (?:unlock-key|unlock)$/.test(verb)) this.run('docker swarm update --autolock=true')
    if (verb === 'swarm unlock') this.run('lab engine stop; lab engine start')
    this.nodes(verb, operands, output)
    this.wanted(call)
    this.blobs(call, output)
    if (verb.startsWith('stack ')) this.stack(call, output)
    else if (verb.startsWith('service ')) this.services(call, output)
    else if (verb === 'node ps') for (const [name, shown] of shownTasks(output)) this.service(name, shown)
    this.stage.pass(25_000)
  }

  /** Nodes that are named or listed; the machine of the terminal has the name of the one that is marked, or of the first manager. */
  private nodes(verb: string, operands: readonly string[], output: string): void {
    const found = new Map<string, boolean>()
    let self: string | undefined
    for (const row of rowsOf(output)) {
      if (row.HOSTNAME !== undefined) {
        const manages = /Leader|Reachable|Unreachable/.test(row['MANAGER STATUS'] ?? '')
        if (/\*/.test(row.ID ?? '') || row['MANAGER STATUS'] === 'Leader') self = row.HOSTNAME
        found.set(row.HOSTNAME, manages)
      }
      if (row.NODE && NAME.test(row.NODE) && !ID.test(row.NODE)) found.set(row.NODE, false)
    }
    for (const [, name = ''] of output.matchAll(/"Hostname": "([\w.-]+)"|^Hostname:\s+(\S+)/gm))
      if (name !== '') found.set(name, false)
    const [, own] = /^Hostname:\s+(\S+)/m.exec(output) ?? []
    if (own !== undefined && operands.includes('self')) self = own
    if (/^node (?:inspect|ps|update|promote|demote|rm)$/.test(verb))
      for (const name of operands) if (name !== 'self' && NAME.test(name)) found.set(name, verb === 'node demote')
    if (found.size === 0) return
    const known = new Set(
      [...this.stage.world.all('docker.Node')].map((node) => (node as unknown as { hostname: string }).hostname),
    )
    self ??= known.has('orrery') ? [...found.keys()].find((name) => /manager|leader|node-?1$/i.test(name)) : undefined
    if (
      self !== undefined &&
      verb !== 'node rm' &&
      verb !== 'node demote' &&
      verb !== 'node promote' &&
      !known.has(self)
    ) {
      this.run(`lab swarm hostname ${self}`)
      known.add(self)
    }
    for (const [name, manages] of found) {
      if (known.has(name) || !NAME.test(name)) continue
      this.run(`lab swarm nodes ${name}${manages ? ' --managers 1' : ''}`)
      this.stage.pass(1500)
    }
    if (verb === 'node rm' && !/not\s+down/.test(output))
      for (const name of operands) this.run(`lab swarm fail ${name}`)
    if (verb === 'node rm') this.stage.pass(20_000)
  }

  /** Networks, images, secrets and configs that flags name. */
  private wanted(call: DockerCall): void {
    const { verb, flags, operands } = call
    if (verb === 'service create') this.image(operands[0])
    this.image(flags.image?.[0])
    for (const name of ['network', 'network-add', 'network-rm'])
      for (const value of flags[name] ?? []) {
        const own = /name=([\w.-]+)/.exec(value)?.[1] ?? value
        if (NAME.test(own) && !['host', 'bridge', 'none', 'ingress'].includes(own))
          this.run(`docker network create -d overlay ${own}`)
      }
    for (const sort of ['secret', 'config'])
      for (const name of [sort, `${sort}-add`])
        for (const value of flags[name] ?? []) this.blob(sort, /(?:source|src)=([\w.-]+)/.exec(value)?.[1] ?? value)
  }

  private blob(sort: string, name: string): void {
    if (NAME.test(name) && !name.includes('=')) this.run(`echo text | docker ${sort} create ${name} -`)
  }

  private blobs({ verb, operands, flags }: DockerCall, output: string): void {
    const [sort = '', what] = verb.split(' ')
    if (sort !== 'secret' && sort !== 'config') return
    if (what === 'ls') for (const row of rowsOf(output)) this.blob(sort, row.NAME ?? '')
    if (what === 'inspect' || what === 'rm') for (const name of operands) this.blob(sort, name)
    if (what === 'create' && !/exists/.test(output)) {
      const [name = '', path = '-'] = operands
      if (NAME.test(name)) this.run(`docker ${sort} rm ${name} 2>/dev/null`)
      if (path !== '-' && this.run(`test -e '${path}' && echo there`).trim() === '') this.stage.place(path, 'text\n')
    }
    void flags
  }

  private services(call: DockerCall, output: string): void {
    const { verb, operands } = call
    const shown = new Map<string, Shown>([...listedServices(output), ...shownTasks(output)])
    if (verb === 'service create') {
      const name = call.flags.name?.[0]
      if (name !== undefined && !/already|conflict/i.test(output)) {
        this.run(`docker service rm ${name} 2>/dev/null`)
        this.stage.pass(12_000)
      }
      return
    }
    if (verb !== 'service ls') {
      const names = verb === 'service scale' ? operands.map((text) => text.split('=')[0] ?? '') : operands
      for (const name of names)
        if (NAME.test(name) && !ID.test(name) && !shown.has(name))
          shown.set(name, { images: [], replicas: 1, global: false, ports: [] })
    }
    const asked = (call.flags.format ?? call.flags.f ?? []).some((text) => /\.Replicas\b/.test(text))
    const [, replicas] = (asked ? /^(\d+)\s*$/ : /^ Replicas:\s+(\d+)/m).exec(output) ?? []
    if (asked && replicas !== undefined)
      for (const name of operands) this.run(`docker service scale -d ${name}=${replicas}`)
    for (const [name, one] of shown)
      this.service(
        name,
        {
          ...one,
          ...(replicas === undefined ? {} : { replicas: Number(replicas) }),
          ...prettyPorts(output),
          ...this.prettyMore(output),
        },
        verb === 'service ls' || verb === 'service ps',
      )
    if (/^service (?:rollback)$/.test(verb) || call.flags.rollback)
      for (const name of operands)
        if (
          /^\{\}$/.test(this.run(`docker service inspect -f '{{json .PreviousSpec}}' ${name}`).trim()) ||
          this.run(`docker service inspect -f '{{json .PreviousSpec}}' ${name}`).trim() === 'null'
        )
          this.run(`docker service update -d --label-add staged=yes ${name}`)
  }

  /** Labels and networks that a description shows. */
  private prettyMore(output: string): Partial<Shown> {
    const labels = [...(/^Labels:\n((?: - .*\n)+)/m.exec(output)?.[1] ?? '').matchAll(/^ - (\S+)$/gm)].map(
      ([, label]) => `--label ${label}`,
    )
    const networks = (/^Networks:\s+(.*)$/m.exec(output)?.[1] ?? '').split(/\s+/).filter((name) => NAME.test(name))
    for (const name of networks) this.run(`docker network create -d overlay ${name}`)
    const more = [...labels, ...networks.map((name) => `--network ${name}`)].join(' ')
    return more === '' ? {} : { more }
  }

  /** A service of a name, as it is shown; one that is there already is brought to the shown size and image where a list shows it otherwise. */
  private service(name: string, shown: Shown, exact = false): void {
    if (!NAME.test(name)) return
    const there = this.stage.world.get(`docker.Service/${name}`)
    const [first = /^(?:redis|nginx|postgres|mysql|httpd)$/.test(name) ? name : 'nginx:alpine', ...later] = shown.images
    const now = there as unknown as
      | {
          readonly spec: { readonly mode: string; readonly replicas: number; readonly task: { readonly image: string } }
        }
      | undefined
    if (now && exact) {
      if ((now.spec.mode === 'global') !== shown.global) {
        this.run(`docker service rm ${name}`)
        this.stage.pass(12_000)
        this.service(name, shown)
        return
      }
      const newest = [first, ...later].at(-1) ?? first
      if (shown.images.length > 0 && now.spec.task.image !== newest && now.spec.task.image !== `${newest}:latest`) {
        this.image(newest)
        this.run(`docker service update -d --image ${newest} --update-parallelism 0 ${name}`)
        this.stage.pass(30_000)
      }
      if (!shown.global && now.spec.replicas < shown.replicas)
        this.run(`docker service scale -d ${name}=${shown.replicas}`)
      return
    }
    if (!there) {
      for (const image of [first, ...later]) this.image(image)
      const mode = shown.global ? '--mode global' : `--replicas ${shown.replicas}`
      const ports = shown.ports.map((port) => `-p ${port}`).join(' ')
      this.run(
        `docker service create -d --name ${name} ${mode} ${ports} ${shown.more ?? ''} ${first}${SYSTEMS.test(first) ? ' sleep 1d' : ''}`,
      )
      this.stage.pass(8000)
      for (const image of later) {
        this.run(`docker service update -d --image ${image} --update-parallelism 0 ${name}`)
        this.stage.pass(20_000)
      }
    }
  }

  /** A stack with the services and networks that its documented output names. */
  private stack(call: DockerCall, output: string): void {
    const { verb, operands } = call
    if (verb === 'stack deploy') {
      const file = call.flags['compose-file']?.[0] ?? call.flags.c?.[0]
      if (file !== undefined && file !== '-' && this.run(`test -e '${file}' && echo there`).trim() === '') {
        const names = [...output.matchAll(/^(?:Creating|Updating) service (\S+)/gm)].map(([, name = '']) => name)
        this.compose(file, operands[0] ?? '', new Map(names.map((name) => [name, NOTHING])), [])
      }
      for (const [, image] of this.run(`cat '${file ?? ''}' 2>/dev/null`).matchAll(/^\s+image:\s*['"]?([^\s'"]+)/gm))
        this.image(image)
      return
    }
    for (const stack of operands.filter((name) => NAME.test(name) && !ID.test(name))) {
      const shown = new Map(
        [...listedServices(output), ...shownTasks(output)].filter(([name]) => name.startsWith(`${stack}_`)),
      )
      for (const [, name = ''] of output.matchAll(/^Removing service (\S+)/gm))
        if (name.startsWith(`${stack}_`)) shown.set(name, NOTHING)
      const networks = [...output.matchAll(/^Removing network (\S+)/gm)].flatMap(([, name = '']) =>
        name.startsWith(`${stack}_`) ? [name.slice(stack.length + 1)] : [],
      )
      for (const { images } of shown.values()) for (const image of images) this.image(image)
      if (
        shown.size === 0 ||
        [...this.stage.world.all('docker.Service')].some(({ id }) => id.startsWith(`docker.Service/${stack}_`))
      )
        continue
      this.compose(`stack-${stack}.yml`, stack, shown, networks)
      this.run(`docker stack deploy -c stack-${stack}.yml ${stack}`)
      this.stage.pass(30_000)
    }
  }

  private compose(
    file: string,
    stack: string,
    services: ReadonlyMap<string, Shown>,
    networks: readonly string[],
  ): void {
    const own = networks.filter((name) => name !== 'default')
    const text = [...services].map(([full, { images, replicas, global, ports }], i) => {
      const image = images.at(-1) ?? 'nginx'
      const use =
        own.length > 0 && i === 0
          ? [`    networks: [${[...(networks.includes('default') ? ['default'] : []), ...own].join(', ')}]`]
          : []
      return [
        `  ${full.slice(stack.length + 1)}:`,
        `    image: ${image}`,
        ...(SYSTEMS.test(image) ? ['    command: sleep 1d'] : []),
        ...(secretOf(image) === undefined ? [] : [`    environment: [${secretOf(image)}=secret]`]),
        ...(ports.length > 0 ? [`    ports: [${ports.map((port) => `'${port}'`).join(', ')}]`] : []),
        ...use,
        '    deploy:',
        global ? '      mode: global' : `      replicas: ${Math.max(1, replicas)}`,
      ].join('\n')
    })
    const nets = own.length > 0 ? `\nnetworks:\n${own.map((name) => `  ${name}: {}`).join('\n')}` : ''
    this.stage.place(file, `services:\n${text.join('\n')}${nets}\n`)
  }
}

/** The variable without which a database does not start. */
function secretOf(image: string): string | undefined {
  const [, name] = /^(?:.*\/)?(postgres|mysql|mariadb)(?::|$)/.exec(image) ?? []
  return name === undefined
    ? undefined
    : name === 'mysql'
      ? 'MYSQL_ROOT_PASSWORD'
      : name === 'mariadb'
        ? 'MARIADB_ROOT_PASSWORD'
        : 'POSTGRES_PASSWORD'
}

const NOTHING: Shown = { images: [], replicas: 1, global: false, ports: [] }

/** Services of a list: `docker service ls`, `docker stack services`, in rows or in JSON. */
function listedServices(output: string): ReadonlyMap<string, Shown> {
  const found = new Map<string, Shown>()
  const objects = jsonLines(output).filter((one) => one.Replicas !== undefined && one.Name !== undefined)
  const rows = [
    ...rowsOf(output).filter((row) => row.NAME !== undefined && (row.REPLICAS ?? row.SCALE) !== undefined),
    ...objects.map((one) => ({
      NAME: one.Name,
      REPLICAS: one.Replicas,
      IMAGE: one.Image,
      MODE: one.Mode,
      PORTS: one.Ports,
    })),
  ] as readonly Readonly<Record<string, string | undefined>>[]
  for (const row of rows) {
    const [, wanted = '1'] = /\/(\d+)/.exec(row.REPLICAS ?? row.SCALE ?? '') ?? []
    const image = plainImage(row.IMAGE ?? '')
    found.set(row.NAME ?? '', {
      images: image === '' ? [] : [image],
      replicas: Number(wanted),
      global: row.MODE === 'global',
      ports: [...(row.PORTS ?? '').matchAll(/\*:(\d+)->(\d+)\/(tcp|udp)/g)].map(
        ([, host, inner, protocol]) => `${host}:${inner}/${protocol}`,
      ),
    })
  }
  return found
}

/** Services of a list of tasks: names, images from the oldest on, and how many places. */
function shownTasks(output: string): ReadonlyMap<string, Shown> {
  const found = new Map<string, Shown>()
  const lines = [...output.matchAll(/^([\w-]+)\.(\d+): (\S+)$/gm)].map(([, name, slot, image]) => ({
    NAME: `${name}.${slot}`,
    IMAGE: image ?? '',
  }))
  const objects = jsonLines(output).flatMap((one) =>
    one.DesiredState === undefined ? [] : [{ NAME: one.Name ?? '', IMAGE: one.Image ?? '' }],
  )
  const rows = rowsOf(output).filter((row) => row['DESIRED STATE'] !== undefined || row['CURRENT STATE'] !== undefined)
  for (const row of [...rows, ...lines, ...objects] as readonly Readonly<Record<string, string | undefined>>[]) {
    const [, name, slot] = /^(?:\\_ )?([\w-]+)\.(\d+)(?:\.[a-z0-9]{25})?$/.exec((row.NAME ?? '').trim()) ?? []
    if (name === undefined || ID.test(name) || /Rejected/.test(row['CURRENT STATE'] ?? '')) continue
    const before = found.get(name) ?? { images: [], replicas: 0, global: false, ports: [] }
    const image = plainImage(row.IMAGE ?? '')
    found.set(name, {
      ...before,
      replicas: Math.max(before.replicas, Number(slot)),
      images: image === '' || before.images.includes(image) ? before.images : [image, ...before.images],
    })
  }
  return found
}

function plainImage(text: string): string {
  return text.replace(/@sha256:.*$/, '').replace(/…$/, '')
}

function prettyPorts(output: string): Partial<Shown> {
  const ports = [...output.matchAll(/PublishedPort = (\d+)\s+Protocol = (\w+)\s+TargetPort = (\d+)/g)].map(
    ([, host, protocol, inner]) => `${host}:${inner}/${protocol}`,
  )
  return ports.length > 0 ? { ports } : {}
}

function jsonLines(output: string): readonly Readonly<Record<string, string>>[] {
  return output.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return []
    try {
      return [JSON.parse(line) as Readonly<Record<string, string>>]
    } catch {
      return []
    }
  })
}

function rowsOf(output: string): readonly Readonly<Record<string, string>>[] {
  return dockerTables(output).flatMap(({ headings, rows }) =>
    rows.map((row) => Object.fromEntries(headings.map((heading, i) => [heading, row[i] ?? '']))),
  )
}
