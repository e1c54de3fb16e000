import type { Json } from '../../../kernel/index.ts'
import { humanDuration } from '../api/humanDuration.ts'
import type { Loose } from '../api/loose.ts'
import { type KubeObject, objectId, timeOf } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { EVENT_SOURCES, eventObjects } from './eventObjects.ts'
import { ALL_NAMESPACES, PRINT_FLAGS } from './globalFlags.ts'
import { formatOf, objectText } from './output.ts'
import { stop } from './problem.ts'
import { resourceNamed } from './select.ts'
import { tableText } from './tabs.ts'

/** Models: kubectl/pkg/cmd/events */
export const events: Command = {
  name: 'events',
  summary: 'List events',
  usage: '[(-o|--output=)json|yaml|name] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
  flags: [
    ...PRINT_FLAGS,
    ALL_NAMESPACES,
    { name: 'for', value: "''", says: 'Only of this object' },
    { name: 'types', value: '[]', type: 'list', says: 'Normal, Warning' },
    { name: 'watch', short: 'w', says: 'Go on showing new ones' },
    { name: 'no-headers', says: 'Leave the header out' },
    { name: 'chunk-size', value: '500', type: 'int', says: 'How many to fetch at a time' },
  ],
  examples: ['kubectl events', 'kubectl events --for pod/web-pod-13je7', 'kubectl events --types=Warning'],
  run: (ask) => show(ask, undefined),
  resume: (ask, seen) => show(ask, seen as unknown as Seen),
}

/** What a watch has told: how often each event had been seen, by its own words. */
interface Seen {
  readonly counts: { readonly [key: string]: number }
  readonly widths: readonly number[]
}

function show(ask: Ask, told: Seen | undefined): Reply {
  const about = ask.text('for')
  let id: string | undefined
  if (about) {
    const [type = '', name = ''] = about.split('/')
    if (name === '') stop('--for must be in resource/name form')
    const resource = resourceNamed(ask, type)
    id = objectId(resource.kind, resource.namespaced ? ask.namespace : undefined, name)
  }
  const types = ask.list('types').map((type) => type.toLowerCase())
  const wrong = types.find((type) => type !== 'normal' && type !== 'warning')
  if (wrong !== undefined) stop(`valid --types are Normal or Warning`)
  const list = eventObjects(ask.world, id).filter(
    (event) =>
      (ask.flag('all-namespaces') || event.metadata.namespace === ask.namespace) &&
      (types.length === 0 || types.includes(String(event.type).toLowerCase())),
  )
  const format = formatOf(ask)
  const watch = ask.flag('watch')
  const fresh = list.filter((event) => told?.counts[keyOf(event)] !== Number(event.count ?? 1))
  if (format.kind !== 'table') {
    if (!watch) {
      ask.out(
        objectText(ask, format, { apiVersion: 'v1', items: list as unknown as Loose[], kind: 'List', metadata: {} }),
      )
      return { exit: 0 }
    }
    for (const event of fresh) ask.out(objectText(ask, format, event as unknown as Loose))
    return watching(list, [])
  }
  if (list.length === 0 && !watch) {
    ask.err(ask.flag('all-namespaces') ? 'No events found.\n' : `No events found in ${ask.namespace} namespace.\n`)
    return { exit: 0 }
  }
  const all = ask.flag('all-namespaces')
  const ago = (time: unknown) => humanDuration(ask.world.now - timeOf(String(time)))
  const rows = fresh.map((event) => {
    const { kind, name } = event.involvedObject as { kind: string; name: string }
    const count = Number(event.count ?? 1)
    const seen =
      count > 1
        ? `${ago(event.lastTimestamp)} (x${count} over ${ago(event.firstTimestamp)})`
        : ago(event.firstTimestamp)
    return [
      ...(all ? [event.metadata.namespace ?? ''] : []),
      seen,
      String(event.type),
      String(event.reason),
      `${kind}/${name}`,
      String(event.message),
    ]
  })
  const first = (told?.widths.length ?? 0) === 0
  const header =
    ask.flag('no-headers') || !first
      ? []
      : [[...(all ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']]
  if (rows.length === 0) return watching(list, told?.widths ?? [])
  const table = tableText([...header, ...rows], told?.widths ?? [])
  ask.out(table.text)
  return watch ? watching(list, table.widths) : { exit: 0 }
}

function watching(list: readonly KubeObject[], widths: readonly number[]): Reply {
  const counts = Object.fromEntries(list.map((event) => [keyOf(event), Number(event.count ?? 1)]))
  return { wait: { changeOf: EVENT_SOURCES }, state: { counts, widths } as unknown as Json }
}

function keyOf(event: KubeObject): string {
  const { kind, name } = event.involvedObject as { kind: string; name: string }
  return [event.metadata.namespace, kind, name, event.reason, event.message, event.reportingComponent].join(' ')
}
