import type { Json } from '../../../kernel/index.ts'
import { type Loose, textAt } from '../api/loose.ts'
import { withLastApplied } from '../api/patch/threeWay.ts'
import { qualifiedSingular } from '../api/resources.ts'
import { remove } from '../apiserver/remove.ts'
import { find } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, VALIDATE } from './globalFlags.ts'
import { loadFiles } from './manifests.ts'
import { misuse, Problem, stop } from './problem.ts'
import { resourceOfManifest, type Trouble, troubleOf } from './select.ts'
import { createAndTell, oneByOne, placed, type Rest, replaceAndTell } from './writing.ts'

interface Item {
  readonly object: Loose
  readonly source: string
}

/** Models: kubectl/pkg/cmd/replace */
export const replace: Command = {
  name: 'replace',
  summary: 'Replace a resource by file name or stdin',
  usage: '-f FILENAME',
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    FIELD_MANAGER,
    VALIDATE,
    { name: 'force', says: 'Delete and create anew' },
    { name: 'grace-period', value: '-1', type: 'int', says: 'Seconds until it is killed' },
    { name: 'cascade', value: "'background'", bare: 'background', says: 'What becomes of dependents' },
    { name: 'timeout', value: '0s', type: 'duration', says: 'How long to wait' },
    { name: 'wait', says: 'Wait for deletions' },
    { name: 'save-config', says: 'Remember the configuration' },
    { name: 'raw', value: "''", says: 'URI to put to' },
    { name: 'subresource', value: "''", says: 'status or scale' },
  ],
  examples: ['kubectl replace -f ./pod.json', 'kubectl replace --force -f ./pod.json'],
  run(ask) {
    if (ask.args.length > 0 || (ask.list('filename').length === 0 && !ask.has('kustomize')))
      misuse(ask.path, 'must specify one of -f and -k')
    const loaded = loadFiles(ask)
    if (loaded.objects.length === 0 && loaded.errors.length === 0) stop('no objects passed to replace')
    return ask.flag('force')
      ? deleteFirst(ask, loaded.objects, loaded.objects)
      : replaceAll(ask, loaded.objects, loaded.errors)
  },
  resume(ask, saved) {
    const state = saved as unknown as Partial<Rest<Item>> & {
      readonly all?: readonly Item[]
      readonly deleting?: readonly Item[]
    }
    if (state.all && state.deleting) return deleteFirst(ask, state.all, state.deleting)
    return ask.flag('force')
      ? createAll(ask, state.left ?? [], state.troubles ?? [])
      : replaceAll(ask, state.left ?? [], state.troubles ?? [])
  },
}

function replaceAll(ask: Ask, items: readonly Item[], troubles: readonly Trouble[]): Reply {
  return oneByOne(items, troubles, ({ object, source }) => {
    const resource = resourceOfManifest(ask, object, source)
    const sent = placed(ask, resource, object)
    return replaceAndTell(
      ask,
      resource,
      ask.flag('save-config') ? withLastApplied(sent) : sent,
      source,
      'replaced',
      'replacing',
    )
  })
}

function deleteFirst(ask: Ask, all: readonly Item[], deleting: readonly Item[]): Reply {
  for (const [i, { object, source }] of deleting.entries()) {
    const resource = resourceOfManifest(ask, object, source)
    const name = textAt(object, 'metadata', 'name')
    const namespace = resource.namespaced ? textAt(object, 'metadata', 'namespace') || ask.namespace : undefined
    const there = find(ask.world, resource.kind, namespace, name)
    if (!there) continue
    if (there.metadata.deletionTimestamp !== undefined)
      return {
        wait: { changeOf: [`k8s.${resource.kind}`] },
        state: { all, deleting: deleting.slice(i) } as unknown as Json,
      }
    const grace = ask.number('grace-period') ?? -1
    const result = remove(ask.world, resource, namespace, name, {
      propagationPolicy: 'Background',
      ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    })
    if (!result.ok) throw new Problem(troubleOf(result.status).full)
    ask.out(
      `${qualifiedSingular(resource)} "${name}" deleted${namespace === undefined ? '' : ` from ${namespace} namespace`}\n`,
    )
    return { wait: { after: 1 }, emit: result.emit, state: { all, deleting: deleting.slice(i) } as unknown as Json }
  }
  return createAll(ask, all, [])
}

function createAll(ask: Ask, items: readonly Item[], troubles: readonly Trouble[]): Reply {
  return oneByOne(items, troubles, ({ object, source }) => {
    const resource = resourceOfManifest(ask, object, source)
    return createAndTell(ask, resource, placed(ask, resource, object), source, 'replaced')
  })
}
