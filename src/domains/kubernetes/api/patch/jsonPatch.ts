import { copyJson, isObject, type Loose, semanticEqual, setOwn } from '../loose.ts'

/** A patched document, or the error words of the library that the API server uses. */
export type PatchAnswer = { readonly value: unknown } | { readonly error: string }

/** Applies an RFC 6902 patch. Models: gopkg.in/evanphx/json-patch.v4 as used by the API server. */
export function applyJsonPatch(target: unknown, patch: unknown): PatchAnswer {
  if (!Array.isArray(patch)) {
    return { error: 'json: cannot unmarshal object into Go value of type jsonpatch.Patch' }
  }
  let document: unknown = copyJson(target)
  for (const item of patch) {
    const answer = step(document, isObject(item) ? item : {})
    if ('error' in answer) return answer
    document = answer.value
  }
  return { value: document }
}

/** Applies an RFC 7396 patch: null deletes, objects merge, anything else replaces. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return copyJson(patch)
  const out: Loose = isObject(target) ? copyJson(target) : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete out[key]
    else setOwn(out, key, applyMergePatch(out[key], value))
  }
  return out
}

function step(document: unknown, item: Loose): PatchAnswer {
  const op = typeof item.op === 'string' ? item.op : 'unknown'
  const path = typeof item.path === 'string' ? item.path : ''
  switch (op) {
    case 'add':
      return add(document, path, copyJson(item.value), 'add')
    case 'remove':
      return remove(document, path)
    case 'replace': {
      if (path === '') return { value: copyJson(item.value) }
      const found = locate(document, path)
      if (!found) return { error: `replace operation does not apply: doc is missing path: ${path}: missing value` }
      if (found.value === undefined)
        return { error: `replace operation does not apply: doc is missing key: ${path}: missing value` }
      put(found, copyJson(item.value))
      return { value: document }
    }
    case 'move':
    case 'copy': {
      const from = typeof item.from === 'string' ? item.from : ''
      const found = locate(document, from)
      if (!found || found.value === undefined) {
        return { error: `${op} operation does not apply: doc is missing from path: ${from}: missing value` }
      }
      const value = copyJson(found.value)
      if (op === 'move') {
        const removed = remove(document, from)
        if ('error' in removed) return removed
      }
      return add(document, path, value, op)
    }
    case 'test': {
      const found = path === '' ? { value: document } : locate(document, path)
      if (!found) return { error: `test operation does not apply: is missing path: ${path}: missing value` }
      if (semanticEqual(found.value ?? null, item.value ?? null)) return { value: document }
      return { error: `testing value ${path} failed: test failed` }
    }
    default:
      return { error: `Unexpected kind: ${op}` }
  }
}

interface Place {
  readonly owner: Loose | unknown[]
  readonly key: string
  readonly value: unknown
}

function locate(document: unknown, path: string): Place | undefined {
  const steps = path.split('/').slice(1).map(unescapeStep)
  let owner: unknown = document
  for (const name of steps.slice(0, -1)) owner = child(owner, name)
  const key = steps[steps.length - 1]
  if (key === undefined || (!isObject(owner) && !Array.isArray(owner))) return undefined
  return { owner, key, value: child(owner, key) }
}

function child(owner: unknown, key: string): unknown {
  if (Array.isArray(owner))
    return /^-?\d+$/.test(key) ? owner[Number(key) < 0 ? owner.length + Number(key) : Number(key)] : undefined
  return isObject(owner) ? owner[key] : undefined
}

function put(place: Place, value: unknown): void {
  if (Array.isArray(place.owner)) place.owner[Number(place.key)] = value
  else setOwn(place.owner, place.key, value)
}

function add(document: unknown, path: string, value: unknown, op: string): PatchAnswer {
  if (path === '') return { value }
  const place = locate(document, path)
  if (!place) return { error: `${op} operation does not apply: doc is missing path: "${path}": missing value` }
  if (!Array.isArray(place.owner)) {
    setOwn(place.owner, place.key, value)
    return { value: document }
  }
  const index = place.key === '-' ? place.owner.length : Number(place.key)
  if (!Number.isInteger(index))
    return {
      error: `value was not a proper array index: '${place.key}': strconv.Atoi: parsing "${place.key}": invalid syntax`,
    }
  if (index > place.owner.length || index < 0) {
    return {
      error: `error in add for path: '${path}': Unable to access invalid index: ${index}: invalid index referenced`,
    }
  }
  place.owner.splice(index, 0, value)
  return { value: document }
}

function remove(document: unknown, path: string): PatchAnswer {
  const place = locate(document, path)
  if (!place) return { error: `remove operation does not apply: doc is missing path: "${path}": missing value` }
  if (place.value === undefined) {
    const words = Array.isArray(place.owner)
      ? `Unable to access invalid index: ${place.key}: invalid index referenced`
      : `Unable to remove nonexistent key: ${place.key}: missing value`
    return { error: `error in remove for path: '${path}': ${words}` }
  }
  if (Array.isArray(place.owner)) place.owner.splice(Number(place.key), 1)
  else delete place.owner[place.key]
  return { value: document }
}

function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}
