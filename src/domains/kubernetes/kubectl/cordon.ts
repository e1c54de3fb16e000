import { type Loose, valueAt } from '../api/loose.ts'
import type { Ask } from './ask.ts'
import { changing, patched } from './changing.ts'
import { DRY_RUN, SELECTOR } from './globalFlags.ts'
import { misuse, stop } from './problem.ts'
import type { Target } from './select.ts'
import { type Act, tell } from './writing.ts'

/** Models: kubectl/pkg/cmd/drain cordon */
export const cordon = cordoning('cordon', 'Mark node as unschedulable', true)

/** Models: kubectl/pkg/cmd/drain uncordon */
export const uncordon = cordoning('uncordon', 'Mark node as schedulable', false)

function cordoning(name: string, summary: string, on: boolean) {
  return changing({
    name,
    summary,
    usage: 'NODE',
    completes: 'nodes',
    flags: [SELECTOR, DRY_RUN],
    examples: [`kubectl ${name} node-a`],
    targets: (ask) => ({ args: nodeArgs(ask) }),
    change: (ask, target) => setUnschedulable(ask, target, on),
  })
}

/** The arguments of a command that takes nodes by name or selector. */
export function nodeArgs(ask: Ask): readonly string[] {
  if (ask.args.length === 0 && !ask.has('selector'))
    misuse(ask.path, `USAGE: ${ask.path.split(' ').at(-1)} NODE [flags]`)
  if (ask.args.length > 0 && ask.has('selector'))
    misuse(ask.path, 'error: cannot specify both a node name and a --selector option')
  if (ask.args.some((arg) => arg.includes('/'))) {
    const other = ask.args.find((arg) => !/^(no|node|nodes)\//.test(arg))
    if (other !== undefined) stop(`error: expected resource of type node, got "${other.split('/')[0]}"`)
    return ask.args
  }
  return ['nodes', ...ask.args]
}

/** Cordons or uncordons one node. */
export function setUnschedulable(ask: Ask, target: Target, on: boolean): Act {
  if ((valueAt(target.object, 'spec', 'unschedulable') === true) === on) {
    tell(ask, target.resource, target.object as unknown as Loose, on ? 'already cordoned' : 'already uncordoned')
    return {}
  }
  return patched(
    ask,
    target,
    'strategic',
    { spec: { unschedulable: on ? true : null } },
    on ? 'cordoned' : 'uncordoned',
  )
}
