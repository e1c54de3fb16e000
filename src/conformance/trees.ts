import { parseAllDocuments } from 'yaml'
import { isVolatileKey, masked } from './mask.ts'

/** The objects of a YAML or JSON output; undefined when it is neither. `...` lines are left out and allowed. */
export function treesOf(text: string): readonly unknown[] | undefined {
  const cleaned = text
    .split('\n')
    .filter((line) => !/^\s*(?:\.\.\.|…|\[\.\.\.\])\s*$/.test(line))
    .join('\n')
  try {
    const documents = parseAllDocuments(cleaned)
    if (documents.some((document) => document.errors.length > 0)) return undefined
    const values = documents.map((document) => document.toJS() as unknown).filter((value) => value !== null)
    return values.length > 0 && values.every((value) => typeof value === 'object') ? values : undefined
  } catch {
    return undefined
  }
}

/** Whether ours has every documented path with the same sort of value, and the same one where it is not a run's own. */
export function differenceOfTrees(documented: unknown, ours: unknown, path = '', key = ''): string | undefined {
  if (Array.isArray(documented)) {
    if (!Array.isArray(ours)) return `${path}: expected a list`
    if (isVolatileKey(key)) return undefined
    for (const [i, item] of documented.entries()) {
      const same = ours.some((other) => differenceOfTrees(item, other, '') === undefined)
      if (!same) return differenceOfTrees(item, ours[i], `${path}[${i}]`) ?? `${path}[${i}]: no such item`
    }
    return undefined
  }
  if (typeof documented === 'object' && documented !== null) {
    if (Array.isArray(ours)) {
      const same = ours.some((other) => differenceOfTrees(documented, other, '') === undefined)
      return same ? undefined : `${path}: no such item`
    }
    if (typeof ours !== 'object' || ours === null) return `${path}: expected an object`
    for (const [name, value] of Object.entries(documented)) {
      if (
        name === 'selfLink' ||
        name === 'managedFields' ||
        name === 'kubectl.kubernetes.io/last-applied-configuration'
      )
        continue
      const other = (ours as Readonly<Record<string, unknown>>)[name]
      if (other === undefined && value !== null && !isEmpty(value)) return `${path}.${name}: missing`
      const found = differenceOfTrees(value, other, `${path}.${name}`, name)
      if (found) return found
    }
    return undefined
  }
  if (documented === null || documented === undefined) return undefined
  if (isVolatileKey(key)) return undefined
  if (typeof documented !== typeof ours)
    return `${path}: expected ${JSON.stringify(documented)}, got ${JSON.stringify(ours)}`
  return masked(String(documented)) === masked(String(ours))
    ? undefined
    : `${path}: expected ${JSON.stringify(documented)}, got ${JSON.stringify(ours)}`
}

/** Whether a documented part of an object stands somewhere in ours. */
export function holdsPart(ours: unknown, part: unknown): boolean {
  if (differenceOfTrees(part, ours) === undefined) return true
  return typeof ours === 'object' && ours !== null && Object.values(ours).some((value) => holdsPart(value, part))
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
