import { isObject, type Loose, setOwn } from './loose.ts'
import { canonical, parseQuantity } from './quantity.ts'
import { type FieldType, fieldsOf, typeOfKind } from './schema.ts'

/**
 * The object as its Go type holds it: unknown fields and nulls are gone, quantities are in canonical form (`0.5` becomes `500m`).
 * Objects whose kind the schema does not know come back unchanged.
 */
export function normalizeObject(object: Loose): Loose {
  const { apiVersion, kind } = object
  const type = typeof apiVersion === 'string' && typeof kind === 'string' ? typeOfKind(apiVersion, kind) : undefined
  return type === undefined ? object : normalizeStruct(object, type)
}

function normalizeStruct(object: Loose, type: string): Loose {
  const fields = fieldsOf(type)
  if (!fields || fields.size === 0) return object
  const out: Loose = {}
  for (const [key, value] of Object.entries(object)) {
    const field = fields.get(key)
    if (field !== undefined && value !== null && value !== undefined) setOwn(out, key, normalizeValue(value, field))
  }
  return out
}

function normalizeValue(value: unknown, type: FieldType): unknown {
  if (type.startsWith('[]')) {
    return Array.isArray(value) ? value.map((item) => normalizeValue(item, type.slice(2))) : value
  }
  if (type.startsWith('{}')) {
    if (!isObject(value)) return value
    const out: Loose = {}
    for (const [key, item] of Object.entries(value)) setOwn(out, key, normalizeValue(item, type.slice(2)))
    return out
  }
  if (type === 'q' && (typeof value === 'string' || typeof value === 'number')) {
    const quantity = parseQuantity(value)
    return quantity ? canonical(quantity) : value
  }
  return isObject(value) ? normalizeStruct(value, type) : value
}
