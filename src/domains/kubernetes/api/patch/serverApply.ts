import { copyJson, isObject, type Loose, semanticEqual, setOwn, textAt } from '../loose.ts'
import { fieldsOf } from '../schema.ts'
import {
  changedFields,
  type FieldSet,
  fieldSetOf,
  filterSet,
  hasPath,
  indexOfStep,
  isAtomic,
  pathsOf,
  showFieldPath,
  stepOf,
  unionSet,
  valueAtPath,
} from './fieldSet.ts'
import { listType } from './listTypes.ts'

/** One entry of `metadata.managedFields`. */
export interface ManagedFields {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly time?: string
  readonly fieldsType: 'FieldsV1'
  readonly fieldsV1: FieldSet
  readonly subresource?: string
}

/** Who applies: `time` is RFC 3339 of the world's clock; `force` takes fields from other managers. */
export interface Applier {
  readonly manager: string
  readonly time: string
  readonly force?: boolean
}

/** The merged object with its managedFields, or the conflict in the server's words. */
export type ApplyAnswer = { readonly object: Loose } | { readonly conflict: string; readonly fields: readonly string[] }

/**
 * Applies `config` over `live` (undefined when it does not exist yet) for one manager: fields of the config are set, fields that this
 * manager applied before and no longer names are removed unless another manager has them.
 * Models: apimachinery/pkg/util/managedfields and structured-merge-diff merge.Updater.Apply.
 */
export function serverApply(live: Loose | undefined, config: Loose, type: string, applier: Applier): ApplyAnswer {
  const entries = managedFieldsOf(live)
  const mine = entries.find(
    (entry) => entry.operation === 'Apply' && entry.manager === applier.manager && !entry.subresource,
  )
  const named = fieldSetOf(config, type)
  const conflicts = live ? findConflicts(live, config, named, entries, mine) : []
  if (conflicts.length > 0 && !applier.force) {
    return {
      conflict: conflictMessage(conflicts),
      fields: conflicts.flatMap((conflict) => conflict.paths.map(showFieldPath)),
    }
  }
  const others = entries.filter((entry) => entry !== mine)
  let object = live ? mergeTyped(copyJson(live), config, type) : copyJson(config)
  for (const path of mine ? elementsFirst(pathsOf(mine.fieldsV1)) : []) {
    if (hasPath(named, path) || others.some((entry) => hasPath(entry.fieldsV1, path))) continue
    if (path.at(-1) === '.' && others.some((entry) => startsInside(entry.fieldsV1, path.slice(0, -1)))) continue
    object = removePath(object, path) as Loose
  }
  const taken = conflicts.flatMap((conflict) => conflict.paths)
  const kept = others
    .map((entry) => ({
      ...entry,
      fieldsV1: filterSet(entry.fieldsV1, (path) => !taken.some((other) => other.join() === path.join())),
    }))
    .filter((entry) => Object.keys(entry.fieldsV1).length > 0)
  const unchanged =
    mine && live && semanticEqual(mine.fieldsV1, named) && semanticEqual(withoutManaged(live), withoutManaged(object))
  const own: ManagedFields = {
    manager: applier.manager,
    operation: 'Apply',
    apiVersion: textAt(config, 'apiVersion'),
    time: unchanged && mine?.time ? mine.time : applier.time,
    fieldsType: 'FieldsV1',
    fieldsV1: named,
  }
  return { object: withManaged(object, [own, ...kept]) }
}

/**
 * Gives an update its managedFields: the manager owns what it changed, and nobody owns what is gone. `subresource` is `status` or
 * `scale` for those endpoints. Models: managedfields/internal/structuredmerge.go Update.
 */
export function trackUpdate(
  before: Loose | undefined,
  after: Loose,
  type: string,
  manager: string,
  time: string,
  subresource?: string,
): Loose {
  const { changed, removed } = changedFields(before ?? {}, after, type)
  const gone = new Set(pathsOf(removed).map((path) => path.join('\n')))
  const moved = new Set(pathsOf(changed).map((path) => path.join('\n')))
  const same = (entry: ManagedFields) =>
    entry.operation === 'Update' && entry.manager === manager && entry.subresource === subresource
  const entries = managedFieldsOf(before ?? after)
  const old = entries.find(same)
  const kept = entries
    .filter((entry) => !same(entry))
    .map((entry) => ({
      ...entry,
      fieldsV1: filterSet(entry.fieldsV1, (path) => !gone.has(path.join('\n')) && !moved.has(path.join('\n'))),
    }))
    .filter((entry) => Object.keys(entry.fieldsV1).length > 0)
  const fields = unionSet(old ? filterSet(old.fieldsV1, (path) => !gone.has(path.join('\n'))) : {}, changed)
  if (Object.keys(fields).length === 0) return withManaged(after, kept)
  const idle = Object.keys(changed).length === 0 && gone.size === 0
  const own: ManagedFields = {
    manager,
    operation: 'Update',
    apiVersion: textAt(after, 'apiVersion'),
    time: idle && old?.time ? old.time : time,
    fieldsType: 'FieldsV1',
    fieldsV1: fields,
    ...(subresource === undefined ? {} : { subresource }),
  }
  return withManaged(after, [...kept, own])
}

