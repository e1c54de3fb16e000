import { byText, goJson, isObject, type Loose, semanticEqual } from '../loose.ts'
import { type FieldType, fieldsOf } from '../schema.ts'
import { atomicMaps, keyDefaults, listType } from './listTypes.ts'

/** Fields as managedFields hold them (`fieldsV1`): `f:name`, `k:{"name":"x"}`, `v:"x"` and `.` for the element itself. */
export type FieldSet = { [step: string]: FieldSet }

/**
 * The set of fields that an object of Go type `type` names.
 * Models: structured-merge-diff typed.ToFieldSet.
 */
export function fieldSetOf(object: Loose, type: string): FieldSet {
  const set: FieldSet = {}
  for (const [key, value] of Object.entries(object)) {
    if (key === 'apiVersion' || key === 'kind') continue
    if (value !== undefined) put(set, `f:${key}`, valueSet(value, fieldsOf(type)?.get(key) ?? '*', type, key))
  }
  const metadata = set['f:metadata']
  if (metadata) {
    for (const name of unmanaged) delete metadata[`f:${name}`]
    if (Object.keys(metadata).length === 0) delete set['f:metadata']
  }
  return set
}

/** The fields that differ between two objects (added or changed), for the manager of an update; removed ones are in `removed`. */
export function changedFields(
  before: Loose,
  after: Loose,
  type: string,
): { readonly changed: FieldSet; readonly removed: FieldSet } {
  const old = fieldSetOf(before, type)
  const now = fieldSetOf(after, type)
  return {
    changed: filterSet(
      now,
      (path) => !semanticEqual(valueAtPath(before, path), valueAtPath(after, path)) || !hasPath(old, path),
    ),
    removed: filterSet(old, (path) => !hasPath(now, path)),
  }
}

/** Every leaf path of a set. A leaf is a step without children, or the `.` of an element. */
export function pathsOf(set: FieldSet, prefix: readonly string[] = []): readonly (readonly string[])[] {
  return Object.keys(set)
    .sort(byText)
    .flatMap((step) => {
      const inner = set[step] ?? {}
      const path = [...prefix, step]
      return Object.keys(inner).length === 0 ? [path] : pathsOf(inner, path)
    })
}

/** The leaves for which `keep` says yes, as a set again. */
export function filterSet(set: FieldSet, keep: (path: readonly string[]) => boolean): FieldSet {
  const out: FieldSet = {}
  for (const path of pathsOf(set)) if (keep(path)) insertPath(out, path)
  return out
}

/** Both sets in one. */
export function unionSet(a: FieldSet, b: FieldSet): FieldSet {
  const out: FieldSet = {}
  for (const path of [...pathsOf(a), ...pathsOf(b)]) insertPath(out, path)
  return out
}

/** Whether the set has the path as a leaf. */
export function hasPath(set: FieldSet, path: readonly string[]): boolean {
  let here: FieldSet | undefined = set
  for (const step of path) here = here?.[step]
  return here !== undefined && Object.keys(here).length === 0
}

/** The value that a path of a set points at: undefined when it is not there. */
export function valueAtPath(object: unknown, path: readonly string[]): unknown {
  let here = object
  for (const step of path) {
    if (step === '.') return here === undefined ? undefined : true
    if (step.startsWith('f:')) here = isObject(here) ? here[step.slice(2)] : undefined
    else here = Array.isArray(here) ? here[indexOfStep(here, step)] : undefined
  }
  return here
}

/** Position of the element that a `k:` or `v:` step names, -1 when it is not there. */
export function indexOfStep(list: readonly unknown[], step: string): number {
  const wanted: unknown = JSON.parse(step.slice(2))
  if (step.startsWith('v:')) return list.findIndex((item) => semanticEqual(item, wanted))
  return list.findIndex(
    (item) =>
      isObject(item) &&
      isObject(wanted) &&
      Object.entries(wanted).every(([key, value]) => (item[key] ?? keyDefaults[key]) === value),
  )
}

/** `.spec.template.spec.containers[name="web"].image`: a path as conflicts print it. */
export function showFieldPath(path: readonly string[]): string {
  return path
    .map((step) => {
      if (step === '.') return ''
      if (step.startsWith('f:')) return `.${step.slice(2)}`
      if (step.startsWith('v:')) return `[=${step.slice(2)}]`
      const key = JSON.parse(step.slice(2)) as Loose
      return `[${Object.keys(key)
        .sort()
        .map((name) => `${name}=${JSON.stringify(key[name])}`)
        .join(',')}]`
    })
    .join('')
}

/** The step that names an element of a map list. */
export function stepOf(item: unknown, keys: readonly string[]): string {
  const key: Loose = {}
  for (const name of keys) {
    const value = (isObject(item) ? item[name] : undefined) ?? keyDefaults[name]
    if (value !== undefined) key[name] = value
  }
  return `k:${goJson(key)}`
}

/** Whether an object field is owned as a whole. */
export function isAtomic(type: FieldType, owner: string, field: string): boolean {
  return atomicMaps.has(type) || atomicMaps.has(`${owner}.${field}`)
}

const unmanaged =
  'name namespace creationTimestamp selfLink uid clusterName generation managedFields resourceVersion'.split(' ')

function valueSet(value: unknown, type: FieldType, owner: string, field: string): FieldSet {
  if (isObject(value)) {
    if (Object.keys(value).length === 0 || isAtomic(type, owner, field)) return {}
    const set: FieldSet = {}
    const struct = fieldsOf(type)
    for (const [key, item] of Object.entries(value)) {
      put(set, `f:${key}`, valueSet(item, struct?.get(key) ?? type.replace(/^\{\}/, ''), type, key))
    }
    return set
  }
  if (!Array.isArray(value)) return {}
  const rule = listType(owner, field)
  if (!rule || value.length === 0) return {}
  const set: FieldSet = {}
  for (const item of value) {
    if (rule.kind === 'set') put(set, `v:${goJson(item)}`, {})
    else put(set, stepOf(item, rule.keys), { '.': {}, ...valueSet(item, type.replace(/^\[\]/, ''), owner, field) })
  }
  return set
}

function put(set: FieldSet, step: string, inner: FieldSet): void {
  set[step] = inner
}

function insertPath(set: FieldSet, path: readonly string[]): void {
  let here = set
  for (const step of path) {
    here[step] ??= {}
    here = here[step] ?? {}
  }
}
