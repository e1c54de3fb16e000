import { renderTemplate, type TemplateFunctions } from '../../../shell/goTemplate.ts'
import { Problem } from './problem.ts'

/** One row of a list: its fields in the names that templates use, as text. */
export type Row = Readonly<Record<string, unknown>>

/** A column of a list: its heading and the field or template that fills it. */
export type Column = readonly [heading: string, template: string]

/**
 * Prints a list as docker does: by default as a table of `columns`; `table TEMPLATE`, `json`, or a template for each row. `headings` name
 * the columns of a table by field. Models: cli/command/formatter
 */
export function formatRows(
  rows: readonly Row[],
  columns: readonly Column[],
  headings: Readonly<Record<string, string>>,
  format: string | undefined,
): string {
  if (format === undefined || format === 'table')
    return table([
      columns.map(([name]) => name),
      ...rows.map((row) => columns.map(([, field]) => String(row[field] ?? ''))),
    ])
  if (format === 'json') return rows.map((row) => `${jsonText(sorted(row))}\n`).join('')
  const asTable = format.startsWith('table ')
  const template = unescaped(asTable ? format.slice('table '.length) : format)
  const lines = rows.map((row) => render(template, row))
  if (!asTable) return lines.map((line) => `${line}\n`).join('')
  const header = render(template.replace(/\{\{\s*(?:\w+ )?\.(\w+)[^}]*\}\}/g, '{{.$1}}'), { ...HEADINGS, ...headings })
  return table([header.split('\t'), ...lines.map((line) => line.split('\t'))])
}

/** A row with its fields in the order of their names, as Go writes maps. */
function sorted(row: Row): Row {
  return Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A template over anything, in docker's words when it is wrong. */
export function render(template: string, data: unknown): string {
  const answer = renderTemplate(template, data, FUNCTIONS)
  if ('error' in answer)
    throw new Problem(`template parsing error: ${answer.error.replace(/^error parsing template: /, 'template: :1: ')}`)
  return answer.text
}

/** `\t` and `\n` of a template on the command line. */
export function unescaped(template: string): string {
  return template.replaceAll('\\t', '\t').replaceAll('\\n', '\n')
}

/** Cells in columns three blanks apart. Models: text/tabwriter as docker sets it. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, [...cell].length)
  return rows
    .map(
      (row) =>
        `${row.map((cell, i) => (i === row.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - [...cell].length + 3))).join('')}\n`,
    )
    .join('')
}

/** JSON as Go writes it: without spaces, with `<`, `>` and `&` escaped. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')
}

const HEADINGS: Readonly<Record<string, string>> = {
  ID: 'ID',
  Name: 'NAME',
  Names: 'NAMES',
  Image: 'IMAGE',
  Command: 'COMMAND',
  CreatedAt: 'CREATED AT',
  CreatedSince: 'CREATED',
  RunningFor: 'CREATED',
  Status: 'STATUS',
  State: 'STATE',
  Ports: 'PORTS',
  Size: 'SIZE',
  Labels: 'LABELS',
  Mounts: 'MOUNTS',
  Networks: 'NETWORKS',
  LocalVolumes: 'LOCAL VOLUMES',
  Platform: 'PLATFORM',
  Repository: 'REPOSITORY',
  Tag: 'TAG',
  Digest: 'DIGEST',
  Driver: 'DRIVER',
  Scope: 'SCOPE',
  Mountpoint: 'MOUNTPOINT',
}

const show = (value: unknown): string => String(value ?? '')
const FUNCTIONS: TemplateFunctions = {
  json: ([value]) => jsonText(value ?? null),
  join: ([list, separator]) => (Array.isArray(list) ? list.join(show(separator)) : show(list)),
  split: ([text, separator]) => show(text).split(show(separator)),
  lower: ([text]) => show(text).toLowerCase(),
  upper: ([text]) => show(text).toUpperCase(),
  title: ([text]) => show(text).replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  truncate: ([text, length]) => show(text).slice(0, Number(length)),
  pad: ([text, before, after]) => ' '.repeat(Number(before)) + show(text) + ' '.repeat(Number(after)),
  println: (args) => `${args.map(show).join(' ')}\n`,
}
