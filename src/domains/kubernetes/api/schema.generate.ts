import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { resourceTable } from './resourceTable.ts'
import { addedFields, quantityFields } from './schemaOverlay.ts'

/**
 * Reads the generated models of @kubernetes/client-node (OpenAPI 1.34) and writes `schema.generated.ts` (types and field types)
 * and `schemaDocs.generated.ts` (descriptions and required fields) for every type that a built-in kind reaches.
 * Run by `npm run schema`; the output is committed.
 */
const here = dirname(fileURLToPath(import.meta.url))
const models = join(here, '../../../../node_modules/@kubernetes/client-node/dist/gen/models')

interface Attribute {
  readonly baseName: string
  readonly name: string
  readonly type: string
  readonly format: string
}

const files = new Set(readdirSync(models).filter((name) => name.endsWith('.js')))
const types = new Map<string, string>()
const docs: Record<string, Record<string, string>> = {}
const required: Record<string, string[]> = {}
const pending: string[] = []

/** The name of a type in our schema: the Go name, with the version kept where a v2 type would clash with a v1 one. */
function shortName(model: string): string {
  const plain = model.replace(/^V1(?=[A-Z])/, '')
  if (plain !== model) return plain
  if (/^V2/.test(model)) return files.has(`${model.replace(/^V2/, 'V1')}.js`) ? model : model.slice(2)
  if (/^V\d(alpha|beta)\d/.test(model)) return model
  return model
}

function fieldType(owner: string, attribute: Attribute): string {
  const { type, format } = attribute
  const list = /^Array<(.*)>$/.exec(type)
  if (list) return `[]${fieldType(owner, { ...attribute, type: list[1] ?? '' })}`
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type)
  if (map) return `{}${fieldType(owner, { ...attribute, type: map[1] ?? '' })}`
  if (type === 'string') {
    if (quantityFields.has(`${owner}.${attribute.baseName}`)) return 'q'
    return format === 'byte' ? 'y' : 's'
  }
  if (type === 'number') return format === 'int64' ? 'l' : format === 'double' ? 'd' : 'i'
  if (type === 'boolean') return 'b'
  if (type === 'Date' || type === 'V1MicroTime') return format === 'date-time-micro' || type !== 'Date' ? 'm' : 't'
  if (type === 'IntOrString') return 'I'
  if (type === 'any') return '*'
  pending.push(type)
  return shortName(type)
}

function clean(text: string): string {
  return text
    .replace(/\\(['"`])/g, '$1')
    .replace(/\*\\\//g, '*/')
    .trim()
}

function readDocs(model: string, attributes: readonly Attribute[]): void {
  const text = readFileSync(join(models, `${model}.d.ts`), 'utf8')
  const short = shortName(model)
  const entry: Record<string, string> = {}
  const ofClass = /\/\*\*\n\* ([^\n]*)\n\*\/\nexport declare class/.exec(text)
  if (ofClass?.[1]) entry[''] = clean(ofClass[1])
  const needed: string[] = []
  for (const { name, baseName } of attributes) {
    const at = text.search(new RegExp(`\\n {4}'${name.replace(/[$]/g, '\\$&')}'\\??:`))
    if (at < 0) continue
    if (!text.startsWith(`'${name}'?`, at + 5)) needed.push(baseName)
    const comment = /\/\*\*\n {4}\* ([^\n]*)\n {4}\*\/$/.exec(text.slice(0, at))
    if (comment?.[1]) entry[baseName] = clean(comment[1])
  }
  docs[short] = entry
  if (needed.length > 0) required[short] = needed
}

function addType(model: string): void {
  const short = shortName(model)
  if (types.has(short)) return
  if (!files.has(`${model}.js`)) throw new Error(`no model ${model}`)
  const text = readFileSync(join(models, `${model}.js`), 'utf8')
  const json = /attributeTypeMap = (\[[\s\S]*?\n\]|\[\]);/.exec(text)?.[1]
  const attributes = json ? (JSON.parse(json) as Attribute[]) : []
  types.set(short, '')
  const fields = attributes.map((attribute) => [attribute.baseName, fieldType(short, attribute)] as const)
  const known = new Set(fields.map(([name]) => name))
  const added = Object.entries(addedFields[short] ?? {}).filter(([name]) => !known.has(name))
  types.set(short, [...fields, ...added].map(([name, type]) => `${name}:${type}`).join(' '))
  readDocs(model, attributes)
}

/** The model of a kind: `V1Pod`, `V2HorizontalPodAutoscaler`, or with the group in front where kinds clash (`EventsV1Event`). */
function modelOf(group: string, version: string, kind: string): string | undefined {
  const v = version[0]?.toUpperCase() + version.slice(1)
  const prefix = group === '' ? 'Core' : (group.split('.')[0]?.replace(/^./, (letter) => letter.toUpperCase()) ?? '')
  return [`${prefix}${v}${kind}`, `${v}${kind}`].find((model) => files.has(`${model}.js`))
}

const kinds: Record<string, string> = {}
for (const row of resourceTable) {
  const model = modelOf(row.group, row.version, row.kind)
  if (!model) continue
  kinds[`${row.group === '' ? '' : `${row.group}/`}${row.version}/${row.kind}`] = shortName(model)
  pending.push(model)
}
for (const model of ['V1Scale', 'V1Eviction', 'V1Status', 'V1DeleteOptions', 'V1ListMeta']) pending.push(model)
for (let model = pending.pop(); model; model = pending.pop()) addType(model)
for (const [name, fields] of Object.entries(addedFields)) {
  if (!types.has(name))
    types.set(
      name,
      Object.entries(fields)
        .map(([field, type]) => `${field}:${type}`)
        .join(' '),
    )
}

const header = '// Written by schema.generate.ts (npm run schema). Do not edit.\n'
const sorted = [...types].sort(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(
  join(here, 'schema.generated.ts'),
  `${header}export const typeLines = ${JSON.stringify(sorted.map(([name, fields]) => `${name} ${fields}`).join('\n'))}\n` +
    `export const kindTypes: Readonly<Record<string, string>> = ${JSON.stringify(kinds)}\n`,
)
writeFileSync(
  join(here, 'schemaDocs.generated.ts'),
  `${header}/** \`SchemaDocs\` as JSON: text is read faster than code, and only when someone asks. */\n` +
    `export const docsText =\n  ${JSON.stringify(JSON.stringify({ docs, required }))}\n`,
)
