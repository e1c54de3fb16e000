import { Float, pythonText } from './python.ts'
import type { Shown } from './shaped.ts'

type Dict = { readonly [key: string]: Shown | undefined }

/** Lines of values with tabs between them, the names of nested parts in capitals in front. Models: awscli/text.py. */
export function textFormat(value: Shown): string {
  const out: string[] = []
  item(value, undefined, undefined, out)
  return out.join('')
}

function item(value: Shown, name: string | undefined, keys: readonly string[] | undefined, out: string[]): void {
  if (isDict(value)) dict(keys, value, name, out)
  else if (Array.isArray(value)) list(value, name, out)
  else out.push(`${pythonText(value)}\n`)
}

function list(items: readonly Shown[], name: string | undefined, out: string[]): void {
  if (items.length === 0) return
  if (items.some(isDict)) {
    const keys = new Set<string>()
    for (const one of items)
      if (isDict(one)) for (const [key, of] of Object.entries(one)) if (!nested(of)) keys.add(key)
    const all = [...keys].sort()
    for (const one of items) item(one, name, all, out)
  } else if (items.some(Array.isArray)) {
    const plain = items.filter((one) => !nested(one))
    if (plain.length > 0) scalars(plain, name, out)
    for (const one of items) if (nested(one)) item(one, name, undefined, out)
  } else scalars(items, name, out)
}

function scalars(items: readonly Shown[], name: string | undefined, out: string[]): void {
  if (name === undefined) out.push(`${items.map(pythonText).join('\t')}\n`)
  else for (const one of items) out.push(`${name.toUpperCase()}\t${pythonText(one)}\n`)
}

function dict(keys: readonly string[] | undefined, value: Dict, name: string | undefined, out: string[]): void {
  const sorted = Object.keys(value).sort()
  const plain = keys ?? sorted.filter((key) => !nested(value[key]))
  const rest = keys ? sorted.filter((key) => !keys.includes(key)) : sorted.filter((key) => nested(value[key]))
  const cells = plain.map((key) => (value[key] === undefined ? '' : pythonText(value[key])))
  if (cells.length > 0) out.push(`${(name === undefined ? cells : [name.toUpperCase(), ...cells]).join('\t')}\n`)
  for (const key of rest) item(value[key] ?? null, key, undefined, out)
}

export function isDict(value: Shown | undefined): value is Dict {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Float)
}

export function nested(value: Shown | undefined): boolean {
  return Array.isArray(value) || isDict(value)
}
