import type { World } from '../../../kernel/index.ts'
import { filled } from '../image/layer.ts'
import { manifestDigest } from '../image/runnable.ts'
import { sizeText } from '../image/sizeText.ts'
import type { Build } from './build.ts'
import { imageContent } from './export.ts'
import { stepId } from './runStep.ts'
import { stepLog } from './stepLog.ts'

/** One thing that progress tells: an internal one, or a step. Times in virtual ms. */
export interface ProgressItem {
  readonly id: string
  readonly name: string
  readonly startedAt: number
  readonly endedAt?: number | undefined
  readonly cached?: boolean
  readonly error?: string | undefined
  readonly canceled?: boolean
  /** Lines below it: `transferring context: 2B done`. */
  readonly notes: readonly string[]
  /** What its command wrote, each line with seconds since it began. */
  readonly log: readonly string[]
}

/** Everything that progress can tell of a build by now, in order of its beginning. Models: the vertexes of buildkit's client. */
export function progressOf(build: Build, world: World): readonly ProgressItem[] {
  const items = [...loading(build, world)]
  if (build.state === 'loading') return items
  const loaded = bornAt(build, world) + build.loadMs
  if (build.plan.usesContext)
    items.push({
      id: 'context',
      name: '[internal] load build context',
      startedAt: loaded,
      endedAt: loaded,
      notes: [`transferring context: ${sizeText(build.contextBytes, 4)} done`],
      log: [],
    })
  const steps = build.plan.vertices
    .flatMap((vertex) => {
      const record = build.steps[vertex.id]
      return record ? [{ vertex, record }] : []
    })
    .sort((a, b) => a.record.startedAt - b.record.startedAt || a.vertex.id - b.vertex.id)
  for (const { vertex, record } of steps) {
    const { operation } = vertex
    const stopped = record.endedAt === undefined && (build.state === 'failed' || build.state === 'canceled')
    items.push({
      id: String(vertex.id),
      name: vertex.name,
      startedAt: record.startedAt,
      endedAt: stopped ? build.since : record.endedAt,
      cached: record.status === 'reused',
      canceled: stopped,
      error: record.status === 'failed' ? build.error?.message : undefined,
      notes:
        operation.is === 'image' && record.status !== 'reused'
          ? [`resolve ${operation.reference}@${operation.digest} done`]
          : [],
      log:
        operation.is === 'run' && record.status !== 'reused'
          ? stepLog(world, stepId(build, vertex), record.startedAt).map(
              ({ after, text }) => `${(after / 1000).toFixed(3)} ${text}`,
            )
          : [],
    })
  }
  if (build.state === 'exporting' || build.state === 'done') items.push(exporting(build))
  return items
}

function bornAt(build: Build, world: World): number {
  return world.journal.byId(build.born)?.at ?? build.since
}

function loading(build: Build, world: World): readonly ProgressItem[] {
  const at = bornAt(build, world)
  const end = build.state === 'loading' ? undefined : at + build.loadMs
  const small = (id: string, name: string, note: string): ProgressItem => ({
    id,
    name,
    startedAt: at,
    endedAt: Math.min(at + 10, end ?? at + 10),
    notes: [note],
    log: [],
  })
  return [
    small(
      'definition',
      `[internal] load build definition from ${build.filename}`,
      `transferring dockerfile: ${sizeText(build.text.length, 4)} done`,
    ),
    ...build.plan.images.map((image) => ({
      id: `metadata ${image}`,
      name: `[internal] load metadata for ${image}`,
      startedAt: at,
      endedAt: end,
      notes: [],
      log: [],
    })),
    ...(end === undefined
      ? []
      : [
          small(
            'ignore',
            '[internal] load .dockerignore',
            `transferring context: ${sizeText(ignoreBytes(build), 4)} done`,
          ),
        ]),
  ]
}

function ignoreBytes(build: Build): number {
  return build.context['/.dockerignore']?.text?.length ?? 2
}

