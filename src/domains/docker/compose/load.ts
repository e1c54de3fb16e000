import { parseDocument } from 'yaml'
import { Problem } from '../cli/problem.ts'
import { interpolateTree, readDotEnv } from './interpolate.ts'
import { merge } from './merge.ts'
import type { Dependency, Project } from './project.ts'
import { isShape, list, type Shape, shape } from './shape.ts'
import { schemaProblem } from './validate.ts'

/** What loading needs of its surroundings. */
export interface LoadFrom {
  readonly cwd: string
  /** Text of a file by absolute path, or undefined. */
  read(path: string): string | undefined
  readonly env: { readonly [name: string]: string | undefined }
  readonly files?: readonly string[]
  readonly projectName?: string | undefined
  readonly profiles?: readonly string[]
  readonly envFiles?: readonly string[]
  /** Services that a command names: their profiles are on. */
  readonly named?: readonly string[]
}

const NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml']

/** Loads a project of its files, or throws what compose says. Models: compose-go loader/loader.go */
export function loadProject(from: LoadFrom): Project {
  const files = filesOf(from)
  const first = files[0] as string
  const directory = files.length > 0 && from.files?.length ? folderOf(first) : from.cwd
  const dotEnv: { [name: string]: string } = {}
  for (const path of from.envFiles ?? [`${directory}/.env`])
    Object.assign(dotEnv, readDotEnv(from.read(absolute(directory, path)) ?? '', from.env))
  const env = { ...dotEnv, ...from.env }
  const warnings: string[] = []
  const unset = new Set<string>()
  const raw = files.map((path) => readOne(from, path, env, unset, warnings))
  let merged = raw.reduce<Shape>((base, over) => merge(base, over) as Shape, {})
  const included = list(merged.include).flatMap((entry) => includes(from, directory, entry, env, unset, warnings))
  for (const one of included) merged = merge(one, merged) as Shape
  for (const name of unset) warnings.push(`The "${name}" variable is not set. Defaulting to a blank string.`)
  const name = normalName(
    from.projectName ??
      env.COMPOSE_PROJECT_NAME ??
      (typeof merged.name === 'string' ? merged.name : undefined) ??
      (directory.split('/').pop() || 'default'),
  )
  if (name === '') throw new Problem('project name must not be empty')
  const services = Object.fromEntries(
    Object.entries(shape(merged.services)).map(([key, value]) => [
      key,
      extended(from, directory, key, shape(value), shape(merged.services), env, []),
    ]),
  )
  const profiles = new Set([
    ...(from.profiles ?? []),
    ...(env.COMPOSE_PROFILES ?? '').split(',').filter((one) => one !== ''),
  ])
  const on = new Set(
    Object.keys(services).filter((key) => {
      const own = list(services[key]?.profiles).map(String)
      return own.length === 0 || from.named?.includes(key) || profiles.has('*') || own.some((one) => profiles.has(one))
    }),
  )
  const kept = Object.fromEntries(Object.entries(services).filter(([key]) => on.has(key)))
  const project: Project = {
    name,
    directory,
    files,
    services: kept,
    networks: part(merged.networks),
    volumes: part(merged.volumes),
    configs: part(merged.configs),
    secrets: part(merged.secrets),
    env,
    warnings,
  }
  const problem = consistencyProblem(project, services)
  if (problem !== undefined) throw new Problem(problem)
  return project
}

/** What is wrong with the text of one compose file, in compose's words; undefined when it is accepted. Other files count as there and empty. */
export function composeProblem(text: string, env: { readonly [name: string]: string } = {}): string | undefined {
  const from: LoadFrom = {
    cwd: '/project',
    env: { ...env, COMPOSE_PROFILES: '*' },
    read: (path) => (path === '/project/compose.yaml' ? text : path.endsWith('.env') ? '' : undefined),
  }
  try {
    loadProject(from)
    return undefined
  } catch (problem) {
    if (problem instanceof Problem) return problem.message
    throw problem
  }
}

function part(value: unknown): { readonly [name: string]: Shape } {
  return Object.fromEntries(Object.entries(shape(value)).map(([key, one]) => [key, shape(one)]))
}

