import { failed } from './cliError.ts'
import { pythonText } from './python.ts'
import type { Shown } from './shaped.ts'
import { isDict, nested } from './textFormat.ts'

const WIDTH = 80

/** Boxes of rows and columns under a title. `title` is the operation's name. Models: awscli/table.py and TableFormatter. */
export function tableFormat(title: string, value: Shown): string {
  const table: Section[] = []
  return build(table, title, value, 0) ? rendered(table) : ''
}

class Section {
  title: string
  readonly indent: number
  headers: readonly string[] = []
  rows: (readonly string[])[] = []
  private widths: number[] = []

  constructor(title: string, indent: number) {
    this.title = title
    this.indent = indent
  }

  header(headers: readonly string[]): void {
    this.headers = headers
    this.widen(headers)
  }

  row(cells: readonly Shown[]): void {
    const row = cells.map(pythonText)
    const [first] = this.rows
    if (first && first.length !== row.length)
      throw failed(`Row should have ${first.length} elements, instead it has ${row.length}`)
    this.rows.push(row)
    this.widen(row)
  }

  total(): number {
    const columns = this.widths.reduce((sum, width) => sum + width + 4, 0) + 2 + this.indent * 2
    return Math.max(lengthOf(this.title) + 2 + this.indent * 2, columns)
  }

  columns(max: number): readonly number[] {
    const padded = this.widths.map((width) => width + 4)
    const sum = padded.reduce((a, b) => a + b, 0)
    if (padded.length === 0) return padded
    const scaled = padded.map((width) => bankers((max / sum) * width))
    let off = scaled.reduce((a, b) => a + b, 0) - max
    while (off !== 0) {
      const order = scaled.map((_, i) => i)
      if (off < 0) order.reverse()
      for (const i of order) {
        scaled[i] = (scaled[i] ?? 0) + (off > 0 ? -1 : 1)
        off += off > 0 ? -1 : 1
        if (off === 0) break
      }
    }
    return scaled
  }

  private widen(cells: readonly string[]): void {
    if (this.widths.length === 0) this.widths = cells.map(lengthOf)
    else
      cells.forEach((cell, i) => {
        this.widths[i] = Math.max(this.widths[i] ?? 0, lengthOf(cell))
      })
  }
}

function build(table: Section[], title: string | undefined, value: Shown, indent: number): boolean {
  if (value === null || value === '' || value === 0 || value === false) return false
  if (Array.isArray(value) ? value.length === 0 : isDict(value) && Object.keys(value).length === 0) return false
  if (title !== undefined) table.push(new Section(title, indent))
  const current = () => table[table.length - 1] ?? new Section('', 0)
  if (Array.isArray(value)) {
    const items = value as readonly Shown[]
    if (isDict(items[0])) fromList(table, items, indent, title ?? '')
    else
      for (const one of items) {
        if (!nested(one)) current().row([one])
        else if (Array.isArray(one) && !one.some(nested)) current().row(one)
        else build(table, undefined, one, 0)
      }
  } else if (isDict(value)) {
    const keys = Object.keys(value)
    const headers = keys.filter((key) => !nested(value[key])).sort()
    const [only] = headers
    if (headers.length === 1 && only !== undefined) current().row([only, value[only] ?? null])
    else if (headers.length > 0) {
      current().header(headers)
      current().row(headers.map((key) => value[key] ?? null))
    }
    for (const key of keys.filter((one) => nested(value[one])).sort()) build(table, key, value[key] ?? null, indent + 1)
  } else current().row([value])
  return true
}

function fromList(table: Section[], items: readonly Shown[], indent: number, title: string): void {
  const headers = new Set<string>()
  const more = new Set<string>()
  for (const one of items)
    if (isDict(one)) for (const [key, of] of Object.entries(one)) (nested(of) ? more : headers).add(key)
  const names = [...headers].sort()
  table[table.length - 1]?.header(names)
  let first = true
  for (const one of items) {
    if (!isDict(one)) continue
    if (!first && more.size > 0) {
      table.push(new Section(title, indent))
      table[table.length - 1]?.header(names)
    }
    first = false
    table[table.length - 1]?.row(names.map((key) => (one[key] === undefined ? '' : (one[key] as Shown))))
    for (const key of [...more].sort()) if (key in one) build(table, key, one[key] ?? null, indent + 1)
  }
}

function rendered(sections: Section[]): string {
  const widest = () => Math.max(...sections.map((section) => section.total()))
  let width = widest()
  let shown = sections
  if (width > WIDTH) {
    shown = sections.map((section) => {
      const [row] = section.rows
      if (section.rows.length !== 1 || section.headers.length === 0 || !row) return section
      const turned = new Section(section.title, section.indent)
      section.headers.forEach((header, i) => {
        turned.row([header, row[i] ?? ''])
      })
      return turned
    })
    width = Math.max(...shown.map((section) => section.total()))
  }
  const lines = ['-'.repeat(width)]
  for (const section of shown) {
    const inner = width - section.indent * 2
    const bars = '|'.repeat(section.indent)
    const put = (text: string) => lines.push(`${bars}${text}${bars}`)
    if (section.title !== '') {
      put(centred(section.title, inner, '|'))
      if (section.headers.length === 0 && section.rows.length === 0) put(`+${'-'.repeat(inner - 2)}+`)
    }
    const columns = section.columns(inner)
    const rule = columns.map((one, i) => (i === 0 ? `+${'-'.repeat(one - 2)}+` : `${'-'.repeat(one - 1)}+`)).join('')
    if (section.headers.length > 0) {
      put(rule)
      put(columns.map((one, i) => centred(section.headers[i] ?? '', one, i === 0 ? '|' : '')).join(''))
    }
    if (section.rows.length > 0 && columns.length > 0) {
      put(rule)
      for (const row of section.rows)
        put(columns.map((one, i) => (row[i] === undefined ? '' : aligned(row[i], one, i === 0 ? '|' : ''))).join(''))
      put(rule)
    }
  }
  return `${lines.join('\n')}\n`
}

function centred(text: string, length: number, left: string): string {
  const start = Math.max(0, Math.floor(length / 2) - Math.floor(lengthOf(text) / 2) - 1)
  return `${left}${' '.repeat(start)}${text}${' '.repeat(Math.max(0, length - 1 - left.length - start - lengthOf(text)))}|`
}

function aligned(text: string, length: number, left: string): string {
  const padding = length - (lengthOf(text) + 2 + left.length + 1) >= 0 ? 2 : 0
  const used = left.length + padding + lengthOf(text)
  return `${left}${' '.repeat(padding)}${text}${' '.repeat(Math.max(0, length - used - 1))}|`
}

/** Columns that a text takes: wide characters take two. */
function lengthOf(text: string): number {
  let length = 0
  for (const sign of text)
    length += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/.test(sign)
      ? 2
      : 1
  return length
}

/** Rounds a half to the even side, as Python does. */
function bankers(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}
