import type { World } from '../../../kernel/index.ts'
import { connectionUrl } from '../../traffic/index.ts'
import type { Container } from '../container/container.ts'
import { envOf } from '../container/environment.ts'
import { listenerOn } from '../container/serving.ts'

/** The URL to which the server of a container passes a request on, when it is a proxy for that path. */
export function passedOn(world: World, container: Container, port: number, path: string): string | undefined {
  const server = listenerOn(world, container, port)
  if (!server || container.state === 'paused') return undefined
  return server.daemon.passesTo?.(path, server.start)
}

/**
 * URLs that a container calls once for every request: where it passes requests on to, and what its environment tells it of the next tier
 * (`DATABASE_URL=postgres://db/app`), as far as that is a container that it can reach.
 */
export function callsOf(
  world: World,
  container: Container,
  port: number,
  path: string,
  reaches: (host: string, port: number) => boolean,
): readonly string[] {
  const onward = passedOn(world, container, port, path)
  const told = Object.values(envOf(world, container)).filter((value) => /^[a-z][a-z0-9+]*:\/\/[^$\s]+$/.test(value))
  const near = [...new Set(told.map(connectionUrl))].filter((url) => {
    const [, host = '', own] = /^https?:\/\/([^:/?]+)(?::(\d+))?/.exec(url) ?? []
    return host !== '' && reaches(host, Number(own ?? (url.startsWith('https') ? 443 : 80)))
  })
  return onward === undefined ? near : [onward, ...near]
}
