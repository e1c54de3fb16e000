import { patternOf } from './patternOf.ts'
import type { Definition } from './resolve.ts'
import { laidOver, type Target } from './target.ts'

/** What `bake` is to build: the groups that it passed and the targets, all inherited, overridden and completed. */
export interface Choice {
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly targets: ReadonlyMap<string, Target>
}

/** Finds what is asked for by name, with `--set` overrides; an Error says what cannot be found. Models: buildx bake.ReadTargets */
export function choose(definition: Definition, asked: readonly string[], sets: readonly string[]): Choice {
  const targets = new Map<string, Target>()
  const groups = new Map<string, readonly string[]>()
  const names = asked.length > 0 ? asked : ['default']
  const visit = (name: string, path: readonly string[]): void => {
    const group = definition.groups.get(name)
    if (group && !path.includes(name)) {
      groups.set(name, group)
      for (const one of group) visit(one, [...path, name])
      return
    }
    targets.set(name, completed(definition, name, sets))
  }
  for (const name of names) visit(name, [])
  const listed = names.filter((name) => name !== 'default')
  if (listed.length > 0)
    groups.set(
      'default',
      [...new Set([...(names.includes('default') ? (groups.get('default') ?? []) : []), ...listed])].sort(),
    )
  for (const one of sets) {
    const [pattern = ''] = one.split('.')
    if (![...definition.targets.keys()].some((name) => patternOf(pattern).test(name)))
      throw new Error(`could not find any target matching '${pattern}'`)
  }
  return { groups, targets }
}

function completed(definition: Definition, name: string, sets: readonly string[]): Target {
  let target = inherited(definition, name, [])
  for (const set of sets) {
    const [, pattern = '', path = '', append, value] = /^([^.]+)\.([^=+]+)(\+?)(?:=(.*))?$/s.exec(set) ?? []
    if (pattern !== '' && patternOf(pattern).test(name)) target = overridden(target, path, value, append === '+')
  }
  const { inherits: _, name: __, ...rest } = target
  return { context: '.', ...(rest['dockerfile-inline'] === undefined ? { dockerfile: 'Dockerfile' } : {}), ...rest }
}

function inherited(definition: Definition, name: string, path: readonly string[]): Target {
  const own = definition.targets.get(name)
  if (!own) throw new Error(`failed to find target ${name}`)
  if (path.includes(name)) throw new Error(`infinite loop from ${path.at(-1)} to ${name}`)
  let target: Target = {}
  for (const parent of own.inherits ?? []) target = laidOver(target, inherited(definition, parent, [...path, name]))
  return laidOver(target, own)
}

const LISTS: { readonly [field: string]: string } = {
  tags: 'tags',
  'cache-from': 'cache-from',
  'cache-to': 'cache-to',
  secrets: 'secret',
  secret: 'secret',
  ssh: 'ssh',
  platform: 'platforms',
  platforms: 'platforms',
  output: 'output',
  attest: 'attest',
  annotations: 'annotations',
  entitlements: 'entitlements',
  'no-cache-filter': 'no-cache-filter',
}

function overridden(target: Target, path: string, value: string | undefined, append: boolean): Target {
  const [field = '', ...keys] = path.split('.')
  const key = keys.join('.')
  const list = LISTS[field]
  if (list !== undefined) {
    const before = append ? ((target[list] as unknown[] | undefined) ?? []) : []
    return { ...target, [list]: [...before, value ?? ''] }
  }
  if (['args', 'labels', 'contexts'].includes(field)) {
    if (key === '') throw new Error(`invalid format '${field}', expecting ${field}.<name>`)
    return { ...target, [field]: { ...(target[field] as object | undefined), [key]: value ?? '' } }
  }
  if (field === 'no-cache' || field === 'pull')
    return { ...target, [field]: value === undefined || value === 'true' || value === '1' }
  if (['context', 'dockerfile', 'target', 'network', 'call', 'shm-size'].includes(field))
    return { ...target, [field]: value ?? '' }
  if (field === 'extra-hosts' && key !== '')
    return { ...target, 'extra-hosts': { ...(target['extra-hosts'] as object | undefined), [key]: value } }
  throw new Error(`unknown key: ${field}`)
}