function exporting(build: Build): ProgressItem {
  const content = imageContent(build)
  const imageId = build.imageId ?? ''
  return {
    id: 'export',
    name: 'exporting to image',
    startedAt: build.state === 'done' ? build.since - (build.exportMs ?? 0) : build.since,
    endedAt: build.state === 'done' ? build.since : undefined,
    notes: [
      'exporting layers done',
      `exporting manifest ${manifestDigest({ ...content, imageId })} done`,
      `exporting config ${imageId} done`,
      ...build.tags.map((tag) => `naming to ${normal(tag)} done`),
      ...(filled(content.layers).length > 0 ? build.tags.map((tag) => `unpacking to ${normal(tag)} done`) : []),
    ],
    log: [],
  }
}

/** `docker.io/library/app:latest` of `app:latest`. */
function normal(tag: string): string {
  const first = tag.split('/')[0] as string
  if (!tag.includes('/')) return `docker.io/library/${tag}`
  return /[.:]/.test(first) || first === 'localhost' ? tag : `docker.io/${tag}`
}

/** How far plain progress was told. Plain JSON. */
export interface Told {
  /** Numbers by item. */
  readonly numbers: { readonly [id: string]: number }
  /** By item: how many notes and lines were told, and whether its end was. */
  readonly told: { readonly [id: string]: readonly [notes: number, lines: number, ended: boolean] }
  /** The item whose lines came last, while it is not over. */
  readonly current?: string | undefined
  readonly first: boolean
}

export const NOTHING_TOLD: Told = { numbers: {}, told: {}, first: true }

/** What is new, in BuildKit's plain format. Models: buildkit util/progress/progressui/printer.go */
export function plainProgress(
  items: readonly ProgressItem[],
  before: Told,
): { readonly text: string; readonly told: Told } {
  const numbers: { [id: string]: number } = { ...before.numbers }
  const told: { [id: string]: readonly [number, number, boolean] } = { ...before.told }
  let { current, first } = before
  let text = ''
  for (const item of items) {
    const [notes, lines, ended] = told[item.id] ?? [0, 0, false]
    const over = item.endedAt !== undefined
    const begun = numbers[item.id] !== undefined
    if (ended || (begun && item.notes.length === notes && item.log.length === lines && !over)) continue
    numbers[item.id] ??= Object.keys(numbers).length + 1
    const number = numbers[item.id]
    if (current !== item.id) {
      if (current !== undefined) text += `#${numbers[current]} ...\n`
      text += `${first ? '' : '\n'}#${number} ${limited(item.name, 72)}\n`
      first = false
    }
    for (const note of item.notes.slice(notes)) text += `#${number} ${note}\n`
    for (const line of item.log.slice(lines)) text += `#${number} ${line}\n`
    told[item.id] = [item.notes.length, item.log.length, over]
    current = item.id
    if (!over) continue
    current = undefined
    if (item.canceled) text += `#${number} CANCELED\n`
    else if (item.error !== undefined) text += `#${number} ERROR: ${item.error}\n`
    else if (item.cached) text += `#${number} CACHED\n`
    else text += `#${number} DONE ${seconds(item)}s\n`
  }
  return { text, told: { numbers, told, current, first } }
}

/** The summary that a terminal is left with. Models: buildkit util/progress/progressui/display.go */
export function summary(items: readonly ProgressItem[], ms: number, failed: boolean, columns = 80): string {
  const over = items.filter((item) => item.endedAt !== undefined && item.error === undefined && !item.canceled).length
  const head = `[+] Building ${(ms / 1000).toFixed(1)}s (${over}/${items.length})${failed ? '' : ' FINISHED'}`
  const row = (left: string, right: string): string => {
    const room = columns - right.length - 1
    const cut = left.length > room ? `${left.slice(0, room - 3)}...` : left
    return `${cut.padEnd(room)} ${right}\n`
  }
  let text = row(head, 'docker:default')
  for (const item of items) {
    const mark = item.cached ? 'CACHED ' : item.error !== undefined ? 'ERROR ' : item.canceled ? 'CANCELED ' : ''
    text += row(` => ${mark}${item.name}`, `${seconds(item)}s`)
    for (const note of item.notes)
      text += row(` => => ${note.replace(/ done$/, '')}`, `${item.id === 'export' ? '0.0' : seconds(item)}s`)
  }
  return text
}

function seconds(item: ProgressItem): string {
  return (((item.endedAt ?? item.startedAt) - item.startedAt) / 1000).toFixed(1)
}

function limited(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}...` : text
}
