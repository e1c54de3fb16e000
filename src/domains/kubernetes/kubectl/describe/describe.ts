import type { Loose } from '../../api/loose.ts'
import { objectId } from '../../object/object.ts'
import type { Ask } from '../ask.ts'
import type { Command } from '../command.ts'
import { ALL_NAMESPACES, FILE_FLAGS, SELECTOR } from '../globalFlags.ts'
import { Problem, several } from '../problem.ts'
import { readList } from '../reading.ts'
import { resourceNamed, type Selection, select, type Target } from '../select.ts'
import { clusterDescribers } from './cluster.ts'
import type { Describer } from './describer.ts'
import { describeGeneric } from './generic.ts'
import { EVENTLESS, networkDescribers } from './network.ts'
import { describePod } from './pod.ts'
import { Sheet } from './sheet.ts'
import { storageDescribers } from './storage.ts'
import { workloadDescribers } from './workloads.ts'

/** Models: kubectl/pkg/cmd/describe */
export const describe: Command = {
  name: 'describe',
  summary: 'Show details of a specific resource or group of resources',
  usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  completes: 'resources',
  flags: [
    ...FILE_FLAGS,
    SELECTOR,
    ALL_NAMESPACES,
    { name: 'show-events', says: 'Show events too (true)' },
    { name: 'chunk-size', value: '500', type: 'int', says: 'How many to fetch at a time' },
  ],
  examples: [
    'kubectl describe nodes node-a',
    'kubectl describe pods/nginx',
    'kubectl describe pods -l name=myLabel',
    'kubectl describe pods frontend',
  ],
  run(ask) {
    const selection = byPrefix(
      ask,
      select(ask, ask.args, {
        all: true,
        latest: true,
        selector: ask.text('selector'),
        nothing: () => {
          throw new Problem(
            'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
          )
        },
      }),
    )
    const texts = selection.targets.map((target) => textOf(ask, target))
    ask.out(texts.join('\n\n'))
    const told = several(selection.errors)
    if (told !== undefined) throw new Problem(told)
    if (texts.length === 0) {
      const scoped = selection.resources.every(({ namespaced }) => namespaced) && !ask.flag('all-namespaces')
      ask.err(scoped ? `No resources found in ${ask.namespace} namespace.\n` : 'No resources found\n')
    }
    return { exit: 0 }
  },
}

/** A single name that is not there may be the beginning of several. */
function byPrefix(ask: Ask, selection: Selection): Selection {
  const [type, prefix] = ask.args
  if (
    selection.targets.length > 0 ||
    selection.errors.length !== 1 ||
    type === undefined ||
    prefix === undefined ||
    ask.args.length !== 2
  )
    return selection
  if (selection.errors[0]?.status?.reason !== 'NotFound') return selection
  const resource = resourceNamed(ask, type)
  const answer = readList(ask.world, resource, { namespace: resource.namespaced ? ask.namespace : undefined })
  const found = answer.ok ? answer.objects.filter(({ metadata }) => metadata.name.startsWith(prefix)) : []
  if (found.length === 0) return selection
  return {
    ...selection,
    errors: [],
    targets: found.map((object) => ({
      resource,
      object,
      namespace: object.metadata.namespace,
      name: object.metadata.name,
    })),
  }
}

function textOf(ask: Ask, { resource, object, namespace, name }: Target): string {
  const sheet = new Sheet(ask.world)
  const id = objectId(resource.kind, resource.namespaced ? namespace : undefined, name)
  describerOf(resource.kind)(sheet, object as unknown as Loose, id)
  if (!EVENTLESS.includes(resource.kind) && ask.flag('show-events', true)) sheet.events(id)
  return sheet.toString()
}

function describerOf(kind: string): Describer {
  if (kind === 'Pod') return describePod
  for (const family of [workloadDescribers, networkDescribers, clusterDescribers, storageDescribers]) {
    const found = family[kind]
    if (found) return found
  }
  return describeGeneric
}
