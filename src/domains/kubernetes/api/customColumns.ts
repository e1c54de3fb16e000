import { goJson, isObject } from './loose.ts'
import { relaxExpression, selectValues } from './path.ts'

/** One column of `-o custom-columns`. */
export interface CustomColumn {
  readonly header: string
  readonly template: string
}

/** Reads `NAME:.metadata.name,IMAGE:.spec.image`, or kubectl's words for what is wrong. Models: kubectl/pkg/cmd/get/customcolumn.go. */
export function parseCustomColumns(
  spec: string,
): { readonly columns: readonly CustomColumn[] } | { readonly error: string } {
  if (spec === '') return { error: 'custom-columns format specified but no custom columns given' }
  const columns: CustomColumn[] = []
  for (const part of splitColumns(spec)) {
    const colon = part.indexOf(':')
    if (colon < 0) return { error: `unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>` }
    const relaxed = relaxExpression(part.slice(colon + 1))
    if ('error' in relaxed) return { error: relaxed.error }
    columns.push({ header: part.slice(0, colon), template: relaxed.template })
  }
  return { columns }
}

/** The cells of one row: values joined by commas, `<none>` for a missing or null one. */
export function customCells(columns: readonly CustomColumn[], object: unknown): readonly string[] {
  return columns.map(({ template }) => {
    const found = selectValues(template, object)
    if ('error' in found || found.values.length === 0) return '<none>'
    return found.values.map(cell).join(',')
  })
}

/** Go's %v of a value: `map[app:web]`, `[a b]`, `<none>` for null. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '<none>'
  return goValue(value)
}

function goValue(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goValue).join(' ')}]`
  if (isObject(value))
    return `map[${Object.keys(value)
      .sort()
      .map((key) => `${key}:${goValue(value[key])}`)
      .join(' ')}]`
  return typeof value === 'string' ? value : goJson(value)
}

/** Splits at commas outside brackets and quotes, so that filters and unions may hold commas. */
function splitColumns(spec: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let from = 0
  for (let i = 0; i < spec.length; i++) {
    const c = spec[i]
    if (c === '[' || c === '(') depth++
    else if (c === ']' || c === ')') depth--
    else if (c === ',' && depth === 0) {
      parts.push(spec.slice(from, i))
      from = i + 1
    }
  }
  parts.push(spec.slice(from))
  return parts
}
