import { isObject, type Loose } from '../../api/loose.ts'
import type { Sheet } from './sheet.ts'

/** Any other object: every field under a readable name. Models: kubectl/pkg/describe GenericDescriber */
export function describeGeneric(sheet: Sheet, object: Loose): void {
  const metadata = object.metadata as Loose
  sheet.field('Name', metadata.name)
  sheet.field('Namespace', metadata.namespace ?? '')
  sheet.labels('Labels', metadata.labels)
  sheet.annotations('Annotations', metadata.annotations)
  const { name: _n, namespace: _ns, labels: _l, annotations: _a, managedFields: _m, ...kept } = metadata
  fields(sheet, 0, { ...object, metadata: kept })
}

function fields(sheet: Sheet, level: number, object: Loose): void {
  for (const key of Object.keys(object).sort()) {
    const value = object[key]
    if (value === undefined) continue
    if (isObject(value)) {
      sheet.line(level, `${label(key)}:`)
      fields(sheet, level + 1, value)
    } else if (Array.isArray(value)) {
      sheet.line(level, `${label(key)}:`)
      for (const item of value) isObject(item) ? fields(sheet, level + 1, item) : sheet.line(level + 1, String(item))
    } else sheet.field(label(key), value === null ? '<nil>' : value, level)
  }
}

/** `creationTimestamp` as `Creation Timestamp`, `apiVersion` as `API Version`. */
function label(field: string): string {
  if (/[^a-zA-Z-]/.test(field)) return field
  return field
    .split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .map((part) =>
      ['API', 'URL', 'UID', 'GUID'].includes(part.toUpperCase())
        ? part.toUpperCase()
        : part.charAt(0).toUpperCase() + part.slice(1),
    )
    .join(' ')
}
