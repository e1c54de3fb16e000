import type { Container } from '../domains/docker/index.ts'
import type { Stage } from './stage.ts'

/** One documented line of `docker events`. */
interface Happening {
  readonly type: string
  readonly action: string
  readonly id: string
  readonly attributes: Readonly<Record<string, string>>
}

/** What an engine has to have before something happens with it. */
interface Providing {
  container(name: string, state: 'runs' | 'stopped', image?: string, command?: string): Container | undefined
  image(name: string): void
}

/** The documented lines of events that say what happened. */
export function happeningsOf(output: string): readonly Happening[] {
  return output.split('\n').flatMap((line) => {
    const [, type, action, id, rest] = /^\S+ (\w+) (\w+) ([\w./:-]+)(?: \((.*)\))?$/.exec(line.trim()) ?? []
    if (type === undefined || action === undefined || id === undefined) return []
    const attributes = Object.fromEntries((rest ?? '').split(', ').map((pair) => pair.split(/=(.*)/s).slice(0, 2)))
    return [{ type, action, id, attributes: attributes as Record<string, string> }]
  })
}

/** Makes happen, by lines that a person could type in another terminal, what a page shows in its stream of events. */
export class Happenings {
  private readonly stage: Stage
  private readonly providing: Providing
  private readonly done = new Set<string>()

  constructor(stage: Stage, providing: Providing) {
    this.stage = stage
    this.providing = providing
  }

  /** Brings into being what the first events of something take for granted. */
  presume(lines: readonly Happening[]): void {
    const seen = new Set<string>()
    for (const line of lines) {
      const name = nameOf(line)
      const key = `${line.type} ${name}`
      if (seen.has(key)) continue
      seen.add(key)
      if (['service', 'secret', 'config', 'node'].includes(line.type)) this.stage.run('docker swarm init')
      if (line.type === 'network') this.stage.run(`docker rm -f ${name}-member`)
      if (line.type !== 'container') {
        if (['create', 'pull'].includes(line.action)) this.stage.run(`docker ${line.type} rm -f ${name}`)
        continue
      }
      if (line.action === 'create') this.stage.run(`docker rm -f ${name}`)
      else this.providing.container(name, line.action === 'start' ? 'stopped' : 'runs', line.attributes.image, ' top')
    }
  }

  /** Makes the lines happen, in order; what has happened before is not repeated when `once`. */
  bringAbout(lines: readonly Happening[], once: boolean): void {
    const over = new Set<string>()
    const isNew = (line: Happening): boolean => !this.done.has(`${line.type} ${line.action} ${nameOf(line)}`)
    if (once && lines.some(isNew)) this.presume(lines)
    for (const [at, line] of lines.entries()) {
      const key = `${line.type} ${line.action} ${nameOf(line)}`
      if (once && this.done.has(key)) continue
      this.done.add(key)
      for (const typed of this.typed(line, lines.slice(at + 1), over)) this.stage.run(typed)
      this.stage.pass(500)
    }
  }

  private typed(line: Happening, later: readonly Happening[], over: Set<string>): readonly string[] {
    const { type, action, attributes } = line
    const name = nameOf(line)
    const next = (wanted: string): Happening | undefined =>
      later.find((other) => other.type === type && nameOf(other) === name && other.action === wanted)
    if (type === 'container') {
      const image = attributes.image ?? 'busybox'
      switch (action) {
        case 'create': {
          this.providing.image(image)
          const deaf = later.some((one) => nameOf(one) === name && one.attributes.signal === '9')
          return [`docker create --name ${name} ${image} ${deaf ? 'sh -c \'trap "" TERM; sleep 1d\'' : 'top'}`]
        }
        case 'start':
          over.delete(name)
          return [`docker start ${name}`]
        case 'kill':
        case 'die':
        case 'stop': {
          if (over.has(name)) return []
          over.add(name)
          if (action === 'stop' || next('stop')) return [`docker stop ${name}`]
          return [attributes.signal === '15' ? `docker kill -s TERM ${name}` : `docker kill ${name}`]
        }
        case 'destroy':
          return [`docker rm ${name}`]
        case 'pause':
        case 'unpause':
          return [`docker ${action} ${name}`]
        default:
          return []
      }
    }
    const held = later.find((other) => other.type === type && ['mount', 'connect'].includes(other.action))
    if (type === 'volume')
      return action === 'create'
        ? [`docker volume create ${name}`]
        : action === 'mount'
          ? [`docker run --rm -v ${name}:${attributes.destination ?? '/foo'} busybox true`]
          : action === 'destroy'
            ? [`docker volume rm ${name}`]
            : []
    if (type === 'network' && !['bridge', 'host', 'none'].includes(name))
      return action === 'create'
        ? [`docker network create ${name}`]
        : action === 'connect'
          ? [`docker run -d --name ${name}-member --network ${name} busybox top`]
          : action === 'destroy' && !held
            ? [`docker network rm ${name}`]
            : []
    if (type === 'image') return action === 'pull' ? [`docker pull ${name}`] : []
    if (type === 'plugin') return action === 'pull' ? [`docker plugin install --grant-all-permissions ${name}`] : []
    if (type === 'service')
      return action === 'create'
        ? [`docker service create -d --name ${name} nginx`]
        : action === 'remove'
          ? [`docker service rm ${name}`]
          : []
    if (type === 'secret' || type === 'config')
      return action === 'create'
        ? [`echo text | docker ${type} create ${name} -`]
        : action === 'remove'
          ? [`docker ${type} rm ${name}`]
          : []
    return []
  }
}

function nameOf({ type, id, attributes }: Happening): string {
  if (type === 'volume' || type === 'image') return id
  return attributes.name ?? `container_${id.slice(0, 4)}`
}
