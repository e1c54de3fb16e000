import { renderTemplate } from '../../../shell/goTemplate.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { customCells, parseCustomColumns } from '../api/customColumns.ts'
import { isObject, type Loose, objectAt } from '../api/loose.ts'
import { printJsonPath } from '../api/path.ts'
import { qualifiedSingular } from '../api/resources.ts'
import type { Ask } from './ask.ts'
import { stop } from './problem.ts'
import { tableText } from './tabs.ts'
import { yamlText } from './yamlOut.ts'

/** What `-o` asks for: its name, and what stands after `=`. */
export interface Format {
  readonly kind: 'table' | 'wide' | 'yaml' | 'json' | 'kyaml' | 'name' | 'jsonpath' | 'go-template' | 'custom-columns'
  readonly argument: string
}

const ALLOWED =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml'

/** Reads `-o`. `tables` says whether the command prints tables, and so knows `wide` and custom columns. */
export function formatOf(ask: Ask, tables = false): Format {
  const given = ask.text('output')
  const template = ask.text('template')
  if (given === undefined || given === '')
    return template === undefined ? { kind: 'table', argument: '' } : { kind: 'go-template', argument: template }
  const cut = given.indexOf('=')
  const name = cut < 0 ? given : given.slice(0, cut)
  const argument = cut < 0 ? (template ?? '') : given.slice(cut + 1)
  switch (name) {
    case 'yaml':
    case 'json':
    case 'kyaml':
    case 'name':
      return { kind: name, argument: '' }
    case 'wide':
      if (tables) return { kind: 'wide', argument: '' }
      break
    case 'jsonpath':
      return argument === '' ? stop('template format specified but no template given') : { kind: 'jsonpath', argument }
    case 'jsonpath-file':
      return { kind: 'jsonpath', argument: ask.read(argument) }
    case 'go-template':
    case 'template':
      return argument === ''
        ? stop('template format specified but no template given')
        : { kind: 'go-template', argument }
    case 'go-template-file':
    case 'templatefile':
      return { kind: 'go-template', argument: ask.read(argument) }
    case 'custom-columns':
      if (tables) return { kind: 'custom-columns', argument }
      break
    case 'custom-columns-file':
      if (tables) return { kind: 'custom-columns', argument: columnsOfFile(ask.read(argument)) }
      break
  }
  const known = tables
    ? ALLOWED
    : ALLOWED.split(',')
        .filter((one) => !/^(custom|wide)/.test(one))
        .join(',')
  return stop(`unable to match a printer suitable for the output format "${name}", allowed formats are: ${known}`)
}

/** Prints one object in a format that is no table. */
export function objectText(ask: Ask, { kind, argument }: Format, object: Loose, resource?: ApiResource): string {
  const shown = ask.flag('show-managed-fields') ? object : withoutManaged(object)
  switch (kind) {
    case 'yaml':
      return yamlText(shown)
    case 'kyaml':
      return `---\n${jsonText(shown)}\n`
    case 'json':
      return `${jsonText(shown)}\n`
    case 'name':
      return nameText(object, resource)
    case 'jsonpath': {
      const answer = printJsonPath(
        argument,
        shown,
        ask.has('allow-missing-template-keys') && !ask.flag('allow-missing-template-keys'),
      )
      return 'text' in answer ? answer.text : stop(answer.error)
    }
    case 'go-template': {
      const answer = renderTemplate(argument, shown)
      return 'text' in answer ? answer.text : stop(answer.error)
    }
    case 'custom-columns':
      return columnsText(argument, [shown])
    default:
      return ''
  }
}

/** The table of `-o custom-columns`. */
export function columnsText(spec: string, objects: readonly unknown[], headers = true): string {
  const parsed = parseCustomColumns(spec)
  if ('error' in parsed) return stop(parsed.error)
  const rows = objects.map((object) => customCells(parsed.columns, object))
  return tableText(headers ? [parsed.columns.map(({ header }) => header), ...rows] : rows).text
}

/** `pod/web`, `deployment.apps/web`. */
export function nameText(object: Loose, resource: ApiResource | undefined): string {
  if (/List$/.test(String(object.kind)) && Array.isArray(object.items))
    return object.items.map((item) => nameText(item as Loose, undefined)).join('')
  const group = String(object.apiVersion).includes('/') ? `.${String(object.apiVersion).split('/')[0]}` : ''
  const type = resource ? qualifiedSingular(resource) : `${String(object.kind).toLowerCase()}${group}`
  return `${type}/${String(objectAt(object, 'metadata')?.name ?? '')}\n`
}

/** JSON with keys sorted and four spaces a level, as kubectl prints it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(sorted(value), null, 4)
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  )
}

/** An object without managedFields. */
export function withoutManaged(object: Loose): Loose {
  if (Array.isArray(object.items))
    return { ...object, items: object.items.map((item) => (isObject(item) ? withoutManaged(item) : item)) }
  const metadata = objectAt(object, 'metadata')
  if (!metadata || metadata.managedFields === undefined) return object
  const { managedFields: _gone, ...kept } = metadata
  return { ...object, metadata: kept }
}

/** Two lines, headers and paths, as a `--custom-columns-file` has them. */
function columnsOfFile(text: string): string {
  const [headers = '', paths = ''] = text.split('\n')
  const names = headers.trim().split(/\s+/)
  const specs = paths.trim().split(/\s+/)
  if (names.length !== specs.length || names[0] === '')
    return stop(`number of headers ${names.length} and field specifications ${specs.length} don't match`)
  return names.map((name, i) => `${name}:${specs[i]}`).join(',')
}
