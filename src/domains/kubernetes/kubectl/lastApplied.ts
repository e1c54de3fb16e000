import { copyJson, type Loose, objectAt, semanticEqual } from '../api/loose.ts'
import { lastApplied, lastAppliedAnnotation, withLastApplied } from '../api/patch/threeWay.ts'
import { patch } from '../apiserver/patch.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { ALL, DRY_RUN, FILE_FLAGS, PRINT_FLAGS, SELECTOR } from './globalFlags.ts'
import { objectText } from './output.ts'
import { misuse, Problem, several, stop } from './problem.ts'
import { select, type Target } from './select.ts'
import { type Act, conclude, oneByOne, type Rest, tell } from './writing.ts'
import { yamlText } from './yamlOut.ts'

/** `kubectl apply view-last-applied` and `set-last-applied`. Models: kubectl/pkg/cmd/apply */
export const lastAppliedCommands: readonly Command[] = [
  {
    name: 'view-last-applied',
    summary: 'View the latest last-applied-configuration annotations of a resource',
    usage: '(TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
    completes: 'resources',
    flags: [...FILE_FLAGS, SELECTOR, ALL, { name: 'output', short: 'o', value: "'yaml'", says: 'yaml or json' }],
    run: viewLastApplied,
  },
  {
    name: 'set-last-applied',
    summary: 'Set the last-applied-configuration annotation to match a file',
    usage: '-f FILENAME',
    flags: [
      ...FILE_FLAGS,
      ...PRINT_FLAGS,
      DRY_RUN,
      { name: 'create-annotation', says: 'Make the annotation where it is missing' },
    ],
    run: setLastApplied,
    resume(ask, state) {
      const { left, troubles } = state as unknown as Rest<Target>
      return oneByOne(left, troubles, (target) => setOne(ask, target))
    },
  },
]

function viewLastApplied(ask: Ask): Reply {
  const output = ask.text('output') ?? 'yaml'
  if (output !== 'yaml' && output !== 'json')
    misuse(ask.path, `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`)
  const selection = select(ask, ask.args, { all: ask.flag('all'), latest: true, selector: ask.text('selector') })
  for (const { object, resource, name } of selection.targets) {
    const last = lastApplied(object as unknown as Loose)
    if (!last)
      return stop(`no last-applied-configuration annotation found on resource: ${resource.plural === '' ? '' : name}`)
    ask.out(output === 'yaml' ? yamlText(last) : objectText(ask, { kind: 'json', argument: '' }, last))
  }
  const told = several(selection.errors)
  if (told !== undefined) throw new Problem(told)
  return { exit: 0 }
}

function setLastApplied(ask: Ask): Reply {
  const selection = select(ask, [], { latest: true })
  const told = several(selection.errors)
  if (told !== undefined) throw new Problem(told)
  return oneByOne(selection.targets, [], (target) => setOne(ask, target))
}

function setOne(ask: Ask, { resource, namespace, name, object, manifest }: Target): Act {
  const has = object?.metadata.annotations?.[lastAppliedAnnotation] !== undefined
  if (!has && !ask.flag('create-annotation'))
    return stop(
      `no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
    )
  const noted = objectAt(withLastApplied(copyJson(manifest ?? {})), 'metadata', 'annotations')?.[lastAppliedAnnotation]
  const change = { metadata: { annotations: { [lastAppliedAnnotation]: noted } } }
  if (semanticEqual(object?.metadata.annotations?.[lastAppliedAnnotation], noted)) {
    tell(ask, resource, object as unknown as Loose, 'configured')
    return {}
  }
  return conclude(ask, resource, patch(ask.world, resource, namespace, name, 'merge', change), 'configured')
}
