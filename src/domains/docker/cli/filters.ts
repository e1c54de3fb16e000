import type { World } from '../../../kernel/index.ts'
import { type Container, hexOf, isAlive } from '../container/container.ts'
import { type DockerImage, findLocalImage } from '../image/index.ts'
import type { Ask } from './ask.ts'
import { stateWord } from './containerRow.ts'
import { Problem, refused } from './problem.ts'
import { durationOf } from './units.ts'

/** Filters as they were given: values by name. Refuses what is no `name=value`. */
export function filtersOf(ask: Ask, allowed: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const filters = new Map<string, string[]>()
  for (const text of ask.all('filter')) {
    const cut = text.indexOf('=')
    if (cut < 0) throw new Problem(`invalid argument "${text}" for "-f, --filter" flag: invalid filter '${text}'`, 125)
    const name = text.slice(0, cut).trim().toLowerCase()
    if (!allowed.includes(name)) throw refused(`invalid filter '${name}'`)
    filters.set(name, [...(filters.get(name) ?? []), text.slice(cut + 1).trim()])
  }
  return filters
}

/** Filters of `docker ps`. */
export const PS_FILTERS = [
  'ancestor',
  'before',
  'since',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'isolation',
  'label',
  'name',
  'network',
  'publish',
  'status',
  'volume',
]

/** Whether a container passes the filters: of one name any value is enough, but for labels all are needed. */
export function passes(world: World, container: Container, filters: ReadonlyMap<string, readonly string[]>): boolean {
  for (const [name, values] of filters) {
    if (
      name === 'label'
        ? !values.every((value) => hasLabel(container.spec.labels, value))
        : !values.some((value) => matches(world, container, name, value))
    )
      return false
  }
  return true
}

/** Whether labels have `key` or `key=value`. */
export function hasLabel(labels: { readonly [name: string]: string } | undefined, text: string): boolean {
  const cut = text.indexOf('=')
  return cut < 0 ? labels?.[text] !== undefined : labels?.[text.slice(0, cut)] === text.slice(cut + 1)
}

function matches(world: World, container: Container, name: string, value: string): boolean {
  const { spec, ended } = container
  switch (name) {
    case 'name':
      return new RegExp(safe(value)).test(container.name) || new RegExp(safe(value)).test(`/${container.name}`)
    case 'id':
      return hexOf(container).startsWith(value)
    case 'status':
      return stateWord(container) === value
    case 'exited':
      return !isAlive(container) && ended?.exitCode === Number(value)
    case 'health':
      return (container.health?.status ?? 'none') === value
    case 'ancestor':
      return isAncestor(world, container, value)
    case 'network':
      return container.endpoints.some(({ network }) => network === value) || spec.networkMode === value
    case 'volume':
      return spec.mounts?.some(({ source, target }) => source === value || target === value) ?? false
    case 'publish':
    case 'expose':
      return container.ports.some(
        (port) => String(name === 'publish' ? port.host : port.container) === value.split('/')[0],
      )
    case 'before':
    case 'since': {
      const other = [...world.all('docker.Container')].find(
        (one) => (one as Container).name === value || hexOf(one as Container).startsWith(value),
      )
      return other !== undefined && (name === 'before' ? container.born < other.born : container.born > other.born)
    }
    default:
      return true
  }
}

function isAncestor(world: World, container: Container, value: string): boolean {
  if (container.spec.image === value || container.spec.image.split(':')[0] === value) return true
  const wanted = findLocalImage(world, container.engine, value)
  if (!wanted) return false
  const image = world.get(container.imageId) as DockerImage | undefined
  const chain = wanted.layers.at(-1)?.chainId
  return (
    wanted.id === container.imageId ||
    (chain !== undefined && chain !== '' && (image?.layers.some((layer) => layer.chainId === chain) ?? false))
  )
}

function safe(pattern: string): string {
  try {
    new RegExp(pattern)
    return pattern
  } catch {
    return pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  }
}

/** Virtual ms of `until`: a span before now, or a time. */
export function untilOf(world: World, text: string, epoch: number): number {
  const span = durationOf(text)
  if (span !== undefined) return world.now - span
  const date = Date.parse(/^\d+$/.test(text) ? new Date(Number(text) * 1000).toISOString() : text)
  return Number.isNaN(date) ? world.now : date - epoch
}
