import { findImage, parseReference } from '../domains/containerd/index.ts'
import { type Container, containersOn, findContainer, findLocalImage, isAlive, LOCAL } from '../domains/docker/index.ts'
import { type DockerCall, dockerCalls } from './dockerCall.ts'
import { Happenings, happeningsOf } from './dockerHappenings.ts'
import { dockerTables } from './dockerOutputs.ts'
import { bakeFileOf, shownFile } from './dockerPresumed.ts'
import { Supplies } from './dockerSupplies.ts'
import type { PageStep } from './page.ts'
import type { Stage } from './stage.ts'
import { isSwarmCall, SwarmScenery } from './swarmScenery.ts'

/** Commands whose first operands name containers, and whether these run. */
const ON_CONTAINERS: Readonly<Record<string, 'runs' | 'stopped' | 'paused' | 'any'>> = {
  stop: 'runs',
  restart: 'runs',
  kill: 'runs',
  rm: 'stopped',
  pause: 'runs',
  unpause: 'paused',
  logs: 'runs',
  exec: 'runs',
  attach: 'runs',
  top: 'runs',
  port: 'runs',
  stats: 'runs',
  inspect: 'any',
  diff: 'runs',
  commit: 'runs',
  rename: 'runs',
  update: 'runs',
  wait: 'runs',
  start: 'stopped',
  export: 'any',
}
const ON_IMAGES = new Set([
  'tag',
  'push',
  'rmi',
  'image rm',
  'image tag',
  'image push',
  'history',
  'image history',
  'save',
  'image save',
  'image inspect',
])
const BAKE_FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-bake.json', 'docker-bake.hcl']
/** Names that docker makes up. */
const RANDOM = /^[a-z]+_[a-z]+\d?$/
const ID = /^(?:sha256:)?[0-9a-f]{4,64}$/

/**
 * Brings about what a page of docker's documentation takes for granted, before each step: containers, images, networks, volumes and compose
 * projects that its command names or its documented output lists and the engine lacks. Only by lines that a person could give.
 */
export class DockerScenery {
  private readonly stage: Stage
  /** What stands for ids that pages show: by the documented id, the name that it was given here. */
  private readonly ids = new Map<string, string>()

  /** Why the step that was set last tells nothing of ours; undefined when it does. */
  given: string | undefined
  private readonly happenings: Happenings
  /** Files that were placed here because a page shows or presumes them. */
  private readonly placed = new Set<string>()
  /** The services of a page that has no compose file, and the name of their project. */
  private readonly services = new Map<string, { readonly image: string; readonly over: boolean }>()
  private projectName: string | undefined
  /** Whether the page has shown a file since the last bake. */
  private defined = false
  private readonly swarm: SwarmScenery
  private readonly supplies: Supplies

  constructor(stage: Stage) {
    this.stage = stage
    this.swarm = new SwarmScenery(stage, (name) => this.image(name))
    this.supplies = new Supplies(stage, {
      image: (name) => this.image(name),
      localImage: (name) => this.localImage(name),
    })
    this.happenings = new Happenings(stage, {
      container: (name, state, image, command) => this.container(name, state, image, command),
      image: (name) => this.image(name),
    })
  }

  /** What a step showed that is played in a way of its own: events, while the documented ones happen elsewhere. */
  played(step: PageStep, line: string): string | undefined {
    const [call] = dockerCalls(line)
    if (step.output === null || !call || !['events', 'system events'].includes(call.verb)) return undefined
    const lines = happeningsOf(step.output)
    if (lines.length === 0) return undefined
    if (call.flags.since) {
      this.happenings.bringAbout(lines, true)
      return undefined
    }
    this.happenings.presume(lines)
    const named = line.replace(/(?<=container=)([0-9a-f]{12,64})\b/g, (id: string) => {
      const found = lines.find((one) => one.type === 'container' && one.id.slice(0, 4) === id.slice(0, 4))
      return found?.attributes.name ?? id
    })
    const window = this.stage.open(named)
    this.happenings.bringAbout(lines, false)
    return window.close()
  }

