import type { World } from '../../../kernel/index.ts'
import { addressOf } from '../network/address.ts'
import { type Container, findContainer, shortHex } from './container.ts'
import { imageOf } from './imageOf.ts'

/** A container that another is linked with, under which names. */
export interface Linked {
  readonly container: Container
  readonly alias: string
}

/** The containers that a container is linked with. Models: moby daemon/links */
export function linkedWith(world: World, container: Container): readonly Linked[] {
  return (container.spec.links ?? []).flatMap(({ name, alias }): readonly Linked[] => {
    const found = findContainer(world, container.engine, name)
    return found === undefined || found === 'many' ? [] : [{ container: found, alias }]
  })
}

/** What a linked container tells its recipient in variables: `DB_PORT_5432_TCP_ADDR`. Models: moby daemon/links/links.go ToEnv */
export function linkEnv(world: World, recipient: Container): { readonly [name: string]: string } {
  const env: { [name: string]: string } = {}
  for (const { container, alias } of linkedWith(world, recipient)) {
    const ip = addressOf(world, container)
    if (ip === undefined) continue
    const prefix = alias.replaceAll('-', '_').toUpperCase()
    const image = imageOf(world, container)
    const ports = [
      ...new Set([
        ...(image?.config.ports ?? []).map((port) => `${port}/tcp`),
        ...(container.spec.expose ?? []),
        ...container.ports.map((port) => `${port.container}/${port.protocol}`),
      ]),
    ].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    for (const [i, text] of ports.entries()) {
      const [number = '', protocol = 'tcp'] = text.split('/')
      const whole = `${protocol}://${ip}:${number}`
      const name = `${prefix}_PORT_${number}_${protocol.toUpperCase()}`
      if (i === 0) env[`${prefix}_PORT`] = whole
      env[name] = whole
      env[`${name}_ADDR`] = ip
      env[`${name}_PORT`] = number
      env[`${name}_PROTO`] = protocol
    }
    env[`${prefix}_NAME`] = `/${recipient.name}/${alias}`
    for (const [key, value] of Object.entries(container.spec.env ?? {})) env[`${prefix}_ENV_${key}`] = value
  }
  return env
}

/** The lines of a recipient's hosts file for its links: address, alias, id and name. */
export function linkHosts(world: World, recipient: Container): readonly string[] {
  return linkedWith(world, recipient).flatMap(({ container, alias }) => {
    const ip = addressOf(world, container)
    if (ip === undefined) return []
    return [`${ip}\t${[...new Set([alias, shortHex(container), container.name])].join(' ')}\n`]
  })
}
