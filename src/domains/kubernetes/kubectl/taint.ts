import { type Loose, objectsAt } from '../api/loose.ts'
import { changing, patched } from './changing.ts'
import { ALL, DRY_RUN, FIELD_MANAGER, PRINT_FLAGS, SELECTOR, VALIDATE } from './globalFlags.ts'
import { misuse, stop } from './problem.ts'

interface Taint {
  readonly key: string
  readonly value: string | undefined
  readonly effect: string
  readonly removes: boolean
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Models: kubectl/pkg/cmd/taint */
export const taint = changing({
  name: 'taint',
  summary: 'Update the taints on one or more nodes',
  usage: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  completes: 'resources',
  flags: [
    ...PRINT_FLAGS,
    SELECTOR,
    ALL,
    DRY_RUN,
    FIELD_MANAGER,
    VALIDATE,
    { name: 'overwrite', says: 'Replace taints that are there' },
  ],
  examples: [
    'kubectl taint nodes foo dedicated=special-user:NoSchedule',
    'kubectl taint nodes foo dedicated:NoSchedule-',
    'kubectl taint nodes foo dedicated-',
  ],
  targets(ask) {
    const at = ask.args.findIndex(isTaint)
    const names = at < 0 ? ask.args : ask.args.slice(0, at)
    if (names.length === 0)
      misuse(ask.path, 'one or more resources must be specified as <resource> <name> or <resource>/<name>')
    if (at < 0) misuse(ask.path, 'at least one taint update is required')
    if (!/^(no|node|nodes)(\/|$)/.test(names[0] ?? ''))
      stop(`invalid resource type ${names[0]}, only node(s) is supported`)
    for (const text of ask.args.slice(at)) read(text)
    return { args: names }
  },
  change(ask, target) {
    const asked = ask.args.filter(isTaint).map(read)
    const now = objectsAt(target.object, 'spec', 'taints')
    let next: Loose[] = [...now]
    const problems: string[] = []
    for (const { key, value, effect, removes } of asked) {
      const same = (one: Loose) => one.key === key && (effect === '' || one.effect === effect)
      if (removes) {
        if (!next.some(same)) problems.push(`taint "${key}${effect === '' ? '' : `:${effect}`}" not found`)
        next = next.filter((one) => !same(one))
        continue
      }
      if (now.some(same) && !ask.flag('overwrite'))
        problems.push(`node ${target.name} already has ${key} taint(s) with same effect(s) and --overwrite is false`)
      next = [
        ...next.filter((one) => !same(one)),
        { effect, key, ...(value === undefined || value === '' ? {} : { value }) },
      ]
    }
    if (problems.length > 0) return stop(problems.join('\n'))
    const onlyRemoves = asked.every(({ removes }) => removes)
    return patched(
      ask,
      target,
      'merge',
      { spec: { taints: next.length === 0 ? null : next } },
      onlyRemoves ? 'untainted' : asked.some(({ removes }) => removes) ? 'modified' : 'tainted',
    )
  },
})

function isTaint(text: string): boolean {
  return /^[^/:=]+(\/[^:=]+)?(=[^:]*)?(:\w+)?-?$/.test(text) && (text.includes(':') || text.endsWith('-'))
}

function read(text: string): Taint {
  const removes = text.endsWith('-')
  const bare = removes ? text.slice(0, -1) : text
  const [left = '', effect = ''] = bare.split(':')
  const [key = '', value] = left.split('=')
  if (!removes && effect === '') return stop(`invalid taint spec: ${text}`)
  if (effect !== '' && !EFFECTS.includes(effect))
    return stop(`invalid taint effect: ${effect}, unsupported taint effect`)
  return { key, value, effect, removes }
}