  /** Sets the stage for a step as it will be typed; answers the line with ids of the page replaced by names that are there. */
  set(step: PageStep, given: string): string {
    const line = given.replace(/(?<![\w./@:-])[0-9a-f]{4,64}(?![\w-])/g, (text) => this.printed(text) ?? text)
    const output = step.output ?? ''
    const calls = dockerCalls(line)
    this.given = undefined
    const file = shownFile(line, output)
    if (file && (file.typed || this.placed.has(file.path) || this.lacks(file.path))) {
      this.placed.add(file.path)
      this.defined = true
      this.stage.place(file.path, file.typed && !this.lacks(file.path) ? `${this.text(file.path)}\n${output}` : output)
      this.given = 'a file that the page shows, not an output'
    }
    this.swarm.set(calls, output)
    for (const call of calls) {
      if (isSwarmCall(call)) continue
      this.prepare(call, output)
      this.supplies.set(call, line, output)
    }
    let typed = line
    for (const [id, name] of this.ids) typed = typed.replaceAll(new RegExp(`(?<![\\w-])${id}(?![\\w-])`, 'g'), name)
    return this.swarm.typed(typed)
  }

  private prepare(call: DockerCall, output: string): void {
    const { verb, operands } = call
    if (['build', 'buildx build', 'image build'].includes(verb)) this.dockerfile(call, output)
    const plain = verb.replace(/^container /, '')
    for (const network of [...(call.flags.network ?? []), ...(call.flags.net ?? [])])
      if (['run', 'create'].includes(plain)) this.network(network)
    if (plain === 'run' || plain === 'create') this.image(operands[0])
    if (verb === 'pull' || verb === 'image pull') this.image(operands[0])
    if (ON_IMAGES.has(verb))
      for (const name of verb.endsWith('tag') ? operands.slice(0, 1) : operands) this.localImage(name)
    if (
      verb.startsWith('compose ') &&
      !['compose up', 'compose config', 'compose version', 'compose ls', 'compose build'].includes(verb)
    )
      this.project(call, output)
    if (verb === 'network connect' || verb === 'network disconnect') {
      this.network(operands[0])
      this.container(operands[1], 'runs')
      if (verb.endsWith('disconnect')) this.stage.run(`docker network connect ${operands[0]} ${operands[1]}`)
    }
    if (['network inspect', 'network rm'].includes(verb)) for (const name of operands) this.networkWith(name, output)
    if (['volume inspect', 'volume rm'].includes(verb)) for (const name of operands) this.volume(name)
    const state = ON_CONTAINERS[plain]
    if (state !== undefined && !verb.startsWith('image') && !/No such|not found|Conflict/i.test(output)) {
      const many = !['exec', 'logs', 'attach', 'top', 'port', 'diff', 'commit', 'rename', 'export'].includes(plain)
      for (const name of many ? operands : operands.slice(0, 1)) {
        if (plain === 'inspect' && (this.isKnown(name) || /"RootFS"|"RepoTags"/.test(output))) this.localImage(name)
        else this.container(name, plain === 'rm' && call.flags.f ? 'runs' : state)
      }
    }
    if (plain === 'cp' || plain === 'compose cp')
      for (const name of operands) if (name.includes(':')) this.container(name.split(':')[0], 'runs')
    if (plain === 'ps' || verb === 'container ls' || plain === 'stats') this.rows(output)
    if (verb === 'images' || verb === 'image ls' || verb === 'image list') this.imageRows(output)
    if (verb.endsWith('prune')) this.pruned(output)
    if (verb === 'buildx bake') this.definition(call, output)
    for (const given of [...(call.flags['env-file'] ?? []), ...(call.flags['label-file'] ?? [])]) {
      const path = given.replace(/^\.\//, '')
      if (!path.includes('$') && this.lacks(path)) {
        this.placed.add(path)
        this.stage.place(path, '')
      }
    }
    if (verb.startsWith('plugin ')) this.plugins(verb, operands[0], output)
    if (verb === 'volume create') this.plugin((call.flags.d ?? call.flags.driver)?.[0], true)
    if (verb === 'search') for (const row of rowsOf(output)) this.image(row.NAME)
    if (verb === 'network ls') for (const row of rowsOf(output)) this.network(row.NAME)
    if (verb === 'volume ls') for (const row of rowsOf(output)) this.volume(row['VOLUME NAME'] ?? row.NAME)
  }

  /** Takes note of the id that a page shows for what a step has run: in ours it is that of the container that came last. */
  learn(step: PageStep, line: string): void {
    const [shown = ''] = /^[0-9a-f]{12,64}$/m.exec(step.output ?? '') ?? []
    const [call] = dockerCalls(line)
    if (shown === '' || !call || !/^(?:container )?(?:run|create)$/.test(call.verb)) return
    const last = [...containersOn(this.stage.world, LOCAL)].sort((a, b) => b.born - a.born)[0]
    if (last) this.run.set(shown, last.name)
  }
  /** Containers by the ids that the page shows for them. */
  private readonly run = new Map<string, string>()

  /** The container whose documented id begins so. */
  private printed(text: string): string | undefined {
    for (const [id, name] of this.run) if (id.startsWith(text) && /\d/.test(text)) return name
    return undefined
  }

  private text(path: string): string {
    return this.stage.run(`cat '${path}' 2>/dev/null`).output
  }

  private lacks(path: string): boolean {
    return this.stage.run(`test -e '${path}' && echo there`).output.trim() === ''
  }

  private isKnown(name: string): boolean {
    return (
      findContainer(this.stage.world, LOCAL, name) === undefined &&
      findLocalImage(this.stage.world, LOCAL, name) !== undefined
    )
  }

  /** Makes an image one that some registry has. */
  private image(name: string | undefined): void {
    if (
      name === undefined ||
      name.includes('$') ||
      !parseReference(name) ||
      findLocalImage(this.stage.world, LOCAL, name)
    )
      return
    if ('image' in findImage(this.stage.world, name)) return
    this.stage.run(`lab image add ${name}`)
  }

  private localImage(name: string | undefined): void {
    if (name === undefined || name.includes('$') || name.startsWith('<')) return
    if (findLocalImage(this.stage.world, LOCAL, name)) return
    if (ID.test(name) && !/[g-z]/.test(name)) {
      const made = this.ids.get(name) ?? `image-${this.ids.size + 1}`
      this.ids.set(name, made)
      if (!findLocalImage(this.stage.world, LOCAL, made)) {
        this.image(made)
        this.stage.run(`docker pull -q ${made}`)
      }
      return
    }
    this.image(name)
    this.stage.run(`docker pull -q ${name}`)
  }

  private network(name: string | undefined): void {
    if (
      name === undefined ||
      name.includes('$') ||
      name.includes(':') ||
      ['bridge', 'host', 'none', 'default'].includes(name) ||
      name.startsWith('-')
    )
      return
    if (/^[\w.-]+$/.test(name) && !ID.test(name)) this.stage.run(`docker network create ${name}`)
  }

  /** A network with the containers that its documented description lists. */
  private networkWith(name: string, output: string): void {
    this.network(name)
    for (const [, one = ''] of output.matchAll(/^\s+"Name": "([\w.-]+)",?\s*\n\s+"EndpointID"/gm)) {
      this.container(one, 'runs')
      if (name !== 'bridge') this.stage.run(`docker network connect ${name} ${one}`)
    }
  }

  /** Plugins that a command is about or that a list shows, enabled or not as it says. */
  private plugins(verb: string, name: string | undefined, output: string): void {
    if (verb === 'plugin ls') for (const row of rowsOf(output)) this.plugin(row.NAME, row.ENABLED !== 'false')
    else if (verb !== 'plugin install' && verb !== 'plugin create')
      this.plugin(name, ['plugin disable', 'plugin inspect'].includes(verb))
  }

  private plugin(name: string | undefined, enabled: boolean): void {
    if (name === undefined || name === 'local' || !/^[\w./:-]+$/.test(name)) return
    this.stage.run(`docker plugin install --grant-all-permissions ${enabled ? '' : '--disable '}${name}`)
  }

  private volume(name: string | undefined): void {
    if (name !== undefined && /^[\w.-]+$/.test(name)) this.stage.run(`docker volume create ${name}`)
  }

  /** A container of a name or of an id that a page shows, in the state that a command expects. */
  private container(
    text: string | undefined,
    state: 'runs' | 'stopped' | 'paused' | 'any',
    image?: string,
    command?: string,
  ): Container | undefined {
    if (text === undefined || text.includes('$') || text.startsWith('-') || !/^[\w.-]+$/.test(text)) return undefined
    const mine = RANDOM.test(text) ? this.unclaimed(text, state === 'runs' ? 'Up' : undefined) : undefined
    if (mine !== undefined) this.ids.set(text, mine)
    const name = this.ids.get(text) ?? text
    const found = findContainer(this.stage.world, LOCAL, name)
    const there = found === 'many' ? undefined : found
    if (!there) {
      const own = ID.test(text) && /\d/.test(text) ? `container-${this.ids.size + 1}` : name
      if (own !== text) this.ids.set(text, own)
      const of = image ?? (/^[a-z]+$/.test(own) && 'image' in findImage(this.stage.world, own) ? own : 'nginx')
      this.image(of)
      this.stage.run(`docker run -d --name ${own} ${of}${command ?? ''}`)
    }
    const now = findContainer(this.stage.world, LOCAL, this.ids.get(text) ?? name)
    if (!now || now === 'many') return undefined
    if (state === 'runs' && !isAlive(now)) this.stage.run(`docker start ${now.name}`)
    if (state === 'stopped' && isAlive(now)) this.stage.run(`docker stop -t 0 ${now.name}`)
    if (state === 'paused' && now.state === 'running') this.stage.run(`docker pause ${now.name}`)
    return now
  }

  /** A container that the page has run without a name, which stands for the one that it shows under docker's own. */
  private unclaimed(name: string, status: string | undefined, image?: string): string | undefined {
    if (this.ids.has(name)) return this.ids.get(name)
    if (findContainer(this.stage.world, LOCAL, name)) return undefined
    const taken = new Set(this.ids.values())
    const plain = (one: string): string => one.replace(/:latest$/, '')
    return containersOn(this.stage.world, LOCAL)
      .filter(
        (one) =>
          RANDOM.test(one.name) &&
          !taken.has(one.name) &&
          (image === undefined || plain(one.spec.image) === plain(image)) &&
          (status === undefined || /^Up/.test(status) === isAlive(one)),
      )
      .sort((a, b) => b.born - a.born)[0]?.name
  }

  /** Containers that a list shows: with their names, images, ports and states. */
  private rows(output: string): void {
    for (const row of rowsOf(output)) {
      const name = (row.NAMES ?? row.NAME ?? '').split(',')[0] ?? ''
      const id = row['CONTAINER ID'] ?? ''
      if (!/^[\w.-]+$/.test(name) && !ID.test(id)) continue
      const own = /^[\w.-]+$/.test(name) && name !== '' ? name : `container-${this.ids.size + 1}`
      const claimed = RANDOM.test(own) ? this.unclaimed(own, row.STATUS, row.IMAGE) : undefined
      if (claimed !== undefined) this.ids.set(own, claimed)
      if (id !== '') this.ids.set(id, claimed ?? own)
      if (claimed !== undefined || findContainer(this.stage.world, LOCAL, own)) continue
      const image = row.IMAGE && parseReference(row.IMAGE) ? row.IMAGE : 'nginx'
      this.image(image)
      const ports = [...(row.PORTS ?? '').matchAll(/(?:([\d.]+):)?(\d+)->(\d+)\/(tcp|udp)/g)].map(
        ([, ip, host, inner, protocol]) => `-p ${ip && ip !== '0.0.0.0' ? `${ip}:` : ''}${host}:${inner}/${protocol}`,
      )
      const exposed = [...(row.PORTS ?? '').matchAll(/(?:^|, )(\d+\/(?:tcp|udp))/g)].map(
        ([, port]) => `--expose ${port}`,
      )
      const status = row.STATUS ?? 'Up'
      const code = /^Exited \((\d+)\)/.exec(status)?.[1]
      const how = status.startsWith('Created') ? 'create' : 'run -d'
      const options = `--name ${own} ${code === undefined ? '' : '--entrypoint sh'}`
      const rest =
        code !== undefined ? `${image} -c "exit ${code}"` : `${image}${SYSTEMS.test(image) ? ' sleep 1d' : ''}`
      this.stage.run(`docker ${how} ${options} ${[...ports, ...exposed].join(' ')} ${rest}`)
      const made = findContainer(this.stage.world, LOCAL, own)
      if (made && made !== 'many' && made.error !== undefined) {
        this.stage.run(`docker rm -f ${own}`)
        this.stage.run(`docker ${how} ${options} ${rest}`)
      }
      if (status.includes('Paused')) this.stage.run(`docker pause ${own}`)
    }
  }

  /** Images that a list shows, under their names. */
  private imageRows(output: string): void {
    for (const row of rowsOf(output)) {
      const repository = row.REPOSITORY ?? ''
      const tag = row.TAG ?? 'latest'
      if (repository === '' || repository.startsWith('<') || !parseReference(`${repository}:${tag}`)) continue
      this.localImage(`${repository}:${tag === '<none>' ? 'latest' : tag}`)
    }
  }

  /** The definition of a bake whose page shows none since the last one: of the targets that it prints. */
  private definition(call: DockerCall, output: string): void {
    const text = bakeFileOf(output)
    const there = BAKE_FILES.filter((path) => !this.lacks(path))
    if (
      text !== undefined &&
      !this.defined &&
      !call.flags.f &&
      !call.flags.file &&
      there.every((path) => this.placed.has(path))
    ) {
      for (const path of there) {
        this.stage.run(`rm ${path}`)
        this.stage.forget(path)
      }
      this.placed.add('docker-bake.json')
      this.stage.place('docker-bake.json', text)
    }
    this.defined = false
  }

  /** What a prune tells to have deleted: stopped containers, networks, volumes without a name, images. */
  private pruned(output: string): void {
    const parts = new Map<string, string[]>()
    let part: string[] | undefined
    for (const line of output.split('\n')) {
      const [, heading] = /^Deleted (Containers|Networks|Volumes|Images):/.exec(line) ?? []
      if (heading !== undefined) {
        part = []
        parts.set(heading, part)
      } else if (line.trim() === '' || line.startsWith('Total')) part = undefined
      else part?.push(line.trim())
    }
    const count = (heading: string): number => parts.get(heading)?.length ?? 0
    const stopped = this.stage.run('docker ps -aq --filter status=exited --filter status=created').output
    for (let i = stopped.split('\n').filter((id) => id !== '').length; i < count('Containers'); i++)
      this.stage.run('docker create busybox')
    for (const name of parts.get('Networks') ?? []) this.network(name)
    for (let i = 0; i < count('Volumes'); i++) this.stage.run('docker volume create')
    for (const line of parts.get('Images') ?? []) {
      const [, name] = /^untagged: ([^\s@]+)$/.exec(line) ?? []
      if (name !== undefined) this.localImage(name)
    }
  }

  /** A Dockerfile where the page has none: one of the steps that its documented build shows, with the files that these copy. */
  private dockerfile(call: DockerCall, output: string): void {
    const path = call.flags.f?.[0] ?? call.flags.file?.[0] ?? 'Dockerfile'
    if (path.includes('$') || path === '-' || this.stage.run(`cat ${path} 2>/dev/null`).output.trim() !== '') return
    const lines: string[] = []
    const seen = new Set<string>()
    for (const [, stage = '', number = '', step = ''] of output.matchAll(
      /^ ?(?:=>|#\d+) (?:CACHED )?\[(?:([\w.-]+) )?(\d+)\/\d+\] ([^\n]*)/gm,
    )) {
      const text = step
        .replace(/ +\d+\.\d+s *$/, '')
        .replace(/@sha256:\S*/, '')
        .trim()
      const key = `${stage} ${number}`
      if (seen.has(key) || text.includes('...')) continue
      seen.add(key)
      lines.push(
        `${text}${number === '1' && stage && !/ AS /i.test(text) && text.startsWith('FROM') ? ` AS ${stage}` : ''}`,
      )
      const [, sources] = /^(?:COPY|ADD) (?!--)(.*) \S+$/.exec(text) ?? []
      for (const one of sources?.split(' ') ?? [])
        if (/^[\w./-]+$/.test(one) && one !== '.') this.stage.place(one.endsWith('/') ? `${one}file` : one, 'text')
    }
    this.stage.place(path, lines[0]?.startsWith('FROM') ? `${lines.join('\n')}\n` : 'FROM alpine\n')
  }

  /** Takes a service that a list of a project shows: with its image, and whether its container has ended. */
  private service(name: string, row: Readonly<Record<string, string>>): void {
    const whole = (row.NAME ?? row.NAMES ?? '').split(/[-_]/)
    const length = name.split(/[-_]/).length + 1
    if (whole.length > length) this.projectName = whole.slice(0, -length).join('-')
    const status = row.STATUS ?? row.STATE ?? ''
    this.services.set(name, { image: row.IMAGE ?? 'nginx', over: /^exited/i.test(status) })
  }

  private composeFile(): string {
    const services = [...this.services].map(([name, { image, over }]) => {
      const command = over ? '    entrypoint: ["true"]\n' : SYSTEMS.test(image) ? '    command: sleep 1d\n' : ''
      return `  ${name}:\n    image: ${image}\n${command}`
    })
    return `${this.projectName === undefined ? '' : `name: ${this.projectName}\n`}services:\n${services.join('')}`
  }

  /** A compose project that is up; of a page without a file, one with the services that its output names. */
  private project(call: DockerCall, output: string): void {
    const file = this.stage
      .run('ls compose.yaml compose.yml docker-compose.yml docker-compose.yaml 2>/dev/null')
      .output.trim()
    if ((file === '' || this.services.size > 0) && !call.flags.f) {
      const { services } = this
      for (const row of rowsOf(output)) if (row.SERVICE) this.service(row.SERVICE, row)
      const [first] = call.operands
      if (services.size === 0 && first !== undefined && /^[a-z][\w-]*$/.test(first))
        services.set(first, { image: 'nginx', over: false })
      if (services.size === 0) return
      for (const { image } of services.values()) this.image(image)
      this.stage.place('compose.yaml', this.composeFile())
    }
    this.stage.run('docker compose up -d')
  }
}

/** Images that do nothing by themselves. */
const SYSTEMS = /^(?:ubuntu|debian|alpine|busybox|centos|fedora|amazonlinux)(?::|$)/

function rowsOf(output: string): readonly Readonly<Record<string, string>>[] {
  return dockerTables(output).flatMap(({ headings, rows }) =>
    rows.map((row) => Object.fromEntries(headings.map((heading, i) => [heading, row[i] ?? '']))),
  )
}
