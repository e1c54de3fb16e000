import { quoted } from '../dockerfile/go.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'

/** What one word of EXPOSE means. */
export interface ExposedPorts {
  /** `80/tcp` each. */
  readonly ports: readonly string[]
  /** As written. */
  readonly protocol: string
  /** Whether an address or a port of the host was given too. */
  readonly mapped: boolean
}

/** Reads `[ip:][host:]8000-8001/tcp`; throws in BuildKit's words. Models: buildkit dockerfile2llb/convert_expose.go */
export function readPort(text: string): ExposedPorts {
  const parts = text.split(':')
  const container = parts.at(-1) ?? ''
  const host = parts.length > 1 ? (parts.at(-2) ?? '') : ''
  const ip = parts.slice(0, -2).join(':')
  const cut = container.indexOf('/')
  const range = cut < 0 ? container : container.slice(0, cut)
  const written = cut < 0 ? '' : container.slice(cut + 1)
  if (range === '') throw new DockerfileProblem(`invalid port: ${quoted(text)}: no port specified`)
  if (!['', 'tcp', 'udp', 'sctp'].includes(written.toLowerCase()))
    throw new DockerfileProblem(`invalid port: ${quoted(text)}: invalid proto: ${written}`)
  const bare = /^\[(.*)\]$/.exec(ip)?.[1] ?? ip
  if (bare !== '' && !isAddress(bare)) throw new DockerfileProblem(`invalid IP address: ${bare}`)
  const ports = readRange(range)
  if (!ports) throw new DockerfileProblem(`invalid containerPort: ${range}`)
  if (host !== '') {
    const hosts = readRange(host)
    if (!hosts) throw new DockerfileProblem(`invalid hostPort: ${host}`)
    if (ports[1] - ports[0] !== hosts[1] - hosts[0] && ports[0] !== ports[1])
      throw new DockerfileProblem(`invalid ranges specified for container and host Ports: ${range} and ${host}`)
  }
  const protocol = written === '' ? 'tcp' : written
  const all: string[] = []
  for (let port = ports[0]; port <= ports[1]; port++) all.push(`${port}/${protocol.toLowerCase()}`)
  return { ports: all, protocol, mapped: ip !== '' || host !== '' }
}

function readRange(text: string): readonly [number, number] | undefined {
  const cut = text.indexOf('-')
  const first = readNumber(cut < 0 ? text : text.slice(0, cut))
  if (first === undefined) return undefined
  if (cut < 0 || text.slice(0, cut) === text.slice(cut + 1)) return [first, first]
  const last = readNumber(text.slice(cut + 1))
  return last === undefined || last < first ? undefined : [first, last]
}

function readNumber(text: string): number | undefined {
  return /^\+?\d+$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined
}

function isAddress(text: string): boolean {
  const four = text.split('.')
  if (four.length === 4) return four.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  return /^[0-9a-fA-F:]+$/.test(text) && text.includes(':')
}
