import type { World } from '../../../../kernel/index.ts'
import { EPOCH } from '../../../../kernel/index.ts'
import { humanDuration } from '../../api/humanDuration.ts'
import { type Loose, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { kubeEvents } from '../../kubeEvent.ts'
import { tabbed } from '../tabs.ts'

/** A description in the making: lines with tabs, two spaces a level. Models: kubectl/pkg/describe PrefixWriter */
export class Sheet {
  readonly world: World
  private text = ''

  constructor(world: World) {
    this.world = world
  }

  get now(): number {
    return EPOCH + this.world.now
  }

  /** A line `level` deep. */
  line(level: number, text: string): void {
    this.text += `${'  '.repeat(level)}${text}\n`
  }

  /** `Name:\tvalue`. */
  field(name: string, value: unknown, level = 0): void {
    this.line(level, `${name}:\t${String(value)}`)
  }

  /** Labels one a line, aligned; `<none>`. */
  labels(title: string, labels: unknown, indent = ''): void {
    const entries = Object.entries((labels ?? {}) as Record<string, string>).sort(([a], [b]) => (a < b ? -1 : 1))
    if (entries.length === 0) this.line(0, `${indent}${title}:\t<none>`)
    for (const [i, [key, value]] of entries.entries())
      this.line(0, `${indent}${i === 0 ? `${title}:` : ''}\t${key}=${value}`)
  }

  annotations(title: string, annotations: unknown): void {
    const entries = Object.entries((annotations ?? {}) as Record<string, string>)
      .filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
      .sort(([a], [b]) => (a < b ? -1 : 1))
    if (entries.length === 0) this.line(0, `${title}:\t<none>`)
    for (const [i, [key, raw]] of entries.entries()) {
      const value = raw.replace(/\n$/, '')
      const lead = i === 0 ? `${title}:\t` : '\t'
      if (value.length + key.length + 2 > LONGEST || value.includes('\n')) {
        this.line(0, `${lead}${key}:`)
        for (const part of value.split('\n'))
          this.line(0, `\t  ${part.length > LONGEST - 2 ? `${part.slice(0, LONGEST - 2)}...` : part}`)
      } else this.line(0, `${lead}${key}: ${value}`)
    }
  }

  /** The first lines of most descriptions. */
  head(object: Loose, namespaced = true): void {
    this.field('Name', textAt(object, 'metadata', 'name'))
    if (namespaced) this.field('Namespace', textAt(object, 'metadata', 'namespace'))
  }

  marks(object: Loose): void {
    this.labels('Labels', valueAt(object, 'metadata', 'labels'))
    this.annotations('Annotations', valueAt(object, 'metadata', 'annotations'))
  }

  controlledBy(object: Loose): void {
    const owner = objectsAt(object, 'metadata', 'ownerReferences').find((one) => one.controller)
    if (owner) this.field('Controlled By', `${textAt(owner, 'kind')}/${textAt(owner, 'name')}`)
  }

  /** The events about an object, and `<none>` without any. */
  events(id: string): void {
    const events = kubeEvents(this.world, id)
    if (events.length === 0) {
      this.line(0, 'Events:\t<none>')
      return
    }
    this.line(0, 'Events:')
    this.line(1, 'Type\tReason\tAge\tFrom\tMessage')
    this.line(1, '----\t------\t----\t----\t-------')
    for (const event of [...events].sort((a, b) => a.last - b.last)) {
      const ago = (ms: number) => humanDuration(this.world.now - ms)
      const age = event.count > 1 ? `${ago(event.last)} (x${event.count} over ${ago(event.first)})` : ago(event.first)
      const { fieldPath } = event as { readonly fieldPath?: string }
      const lead = fieldPath === undefined ? '' : `${fieldPath}: `
      this.line(1, `${event.type}\t${event.reason}\t${age}\t${event.source}\t${lead}${event.message.trim()}`)
    }
  }

  toString(): string {
    return tabbed(this.text)
  }
}

const LONGEST = 140

/** RFC 1123 with a numeric zone: `Thu, 01 Jan 2026 00:00:05 +0000`. */
export function longTime(time: unknown): string {
  if (typeof time !== 'string' || time === '') return 'Mon, 01 Jan 0001 00:00:00 +0000'
  return new Date(Date.parse(time)).toUTCString().replace('GMT', '+0000')
}

/** Names of a resource list in order, with their quantities. */
export function amounts(list: Loose | undefined): readonly (readonly [string, string])[] {
  return Object.keys(list ?? {})
    .sort()
    .map((name) => [name, String(list?.[name])] as const)
}

/** The condition rows of a workload. */
export function conditionRows(sheet: Sheet, object: Loose): void {
  const conditions = objectsAt(object, 'status', 'conditions')
  if (conditions.length === 0) return
  sheet.line(0, 'Conditions:')
  sheet.line(1, 'Type\tStatus\tReason')
  sheet.line(1, '----\t------\t------')
  for (const one of conditions)
    sheet.line(1, `${textAt(one, 'type')} \t${textAt(one, 'status')}\t${textAt(one, 'reason')}`)
}

/** `key=value` of a map in order. */
export function flat(labels: unknown): string {
  const entries = Object.entries((labels ?? {}) as Record<string, string>).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.length === 0 ? '<none>' : entries.map(([key, value]) => `${key}=${value}`).join(',')
}
