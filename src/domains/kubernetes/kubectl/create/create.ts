import type { Loose } from '../../api/loose.ts'
import { withLastApplied } from '../../api/patch/threeWay.ts'
import { mappingNotFound, resourceOfKind } from '../../api/resources.ts'
import type { Ask } from '../ask.ts'
import type { Command, Reply } from '../command.ts'
import { DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, RECORD, SELECTOR, VALIDATE } from '../globalFlags.ts'
import { loadFiles } from '../manifests.ts'
import { Problem, stop } from '../problem.ts'
import type { Trouble } from '../select.ts'
import { createAndTell, oneByOne, placed, type Rest } from '../writing.ts'
import { clusterGenerators } from './cluster.ts'
import { configGenerators } from './config.ts'
import { serviceGenerators } from './services.ts'
import { workloadGenerators } from './workloads.ts'

interface Item {
  readonly object: Loose
  readonly source: string
}

/** Models: kubectl/pkg/cmd/create */
export const create: Command = {
  name: 'create',
  summary: 'Create a resource from a file or from stdin',
  usage: '-f FILENAME',
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    SELECTOR,
    FIELD_MANAGER,
    VALIDATE,
    RECORD,
    { name: 'save-config', says: 'Remember the configuration in an annotation, for apply' },
    { name: 'edit', says: 'Edit before creating' },
    { name: 'raw', value: "''", says: 'URI to post to' },
  ],
  examples: ['kubectl create -f ./pod.json', 'cat pod.json | kubectl create -f -'],
  commands: [...workloadGenerators, ...configGenerators, ...serviceGenerators, ...clusterGenerators],
  run(ask) {
    if (ask.args.length > 0) {
      throw new Problem(
        `error: unknown command ${JSON.stringify(ask.args.join(' '))}\nSee 'kubectl create -h' for help and examples`,
      )
    }
    if (ask.list('filename').length === 0 && !ask.has('kustomize')) {
      throw new Problem('Error: must specify one of -f and -k')
    }
    if (ask.flag('edit')) stop('--edit is not part of this lab; use kubectl edit')
    const loaded = loadFiles(ask)
    if (loaded.objects.length === 0 && loaded.errors.length === 0) stop('no objects passed to create')
    return createAll(ask, loaded.objects, loaded.errors)
  },
  resume(ask, state) {
    const { left, troubles } = state as unknown as Rest<Item>
    return createAll(ask, left, troubles)
  },
}

function createAll(ask: Ask, items: readonly Item[], troubles: readonly Trouble[]): Reply {
  return oneByOne(items, troubles, ({ object, source }) => {
    const found = resourceOfKind(String(object.apiVersion), String(object.kind), ask.custom)
    if ('error' in found) {
      const { name = '', namespace = ask.namespace } = (object.metadata ?? {}) as { name?: string; namespace?: string }
      const text = mappingNotFound(name, namespace, source, String(object.apiVersion), String(object.kind))
      return { trouble: { full: `error: ${text}`, line: text } }
    }
    const sent = placed(ask, found.resource, object)
    return createAndTell(ask, found.resource, ask.flag('save-config') ? withLastApplied(sent) : sent, source)
  })
}
