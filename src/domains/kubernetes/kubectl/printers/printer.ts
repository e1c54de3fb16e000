import { humanDuration } from '../../api/humanDuration.ts'
import { formatLabelSelector, type LabelSelector } from '../../api/labels.ts'
import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'

/** How objects of a kind stand in a table. A column whose name ends in `*` is shown with `-o wide` only. */
export interface Printer {
  readonly columns: readonly string[]
  readonly row: (object: Loose, seen: Seen) => readonly string[]
}

/** What a row depends on beside the object: the time in ms since 1970. */
export interface Seen {
  readonly now: number
  readonly wide: boolean
}

/** Age of an RFC 3339 time. */
export function ageOf(time: unknown, now: number): string {
  return typeof time === 'string' && time !== '' ? humanDuration(now - Date.parse(time)) : '<unknown>'
}

/** Age of an object. */
export function age(object: Loose, { now }: Seen): string {
  return ageOf(valueAt(object, 'metadata', 'creationTimestamp'), now)
}

export function nameOf(object: Loose): string {
  return textAt(object, 'metadata', 'name')
}

/** A number, 0 where it is absent. */
export function count(object: Loose, ...path: readonly string[]): string {
  return String(valueAt(object, ...path) ?? 0)
}

/** Names and images of a template's containers, each joined by commas. */
export function containerCells(podSpec: Loose | undefined): readonly [string, string] {
  const containers = [...objectsAt(podSpec, 'containers')]
  return [
    containers.map((one) => textAt(one, 'name')).join(','),
    containers.map((one) => textAt(one, 'image')).join(','),
  ]
}

/** A LabelSelector object as text. */
export function selectorCell(object: Loose, ...path: readonly string[]): string {
  return formatLabelSelector(objectAt(object, ...path) as LabelSelector | undefined)
}

/** A map of labels as text: `a=b,c=d`, `<none>`. */
export function labelText(labels: unknown, none = '<none>'): string {
  const entries = Object.entries((labels ?? {}) as Record<string, string>).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.length === 0 ? none : entries.map(([key, value]) => `${key}=${value}`).join(',')
}

/** `True`, `False`, or `<unset>`. */
export function boolCell(value: unknown): string {
  return value === undefined || value === null ? '<unset>' : value ? 'True' : 'False'
}
