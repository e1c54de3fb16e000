import { resolvePath } from '../../../../shell/files.ts'
import { isObject, type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'
import { parseYaml } from '../../api/yamlText.ts'
import type { Ask } from '../ask.ts'
import { Problem } from '../problem.ts'

/**
 * Copies fields of one object into fields of others, in place. `before` are the names that the objects had before they were given a
 * prefix and suffix: both names select. Models: sigs.k8s.io/kustomize api/filters/replacement
 */
export function replaceFields(
  ask: Ask,
  dir: string,
  entries: readonly Loose[],
  objects: readonly Loose[],
  before: readonly string[],
): void {
  for (const entry of entries.flatMap((one) => read(ask, dir, one))) {
    const source = objectAt(entry, 'source') ?? {}
    const from = objects.filter((object, i) => selects(source, object, before[i] ?? ''))
    if (from.length !== 1)
      throw new Problem(
        from.length === 0
          ? `error: nothing selected by ${described(source)}`
          : `error: multiple matches for selector ${described(source)}`,
      )
    const path = textAt(source, 'fieldPath') || 'metadata.name'
    const places = find(from[0] as Loose, steps(path), false)
    const place = places[0]
    if (!place) throw new Problem(`error: fieldPath \`${path}\` is missing for replacement source ${described(source)}`)
    const value = piece(place.owner[place.key as never], objectAt(source, 'options'))
    for (const target of objectsAt(entry, 'targets')) {
      const select = objectAt(target, 'select')
      if (!select) throw new Problem('error: target must specify resources to select')
      const options = objectAt(target, 'options')
      const paths = Array.isArray(target.fieldPaths) ? target.fieldPaths.map(String) : ['metadata.name']
      objects.forEach((object, i) => {
        if (!selects(select, object, before[i] ?? '')) return
        if (objectsAt(target, 'reject').some((one) => selects(one, object, before[i] ?? ''))) return
        for (const to of paths) {
          const found = find(object, steps(to), options?.create === true)
          if (found.length === 0) throw new Problem(`error: unable to find field "${to}" in replacement target`)
          for (const { owner, key } of found) owner[key as never] = put(owner[key as never], value, options) as never
        }
      })
    }
  }
}

function read(ask: Ask, dir: string, entry: Loose): readonly Loose[] {
  const path = textAt(entry, 'path')
  if (path === '') return [entry]
  const at = resolvePath(dir, path)
  const file = ask.call.files.read(at)
  if ('error' in file)
    throw new Problem(`error: evalsymlink failure on '${at}' : lstat ${at}: no such file or directory`)
  const { value } = parseYaml(file.text)
  return (Array.isArray(value) ? value : [value]).filter(isObject)
}

function described(selector: Loose): string {
  const { kind, name } = selector
  return `${String(kind ?? '[noKind]')}.[noVer].[noGrp]/${String(name ?? '[noName]')}.[noNs]`
}

function selects(selector: Loose, object: Loose, before: string): boolean {
  const [version = '', group = ''] = String(object.apiVersion ?? '')
    .split('/')
    .reverse()
  const name = textAt(object, 'metadata', 'name')
  const same = (field: string, own: string) => textAt(selector, field) === '' || textAt(selector, field) === own
  return (
    same('kind', textAt(object, 'kind')) &&
    same('group', group) &&
    same('version', version) &&
    same('namespace', textAt(object, 'metadata', 'namespace')) &&
    (same('name', name) || same('name', before))
  )
}

/** `spec.containers.[name=web].env.0.value` as its steps; a dot within brackets or behind a backslash does not part. */
function steps(path: string): readonly string[] {
  return [...path.matchAll(/\[[^\]]*\]|(?:\\.|[^.[\\])+/g)].map(([step]) => step.replaceAll('\\.', '.'))
}

interface Place {
  readonly owner: Loose | unknown[]
  readonly key: string | number
}

function find(value: unknown, path: readonly string[], create: boolean): readonly Place[] {
  const [step, ...rest] = path
  if (step === undefined) return []
  return keysOf(value, step, create).flatMap((key): readonly Place[] => {
    const owner = value as Loose
    if (rest.length === 0) return [{ owner, key }]
    if (create && owner[key] === undefined) owner[key] = {}
    return find(owner[key], rest, create)
  })
}

function keysOf(value: unknown, step: string, create: boolean): readonly (string | number)[] {
  if (Array.isArray(value)) {
    if (step === '*') return value.map((_, i) => i)
    if (/^\d+$/.test(step)) return Number(step) < value.length ? [Number(step)] : []
    const [field = '', wanted = ''] = step.slice(1, -1).split('=', 2)
    return value.flatMap((item, i) => (isObject(item) && String(item[field]) === wanted ? [i] : []))
  }
  if (!isObject(value)) return []
  const key = step.startsWith('[') ? step.slice(1, -1) : step
  if (key === '*') return Object.keys(value)
  return create || value[key] !== undefined ? [key] : []
}

/** The part of a source's text that its options choose. */
function piece(value: unknown, options: Loose | undefined): unknown {
  const delimiter = textAt(options, 'delimiter')
  return delimiter === '' ? value : (String(value).split(delimiter)[Number(options?.index ?? 0)] ?? '')
}

/** What a target becomes: the value, or its text with one part exchanged. */
function put(before: unknown, value: unknown, options: Loose | undefined): unknown {
  const delimiter = textAt(options, 'delimiter')
  if (delimiter === '') return typeof before === 'string' && typeof value === 'number' ? String(value) : value
  const parts = String(before ?? '').split(delimiter)
  const index = Number(options?.index ?? 0)
  if (index < 0) parts.unshift(String(value))
  else if (index >= parts.length) parts.push(String(value))
  else parts[index] = String(value)
  return parts.join(delimiter)
}