function filesOf({ files, env, cwd, read }: LoadFrom): readonly string[] {
  const given = files && files.length > 0 ? files : (env.COMPOSE_FILE ?? '').split(':').filter((one) => one !== '')
  if (given.length > 0) {
    const paths = given.map((path) => absolute(cwd, path))
    for (const path of paths) if (read(path) === undefined) throw new Problem(`open ${path}: no such file or directory`)
    return paths
  }
  for (let folder = cwd; ; folder = folderOf(folder)) {
    const base = folder === '/' ? '' : folder
    const found = NAMES.map((name) => `${base}/${name}`).find((path) => read(path) !== undefined)
    if (found) {
      const over = [
        found.replace(/(\.ya?ml)$/, '.override$1'),
        `${base}/compose.override.yaml`,
        `${base}/docker-compose.override.yml`,
      ].find((path) => read(path) !== undefined)
      return over ? [found, over] : [found]
    }
    if (folder === '/') throw new Problem('no configuration file provided: not found', 1)
  }
}

function readOne(from: LoadFrom, path: string, env: LoadFrom['env'], unset: Set<string>, warnings: string[]): Shape {
  const document = parseDocument(from.read(path) ?? '', {
    merge: true,
    customTags: [TAG('!reset'), TAG('!override')],
    maxAliasCount: -1,
  } as never)
  const [error] = document.errors
  if (error) throw new Problem(`yaml: ${yamlWords(error)}`)
  const value: unknown = document.toJS({ maxAliasCount: -1 })
  if (value === null || value === undefined) throw new Problem('empty compose file')
  if (isShape(value) && 'version' in value)
    warnings.push(
      `${path}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`,
    )
  const done = interpolateTree(value, env, '', unset)
  const problem = schemaProblem(done)
  if (problem !== undefined) throw new Problem(`validating ${path}: ${problem}`)
  return done as Shape
}

/** `!reset null` and `!override` of later files: the value counts as it stands. */
function TAG(tag: string) {
  return { tag, resolve: (value: unknown) => value }
}

function yamlWords(error: {
  readonly message: string
  readonly linePos?: readonly { readonly line: number }[] | undefined
}): string {
  const line = error.linePos?.[0]?.line ?? 1
  const text = error.message.replace(/ at line \d+[\s\S]*$/, '')
  const known = /not enough|unexpected|Implicit map|All mapping|Nested mappings/.test(text)
    ? 'mapping values are not allowed in this context'
    : /keys must be unique/.test(text)
      ? 'mapping key already defined'
      : text
  return `line ${line}: ${known}`
}

function includes(
  from: LoadFrom,
  directory: string,
  entry: unknown,
  env: LoadFrom['env'],
  unset: Set<string>,
  warnings: string[],
): readonly Shape[] {
  const paths = isShape(entry) ? list(entry.path) : [entry]
  return paths.map((path) => {
    const at = absolute(directory, String(path))
    if (from.read(at) === undefined) {
      if (from.cwd === '/project') return {}
      throw new Problem(`open ${at}: no such file or directory`)
    }
    return readOne(from, at, env, unset, warnings)
  })
}

/** A service with what it extends below it. */
function extended(
  from: LoadFrom,
  directory: string,
  name: string,
  service: Shape,
  all: Shape,
  env: LoadFrom['env'],
  trail: readonly string[],
): Shape {
  const wish = service.extends
  if (wish === undefined) return service
  const { service: other = name, file } = isShape(wish) ? wish : { service: wish, file: undefined }
  const key = `${file ?? ''}#${other}`
  if (trail.includes(key)) throw new Problem(`circular reference with ${trail.join(' -> ')}`)
  let source = all
  if (file !== undefined) {
    const path = absolute(directory, String(file))
    if (from.read(path) === undefined) {
      if (from.cwd === '/project') return service
      throw new Problem(`open ${path}: no such file or directory`)
    }
    source = shape(readOne(from, path, env, new Set(), []).services)
  }
  const found = source[String(other)]
  if (!isShape(found))
    throw new Problem(`cannot extend service "${name}" in ${file ?? 'compose.yaml'}: service "${other}" not found`)
  const base = extended(from, directory, String(other), found, source, env, [...trail, key])
  const { extends: _extends, ...own } = service
  const { depends_on: _depends, ...inherited } = base
  return merge(inherited, own) as Shape
}

