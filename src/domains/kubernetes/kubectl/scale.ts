import { type Loose, objectAt, textAt } from '../api/loose.ts'
import { setScale } from '../apiserver/scale.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { ALL, DRY_RUN, FILE_FLAGS, PRINT_FLAGS, RECORD, SELECTOR } from './globalFlags.ts'
import { formatOf, objectText } from './output.ts'
import { Problem, stop } from './problem.ts'
import { select, type Target, troubleOf } from './select.ts'
import { type Act, dryText, oneByOne, type Rest, resourceName } from './writing.ts'

/** Models: kubectl/pkg/cmd/scale */
export const scale: Command = {
  name: 'scale',
  summary: 'Set a new size for a deployment, replica set, or replication controller',
  usage: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  completes: 'resources',
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    SELECTOR,
    ALL,
    DRY_RUN,
    RECORD,
    { name: 'replicas', value: '0', type: 'int', says: 'The new size' },
    { name: 'current-replicas', value: '-1', type: 'int', says: 'Only when this is the size now' },
    { name: 'resource-version', value: "''", says: 'Only when this is the version now' },
    { name: 'timeout', value: '0s', type: 'duration', says: 'How long to wait for the scale' },
  ],
  examples: ['kubectl scale --replicas=3 rs/foo', 'kubectl scale --current-replicas=2 --replicas=3 deployment/mysql'],
  run(ask) {
    const replicas = ask.number('replicas')
    if (replicas === undefined) stop('required flag(s) "replicas" not set')
    if ((replicas ?? 0) < 0) stop('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
    const selection = select(ask, ask.args, { all: ask.flag('all'), latest: true, selector: ask.text('selector') })
    if (selection.targets.length === 0 && selection.errors.length === 0) {
      stop('no objects passed to scale')
    }
    return oneByOne(selection.targets, selection.errors, (target) => one(ask, target))
  },
  resume: (ask, state) => resume(ask, state as unknown as Rest<Target>),
}

function resume(ask: Ask, { left, troubles }: Rest<Target>): Reply {
  return oneByOne(left, troubles, (target) => one(ask, target))
}

function one(ask: Ask, { resource, namespace, name, object }: Target): Act {
  const current = ask.number('current-replicas') ?? -1
  const now = Number(objectAt(object, 'spec')?.replicas ?? 0)
  if (current >= 0 && now !== current) throw new Problem(`error: Expected replicas to be ${current}, was ${now}`)
  const version = ask.text('resource-version')
  if (version !== undefined && version !== '' && version !== textAt(object, 'metadata', 'resourceVersion'))
    throw new Problem(
      `error: Expected resource version to be ${version}, was ${textAt(object, 'metadata', 'resourceVersion')}`,
    )
  const result = setScale(ask.world, resource, namespace, name, ask.number('replicas') ?? 0)
  if (!result.ok) {
    if (result.status.message === 'the server could not find the requested resource')
      return {
        trouble: {
          full: `error: could not find the scale subresource for ${resource.plural}/${name}`,
          line: 'Error from server (NotFound): the server could not find the requested resource',
        },
      }
    return { trouble: troubleOf(result.status) }
  }
  const format = formatOf(ask)
  if (format.kind === 'table') ask.out(`${resourceName(resource, object as unknown as Loose)} scaled${dryText(ask)}\n`)
  else
    ask.out(
      objectText(
        ask,
        format,
        { ...(object as unknown as Loose), spec: { ...objectAt(object, 'spec'), replicas: ask.number('replicas') } },
        resource,
      ),
    )
  return ask.dryRun === 'none' ? { emit: result.emit } : {}
}
