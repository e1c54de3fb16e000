import { isObject } from '../api/loose.ts'

/**
 * YAML as kubectl writes it: keys sorted, lists flush with their key, quotes only where a plain text would mean something else.
 * Models: sigs.k8s.io/yaml over go-yaml v2
 */
export function yamlText(value: unknown): string {
  if (isObject(value) && Object.keys(value).length > 0) return mapText(value, 0)
  if (Array.isArray(value) && value.length > 0) return listText(value, 0)
  return `${scalar(value, 0)}\n`
}

function mapText(map: { readonly [key: string]: unknown }, depth: number): string {
  const pad = '  '.repeat(depth)
  let text = ''
  for (const key of Object.keys(map).sort(naturally)) {
    const value = map[key]
    if (value === undefined) continue
    text += `${pad}${quoted(key)}:${inner(value, depth)}`
  }
  return text
}

/** What follows a key: a nested block on its own lines or a scalar on the same line. */
function inner(value: unknown, depth: number): string {
  if (isObject(value) && Object.keys(value).some((key) => value[key] !== undefined))
    return `\n${mapText(value, depth + 1)}`
  if (Array.isArray(value) && value.length > 0) return `\n${listText(value, depth)}`
  return ` ${scalar(value, depth + 1)}\n`
}

function listText(list: readonly unknown[], depth: number): string {
  const pad = '  '.repeat(depth)
  let text = ''
  for (const item of list) {
    if (isObject(item) && Object.keys(item).length > 0)
      text += `${pad}- ${mapText(item, depth + 1).slice(pad.length + 2)}`
    else if (Array.isArray(item) && item.length > 0)
      text += `${pad}- ${listText(item, depth + 1).slice(pad.length + 2)}`
    else text += `${pad}- ${scalar(item, depth + 1)}\n`
  }
  return text
}

function scalar(value: unknown, depth: number): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number')
    return Number.isInteger(value) || Math.abs(value) < 1e21 ? String(value) : value.toExponential()
  if (Array.isArray(value)) return '[]'
  if (typeof value === 'object') return '{}'
  const text = String(value)
  return text.includes('\n') && !hasControls(text.replace(/[\t\n]/g, '')) && text.trim() !== ''
    ? block(text, depth)
    : quoted(text)
}

function block(text: string, depth: number): string {
  const pad = '  '.repeat(depth)
  const body = text.replace(/\n+$/, '')
  const ends = text.length - body.length
  const chomp = ends === 0 ? '-' : ends === 1 ? '' : '+'
  const indent = /^[ \n]/.test(text) ? '2' : ''
  const lines = `${body}${'\n'.repeat(Math.max(0, ends - 1))}`.split('\n')
  return `|${indent}${chomp}\n${lines.map((line) => (line === '' ? '' : `${pad}${line}`)).join('\n')}`
}

function quoted(text: string): string {
  if (text === '') return '""'
  if (meansOther(text)) return JSON.stringify(text)
  if (hasControls(text)) return JSON.stringify(text)
  return isPlain(text) ? text : `'${text.replaceAll("'", "''")}'`
}

/** Whether a plain text would be read as a number, boolean, null or time. */
function meansOther(text: string): boolean {
  if (
    /^(~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF|<<)$/.test(
      text,
    )
  )
    return true
  if (/^[-+]?(\d[\d_]*)?(\.[\d_]*)?([eE][-+]?\d+)?$/.test(text) && /\d/.test(text)) return true
  if (/^[-+]?(0x[\da-fA-F_]+|0b[01_]+|0o?[0-7_]+)$/.test(text)) return true
  if (/^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/.test(text)) return true
  return /^\d{4}-\d{1,2}-\d{1,2}([Tt ].*)?$/.test(text)
}

function isPlain(text: string): boolean {
  if (/^[\s]|[\s]$/.test(text)) return false
  if (/^[,[\]{}#&*!|>'"%@`]/.test(text)) return false
  if (/^[-?:](\s|$)/.test(text)) return false
  if (/^(---|\.\.\.)/.test(text)) return false
  return !/: |:$| #/.test(text)
}

/** go-yaml orders keys with numbers in them by value: `a2` before `a10`. */
function naturally(a: string, b: string): number {
  const parts = (text: string): readonly string[] => text.match(/\d+|\D/g) ?? []
  const [x, y] = [parts(a), parts(b)]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const [p, q] = [x[i] as string, y[i] as string]
    if (p === q) continue
    const numbers = /^\d/.test(p) && /^\d/.test(q)
    if (numbers && Number(p) !== Number(q)) return Number(p) - Number(q)
    const letters = [p, q].map((c) => /^\p{L}/u.test(c)) as [boolean, boolean]
    if (letters[0] !== letters[1]) return letters[0] ? 1 : -1
    return p < q ? -1 : 1
  }
  return x.length - y.length
}

function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32 || text.charCodeAt(i) === 127) return true
  return false
}
