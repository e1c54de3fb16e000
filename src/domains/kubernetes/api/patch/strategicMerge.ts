import { copyJson, goJson, isObject, type Loose, semanticEqual, setOwn } from '../loose.ts'
import { fieldsOf } from '../schema.ts'
import type { PatchAnswer } from './jsonPatch.ts'
import { listType, replacedObjects } from './listTypes.ts'

/**
 * Applies a strategic merge patch to an object of Go type `type`: lists with a merge key merge by it, `$patch: replace` and `delete`,
 * `$deleteFromPrimitiveList/x`, `$setElementOrder/x` and `$retainKeys` are obeyed.
 * Models: apimachinery/pkg/util/strategicpatch/patch.go.
 */
export function applyStrategicPatch(target: unknown, patch: unknown, type: string): PatchAnswer {
  if (!isObject(patch)) return { error: 'invalid JSON document' }
  try {
    return { value: mergeObject(isObject(target) ? copyJson(target) : {}, patch, type) }
  } catch (thrown) {
    if (thrown instanceof PatchProblem) return { error: thrown.message }
    throw thrown
  }
}

class PatchProblem extends Error {}

const deletePrefix = '$deleteFromPrimitiveList/'
const orderPrefix = '$setElementOrder/'

function mergeObject(target: Loose, patch: Loose, type: string): Loose {
  if (patch.$patch === 'replace') return without(patch, '$patch')
  if (patch.$patch === 'delete') return {}
  if (patch.$patch !== undefined && patch.$patch !== 'merge') {
    throw new PatchProblem(`unrecognized patch type: ${String(patch.$patch)} in ${goJson(patch)}`)
  }
  if (Array.isArray(patch.$retainKeys)) {
    for (const key of Object.keys(target)) if (!patch.$retainKeys.includes(key)) delete target[key]
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key === '$patch' || key === '$retainKeys' || key.startsWith(orderPrefix)) continue
    if (key.startsWith(deletePrefix)) {
      const field = key.slice(deletePrefix.length)
      const gone = Array.isArray(value) ? value : []
      if (Array.isArray(target[field])) {
        target[field] = (target[field] as unknown[]).filter((item) => !gone.some((other) => semanticEqual(item, other)))
      }
      continue
    }
    if (value === null) {
      delete target[key]
      continue
    }
    setOwn(target, key, mergeField(target[key], value, type, key))
  }
  for (const [key, order] of Object.entries(patch)) {
    if (!key.startsWith(orderPrefix) || !Array.isArray(order)) continue
    const field = key.slice(orderPrefix.length)
    const list = target[field]
    if (Array.isArray(list)) target[field] = reorder(list, order, listType(type, field)?.mergeKey)
  }
  return target
}

function mergeField(old: unknown, value: unknown, type: string, field: string): unknown {
  const inner = fieldsOf(type)?.get(field) ?? ''
  if (isObject(value)) {
    if (!isObject(old) || replacedObjects.has(`${type}.${field}`))
      return mergeObject({}, value, inner.replace(/^\{\}/, ''))
    return mergeObject(old, value, inner.replace(/^\{\}/, ''))
  }
  if (!Array.isArray(value)) return copyJson(value)
  const rule = listType(type, field)
  const element = inner.replace(/^\[\]/, '')
  if (rule?.mergeKey === undefined) return value.filter((item) => !isDirective(item)).map(copyJson)
  if (!Array.isArray(old)) return mergeList([], value, rule.mergeKey, element)
  return mergeList(old, value, rule.mergeKey, element)
}

function mergeList(old: readonly unknown[], patch: readonly unknown[], mergeKey: string, element: string): unknown[] {
  if (mergeKey === '') {
    const extra = patch.filter((item) => !old.some((other) => semanticEqual(item, other)))
    return [...old, ...extra]
  }
  if (patch.some((item) => isObject(item) && item.$patch === 'replace' && item[mergeKey] === undefined)) {
    return patch.filter((item) => !(isObject(item) && item.$patch === 'replace')).map(copyJson)
  }
  const out = [...old]
  for (const item of patch) {
    if (!isObject(item)) throw new PatchProblem(`list element types are not identical: ${JSON.stringify(item)}`)
    const key = item[mergeKey]
    if (key === undefined)
      throw new PatchProblem(`map: ${goMap(item)} does not contain declared merge key: ${mergeKey}`)
    const at = out.findIndex((other) => isObject(other) && other[mergeKey] === key)
    if (item.$patch === 'delete') {
      if (at >= 0) out.splice(at, 1)
    } else if (at >= 0) {
      const before = out[at]
      out[at] = mergeObject(isObject(before) ? before : {}, item, element)
    } else out.push(mergeObject({}, item, element))
  }
  return out
}

/** Puts the patched elements in the patch's order and keeps the server's own where they were. */
function reorder(list: readonly unknown[], order: readonly unknown[], mergeKey: string | undefined): unknown[] {
  const idOf = (item: unknown) => (mergeKey && isObject(item) ? item[mergeKey] : item)
  const wanted = order.map(idOf)
  const listed = (item: unknown) => wanted.some((id) => semanticEqual(id, idOf(item)))
  const ordered = wanted.flatMap((id) => list.filter((item) => semanticEqual(id, idOf(item))))
  const others = list.filter((item) => !listed(item))
  if (others.length === 0) return ordered
  // An element that only the server has stays before the first ordered one that followed it.
  const out: unknown[] = []
  const rest = [...ordered]
  for (const item of list) {
    if (!listed(item)) {
      out.push(item)
      continue
    }
    const next = rest.shift()
    if (next !== undefined) out.push(next)
  }
  return [...out, ...rest]
}

function isDirective(item: unknown): boolean {
  return isObject(item) && item.$patch !== undefined
}

function without(object: Loose, key: string): Loose {
  const copy = copyJson(object)
  delete copy[key]
  return copy
}

/** Go's %v of a map: `map[image:nginx]`, keys sorted. */
function goMap(object: Loose): string {
  const show = (value: unknown): string => {
    if (isObject(value)) return goMap(value)
    return Array.isArray(value) ? `[${value.map(show).join(' ')}]` : String(value)
  }
  return `map[${Object.keys(object)
    .sort()
    .map((key) => `${key}:${show(object[key])}`)
    .join(' ')}]`
}
