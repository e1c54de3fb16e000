import { humanDuration } from '../api/humanDuration.ts'
import type { Loose } from '../api/loose.ts'
import { objectId, timeOf } from '../object/object.ts'
import type { Command } from './command.ts'
import { eventObjects } from './eventObjects.ts'
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
  run(ask) {
    if (ask.flag('watch')) stop('use kubectl get events -w in this lab')
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
    if (format.kind !== 'table') {
      ask.out(
        objectText(ask, format, { apiVersion: 'v1', items: list as unknown as Loose[], kind: 'List', metadata: {} }),
      )
      return { exit: 0 }
    }
    if (list.length === 0) {
      ask.err(ask.flag('all-namespaces') ? 'No events found.\n' : `No events found in ${ask.namespace} namespace.\n`)
      return { exit: 0 }
    }
    const all = ask.flag('all-namespaces')
    const ago = (time: unknown) => humanDuration(ask.world.now - timeOf(String(time)))
    const rows = list.map((event) => {
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
    const header = ask.flag('no-headers')
      ? []
      : [[...(all ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']]
    ask.out(tableText([...header, ...rows]).text)
    return { exit: 0 }
  },
}
