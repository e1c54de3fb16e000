import { copyJson, goJson, isObject, type Loose, objectAt, semanticEqual, setOwn } from '../loose.ts'
import { fieldsOf } from '../schema.ts'
import { listType, retainKeysObjects } from './listTypes.ts'

/** The annotation in which client-side apply remembers what it last sent. */
export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration'

/** A copy of `object` that carries itself in the last-applied annotation, as `kubectl apply` and `create --save-config` send it. */
export function withLastApplied(object: Loose): Loose {
  const copy = copyJson(object)
  const metadata: Loose = isObject(copy.metadata) ? copy.metadata : {}
  const annotations: Loose = isObject(metadata.annotations) ? metadata.annotations : {}
  delete annotations[lastAppliedAnnotation]
  copy.metadata = { ...metadata, annotations }
  annotations[lastAppliedAnnotation] = `${goJson(copy)}\n`
  return copy
}

/** What the live object says was last applied, or undefined (kubectl then warns and treats everything as new). */
export function lastApplied(live: Loose): Loose | undefined {
  const text = objectAt(live, 'metadata', 'annotations')?.[lastAppliedAnnotation]
  if (typeof text !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * The strategic merge patch that `kubectl apply` sends: additions and changes from live to `modified`, deletions of what `original`
 * had and `modified` has no more. An empty object means nothing to do (`unchanged`). `type` is the Go type.
 * Models: strategicpatch.CreateThreeWayMergePatch.
 */
export function threeWayPatch(original: Loose | undefined, modified: Loose, live: Loose, type: string): Loose {
  const changes = diffObject(live, modified, type, false)
  const deletions = original ? deleted(original, modified, live, type) : {}
  return overlay(deletions, changes)
}

/** The JSON merge patch of apply for kinds without a schema (custom resources). Models: jsonmergepatch.CreateThreeWayJSONMergePatch. */
export function threeWayMergePatch(original: Loose | undefined, modified: Loose, live: Loose): Loose {
  return threeWayPatch(original, modified, live, '')
}

/** Additions and changes only; nothing is deleted except list order, which `$setElementOrder` tells. */
function diffObject(live: Loose, modified: Loose, type: string, retain: boolean): Loose {
  const out: Loose = {}
  for (const key of Object.keys(modified).sort()) {
    const next = modified[key]
    const now = live[key]
    if (next === null) {
      if (now !== undefined && now !== null) out[key] = null
      continue
    }
    if (next === undefined || semanticEqual(now, next)) continue
    const inner = fieldsOf(type)?.get(key) ?? ''
    if (isObject(next) && isObject(now)) {
      const sub = diffObject(now, next, inner.replace(/^\{\}/, ''), retainKeysObjects.has(`${type}.${key}`))
      if (Object.keys(sub).length > 0) setOwn(out, key, sub)
    } else if (Array.isArray(next) && Array.isArray(now))
      diffList(out, key, now, next, type, inner.replace(/^\[\]/, ''))
    else setOwn(out, key, copyJson(next))
  }
  if (retain && Object.keys(out).length > 0) out.$retainKeys = Object.keys(modified).sort()
  return out
}

function diffList(
  out: Loose,
  key: string,
  now: readonly unknown[],
  next: readonly unknown[],
  type: string,
  element: string,
): void {
  const rule = listType(type, key)
  const mergeKey = rule?.mergeKey
  if (mergeKey === undefined) {
    setOwn(out, key, copyJson(next))
    return
  }
  if (mergeKey === '') {
    const added = next.filter((item) => !now.some((other) => semanticEqual(item, other)))
    if (added.length > 0) setOwn(out, key, copyJson(added))
    if (added.length > 0) out[`$setElementOrder/${key}`] = copyJson(next)
    return
  }
  const changed: Loose[] = []
  for (const item of next) {
    if (!isObject(item)) continue
    const old = now.find((other) => isObject(other) && other[mergeKey] === item[mergeKey])
    if (!isObject(old)) {
      changed.push(copyJson(item))
      continue
    }
    const sub = diffObject(old, item, element, rule?.retainKeys ?? false)
    if (Object.keys(sub).length > 0) changed.push({ ...sub, [mergeKey]: item[mergeKey] })
  }
  const keysOf = (list: readonly unknown[]) => list.map((item) => (isObject(item) ? item[mergeKey] : item))
  const shared = keysOf(now).filter((id) => keysOf(next).includes(id))
  const reordered = !semanticEqual(
    shared,
    keysOf(next).filter((id) => shared.includes(id)),
  )
  if (changed.length === 0 && !reordered) return
  if (changed.length > 0) setOwn(out, key, changed)
  out[`$setElementOrder/${key}`] = next.map((item) => (isObject(item) ? { [mergeKey]: item[mergeKey] } : item))
}

/** What was in `original` and is not in `modified`, as nulls and delete directives; only where it still is in `live`. */
function deleted(original: Loose, modified: Loose, live: Loose, type: string): Loose {
  const out: Loose = {}
  for (const key of Object.keys(original).sort()) {
    const before = original[key]
    const next = modified[key]
    const inner = fieldsOf(type)?.get(key) ?? ''
    if (next === undefined || next === null) {
      if (before !== null && key in live) out[key] = null
      continue
    }
    if (isObject(before) && isObject(next)) {
      const sub = deleted(before, next, isObject(live[key]) ? live[key] : {}, inner.replace(/^\{\}/, ''))
      if (Object.keys(sub).length > 0) setOwn(out, key, sub)
    } else if (Array.isArray(before) && Array.isArray(next)) {
      deletedItems(out, key, before, next, live[key], type, inner.replace(/^\[\]/, ''))
    }
  }
  return out
}

function deletedItems(
  out: Loose,
  key: string,
  before: readonly unknown[],
  next: readonly unknown[],
  live: unknown,
  type: string,
  element: string,
): void {
  const mergeKey = listType(type, key)?.mergeKey
  if (mergeKey === undefined) return
  const now = Array.isArray(live) ? live : []
  if (mergeKey === '') {
    const gone = before.filter((item) => !next.some((other) => semanticEqual(item, other)) && now.includes(item))
    if (gone.length > 0) out[`$deleteFromPrimitiveList/${key}`] = gone
    return
  }
  const items: Loose[] = []
  for (const item of before) {
    if (!isObject(item)) continue
    const same = (other: unknown) => isObject(other) && other[mergeKey] === item[mergeKey]
    const kept = next.find(same)
    const present = now.find(same)
    if (!isObject(kept)) {
      if (present) items.push({ $patch: 'delete', [mergeKey]: item[mergeKey] })
      continue
    }
    const sub = deleted(item, kept, isObject(present) ? present : {}, element)
    if (Object.keys(sub).length > 0) items.push({ ...sub, [mergeKey]: item[mergeKey] })
  }
  if (items.length === 0) return
  setOwn(out, key, items)
  out[`$setElementOrder/${key}`] = next.map((item) => (isObject(item) ? { [mergeKey]: item[mergeKey] } : item))
}

/** Both patches in one: list elements of the same key join. */
function overlay(deletions: Loose, changes: Loose): Loose {
  const out = copyJson(deletions)
  for (const [key, value] of Object.entries(changes)) {
    const old = out[key]
    if (isObject(old) && isObject(value)) out[key] = overlay(old, value)
    else if (Array.isArray(old) && Array.isArray(value) && !key.startsWith('$')) out[key] = joinLists(old, value)
    else setOwn(out, key, copyJson(value))
  }
  return out
}

function joinLists(deletions: readonly unknown[], changes: readonly unknown[]): unknown[] {
  const out: unknown[] = [...changes]
  for (const item of deletions) {
    if (!isObject(item)) continue
    const id = Object.keys(item).find((key) =>
      changes.some((other) => isObject(other) && semanticEqual(other[key], item[key]) && item[key] !== null),
    )
    const at = id === undefined ? -1 : out.findIndex((other) => isObject(other) && semanticEqual(other[id], item[id]))
    const other = out[at]
    if (isObject(other) && item.$patch === undefined) out[at] = overlay(item, other)
    else out.push(item)
  }
  return out
}