/** What services wait for. */
export function dependenciesOf(service: Shape): readonly Dependency[] {
  const wish = service.depends_on
  const waits: Dependency[] = Array.isArray(wish)
    ? wish.map((one) => ({ service: String(one), condition: 'service_started', required: true }))
    : Object.entries(shape(wish)).map(([name, value]) => ({
        service: name,
        condition: (shape(value).condition ?? 'service_started') as Dependency['condition'],
        required: shape(value).required !== false,
      }))
  const links = list(service.links).map((link) => String(link).split(':')[0] ?? '')
  const shared = String(service.network_mode ?? '').startsWith('service:')
    ? [String(service.network_mode).slice('service:'.length)]
    : []
  const from = list(service.volumes_from).flatMap((text) =>
    String(text).startsWith('container:') ? [] : [String(text).split(':')[0] ?? ''],
  )
  for (const name of [...links, ...shared, ...from])
    if (!waits.some((one) => one.service === name))
      waits.push({ service: name, condition: 'service_started', required: true })
  return waits
}

/** Services in the order in which they can start; refuses circles. */
export function startOrder(services: { readonly [name: string]: Shape }): readonly string[] {
  const order: string[] = []
  const visit = (name: string, trail: readonly string[]): void => {
    if (order.includes(name) || !services[name]) return
    if (trail.includes(name))
      throw new Problem(`dependency cycle detected: ${[...trail.slice(trail.indexOf(name)), name].join(' -> ')}`)
    for (const { service } of dependenciesOf(services[name] as Shape)) visit(service, [...trail, name])
    order.push(name)
  }
  for (const name of Object.keys(services).sort()) visit(name, [])
  return order
}

function consistencyProblem(project: Project, all: { readonly [name: string]: Shape }): string | undefined {
  const bad = (text: string): string => `${text}: invalid compose project`
  for (const [name, service] of Object.entries(project.services)) {
    if (service.image === undefined && service.build === undefined && service.provider === undefined)
      return bad(`service "${name}" has neither an image nor a build context specified`)
    if (service.network_mode !== undefined && service.networks !== undefined && service.network_mode !== '')
      return bad(`service ${name} declares mutually exclusive \`network_mode\` and \`networks\``)
    for (const { service: other, required } of dependenciesOf(service))
      if (required && !all[other]) return bad(`service "${name}" depends on undefined service "${other}"`)
    const networks = Array.isArray(service.networks)
      ? service.networks.map(String)
      : Object.keys(shape(service.networks))
    for (const network of networks)
      if (network !== 'default' && !project.networks[network])
        return bad(`service "${name}" refers to undefined network ${network}`)
    for (const mount of list(service.volumes)) {
      const source = isShape(mount) ? (mount.type === 'volume' ? mount.source : undefined) : sourceOf(String(mount))
      if (typeof source === 'string' && source !== '' && !project.volumes[source])
        return bad(`service "${name}" refers to undefined volume ${source}`)
    }
    for (const kind of ['secrets', 'configs'] as const)
      for (const wish of list(service[kind])) {
        const source = isShape(wish) ? wish.source : wish
        if (typeof source === 'string' && !project[kind][source])
          return bad(`service "${name}" refers to undefined ${kind.slice(0, -1)} ${source}`)
      }
  }
  try {
    startOrder(project.services)
  } catch (problem) {
    if (problem instanceof Problem) return problem.message
    throw problem
  }
  return undefined
}

/** Name of the volume that a short mount means; undefined for paths and anonymous ones. */
export function sourceOf(text: string): string | undefined {
  const parts = text.split(':')
  const first = parts[0] ?? ''
  return parts.length > 1 && !/^[./~]|^[a-zA-Z]$/.test(first) ? first : undefined
}

function normalName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '')
}

function folderOf(path: string): string {
  const cut = path.lastIndexOf('/')
  return cut <= 0 ? '/' : path.slice(0, cut)
}

/** An absolute path seen from a folder. */
export function absolute(cwd: string, path: string): string {
  const parts: string[] = []
  for (const one of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (one === '' || one === '.') continue
    if (one === '..') parts.pop()
    else parts.push(one)
  }
  return `/${parts.join('/')}`
}