/** The managedFields of an object, empty when it has none. */
export function managedFieldsOf(object: Loose | undefined): readonly ManagedFields[] {
  const metadata = object?.metadata
  const list = isObject(metadata) ? metadata.managedFields : undefined
  return Array.isArray(list) ? (list as ManagedFields[]) : []
}

interface Conflict {
  readonly entry: ManagedFields
  readonly paths: readonly (readonly string[])[]
}

function findConflicts(
  live: Loose,
  config: Loose,
  named: FieldSet,
  entries: readonly ManagedFields[],
  mine: ManagedFields | undefined,
): readonly Conflict[] {
  return entries
    .filter((entry) => entry !== mine)
    .map((entry) => ({
      entry,
      paths: pathsOf(named).filter(
        (path) =>
          path.at(-1) !== '.' &&
          hasPath(entry.fieldsV1, path) &&
          !semanticEqual(valueAtPath(live, path), valueAtPath(config, path)),
      ),
    }))
    .filter((conflict) => conflict.paths.length > 0)
}

function conflictMessage(conflicts: readonly Conflict[]): string {
  const count = conflicts.reduce((sum, conflict) => sum + conflict.paths.length, 0)
  const nameOf = ({ entry }: Conflict) => {
    const name = JSON.stringify(entry.manager)
    const sub = entry.subresource ? ` with subresource ${JSON.stringify(entry.subresource)}` : ''
    return entry.operation === 'Update' ? `${name}${sub} using ${entry.apiVersion}` : `${name}${sub}`
  }
  const first = conflicts[0]
  if (count === 1 && first) {
    return `Apply failed with 1 conflict: conflict with ${nameOf(first)}: ${first.paths.map(showFieldPath).join('')}`
  }
  const told = conflicts.map(
    (conflict) =>
      `conflicts with ${nameOf(conflict)}:\n${conflict.paths.map((path) => `- ${showFieldPath(path)}`).join('\n')}`,
  )
  return `Apply failed with ${count} conflicts: ${told.join('\n')}`
}

/** What kubectl adds after `error: ` and the server's conflict message. */
export const conflictAdvice = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`

/** Sets every field of `config` in `live`; lists merge by their list type. */
function mergeTyped(live: Loose, config: Loose, type: string): Loose {
  for (const [key, value] of Object.entries(config)) {
    if (value === undefined) continue
    const inner = fieldsOf(type)?.get(key) ?? '*'
    const now = live[key]
    if (isObject(value) && isObject(now) && Object.keys(value).length > 0 && !isAtomic(inner, type, key)) {
      live[key] = mergeTyped(now, value, inner.replace(/^\{\}/, ''))
    } else if (Array.isArray(value) && Array.isArray(now))
      live[key] = mergeLists(now, value, type, key, inner.replace(/^\[\]/, ''))
    else if (isObject(value) && isObject(now) && Object.keys(value).length === 0) continue
    else setOwn(live, key, copyJson(value))
  }
  return live
}

function mergeLists(
  now: readonly unknown[],
  next: readonly unknown[],
  type: string,
  field: string,
  element: string,
): unknown[] {
  const rule = listType(type, field)
  if (!rule || rule.kind === 'atomic') return copyJson([...next])
  if (rule.kind === 'set') return [...now, ...next.filter((item) => !now.some((other) => semanticEqual(item, other)))]
  const out = [...now]
  for (const item of next) {
    const at = indexOfStep(out, stepOf(item, rule.keys))
    const old = out[at]
    if (at < 0) out.push(copyJson(item))
    else out[at] = isObject(old) && isObject(item) ? mergeTyped(copyJson(old), item, element) : copyJson(item)
  }
  return out
}

function removePath(object: unknown, path: readonly string[]): unknown {
  const [step, ...rest] = path
  if (step === undefined) return object
  if (step.startsWith('f:') && isObject(object)) {
    const key = step.slice(2)
    if (!(key in object)) return object
    if (rest.length === 0) delete object[key]
    else {
      const left = removePath(object[key], rest)
      if (Array.isArray(left) && left.length === 0) delete object[key]
      else object[key] = left
    }
    return object
  }
  if (!Array.isArray(object)) return object
  const at = indexOfStep(object, step)
  if (at < 0) return object
  if (rest.length === 0 || rest[0] === '.') return object.filter((_, index) => index !== at)
  object[at] = removePath(object[at], rest)
  return object
}

/** Whole elements go before their fields: a field without its list key could no longer be found. */
function elementsFirst(paths: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const rank = (path: readonly string[]) => (path.at(-1) === '.' ? path.length : path.length + 1000)
  return [...paths].sort((a, b) => rank(a) - rank(b))
}

function startsInside(set: FieldSet, path: readonly string[]): boolean {
  let here: FieldSet | undefined = set
  for (const step of path) here = here?.[step]
  return here !== undefined
}

function withManaged(object: Loose, entries: readonly ManagedFields[]): Loose {
  const metadata: Loose = { ...(isObject(object.metadata) ? object.metadata : {}) }
  if (entries.length > 0) metadata.managedFields = entries
  else delete metadata.managedFields
  return { ...object, metadata }
}

function withoutManaged(object: Loose): Loose {
  return withManaged(object, [])
}
