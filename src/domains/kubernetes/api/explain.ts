import type { ApiResource } from './apiResource.ts'
import { apiVersionOf } from './resources.ts'
import { type FieldType, fieldsOf, goStructName, typeOfKind } from './schema.ts'

/** Descriptions and required fields: what `schemaDocs.generated.ts` has. */
export interface SchemaDocs {
  readonly docs: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly required: Readonly<Record<string, readonly string[]>>
}

/**
 * The output of `kubectl explain RESOURCE[.field...]`, or its error. Models: kubectl/pkg/explain/v2 plaintext template.
 * Unlike Kubernetes, enumerations are not listed: the OpenAPI of the client library leaves them out.
 */
export function explain(
  resource: ApiResource,
  path: readonly string[],
  { docs, required }: SchemaDocs,
  recursive = false,
): { readonly text: string } | { readonly error: string } {
  const type = typeOfKind(apiVersionOf(resource), resource.kind)
  if (type === undefined) {
    const { group, version, plural } = resource
    return { error: `error: GVR (${group}/${version}, Resource=${plural}) not found in OpenAPI schema` }
  }
  let here: FieldType = type
  let about = docs[type]?.[''] ?? ''
  let lead = ''
  for (const name of path) {
    const owner = elementOf(here)
    const field = fieldsOf(owner)?.get(name)
    if (field === undefined) return { error: `error: field "${name}" does not exist` }
    const own = docs[owner]?.[name]
    const inner = docs[elementOf(field)]?.['']
    about = [own, inner].filter((text) => text !== undefined && text !== '').join('\n')
    lead = `FIELD: ${name} <${typeName(field)}>\n\n\n`
    here = field
  }
  const group = resource.group === '' ? '' : `GROUP:      ${resource.group}\n`
  const head = `${group}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`
  const description = `DESCRIPTION:\n${indent(wrap(about === '' ? '<empty>' : `${about}\n`, 76), 4)}\n`
  const owner = elementOf(here)
  const fields = fieldsOf(owner)
  const list =
    fields && fields.size > 0 ? `FIELDS:\n${fieldList(owner, { docs, required }, recursive, 1, [owner])}` : ''
  return { text: `${head}${lead}${description}${list}\n` }
}

function fieldList(
  owner: string,
  schema: SchemaDocs,
  recursive: boolean,
  level: number,
  seen: readonly string[],
): string {
  const pad = level * 2
  let out = ''
  for (const name of [...(fieldsOf(owner)?.keys() ?? [])].sort()) {
    const type = fieldsOf(owner)?.get(name) ?? ''
    const needed = schema.required[owner]?.includes(name) ? ' -required-' : ''
    out += `${' '.repeat(pad)}${name}\t<${typeName(type)}>${needed}\n`
    if (!recursive) {
      const text = schema.docs[owner]?.[name] ?? schema.docs[elementOf(type)]?.[''] ?? '<no description>'
      out += `${indent(wrap(text, 78 - pad), pad + 2)}\n\n`
      continue
    }
    const inner = elementOf(type)
    if (!seen.includes(inner)) out += fieldList(inner, schema, true, level + 1, [...seen, inner])
  }
  return out
}

/** The type inside lists and maps. */
function elementOf(type: FieldType): string {
  return type.replace(/^(\[\]|\{\})+/, '')
}

function typeName(type: FieldType): string {
  if (type.startsWith('[]')) return `[]${typeName(type.slice(2))}`
  if (type.startsWith('{}')) return `map[string]${typeName(type.slice(2))}`
  return words[type] ?? goStructName(type)
}

const words: Readonly<Record<string, string>> = {
  s: 'string',
  i: 'integer',
  l: 'integer',
  d: 'number',
  b: 'boolean',
  t: 'string',
  m: 'string',
  q: 'Quantity',
  I: 'IntOrString',
  y: 'string',
  '*': 'Object',
}

function indent(text: string, by: number): string {
  const pad = ' '.repeat(by)
  return text
    .split('\n')
    .map((line) => pad + line)
    .join('\n')
}

/** Breaks lines at spaces so that none is longer than `most`, unless a word is. Models: mitchellh/go-wordwrap. */
function wrap(text: string, most: number): string {
  return text
    .split('\n')
    .map((line) => {
      const lines: string[] = []
      let current = ''
      for (const [, space = '', word = ''] of line.matchAll(/(\s*)(\S+)/g)) {
        if (current !== '' && current.length + space.length + word.length > most) {
          lines.push(current)
          current = word
        } else current += space + word
      }
      lines.push(current)
      return lines.join('\n')
    })
    .join('\n')
}
