import type { ApiResource } from '../api/apiResource.ts'
import { matches, parseSelector } from '../api/labels.ts'
import { goJson, type Loose, objectAt, textAt } from '../api/loose.ts'
import { conflictAdvice } from '../api/patch/serverApply.ts'
import {
  lastApplied,
  lastAppliedAnnotation,
  threeWayMergePatch,
  threeWayPatch,
  withLastApplied,
} from '../api/patch/threeWay.ts'
import { mappingNotFound, resourceOfKind } from '../api/resources.ts'
import { typeOfKind } from '../api/schema.ts'
import { patch } from '../apiserver/patch.ts'
import { remove } from '../apiserver/remove.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { ALL, DRY_RUN, FIELD_MANAGER, FILE_FLAGS, PRINT_FLAGS, SELECTOR, VALIDATE } from './globalFlags.ts'
import { lastAppliedCommands } from './lastApplied.ts'
import { loadFiles } from './manifests.ts'
import { misuse, Problem, stop } from './problem.ts'
import { readList, readOne } from './reading.ts'
import { type Trouble, troubleOf } from './select.ts'
import { type Act, conclude, createAndTell, oneByOne, placed, type Rest, tell, writeOptions } from './writing.ts'

interface Item {
  readonly object: Loose
  readonly source: string
  /** A stored object to be pruned instead of one to be applied. */
  readonly prune?: boolean
}

/** Models: kubectl/pkg/cmd/apply */
export const apply: Command = {
  name: 'apply',
  summary: 'Apply a configuration to a resource by file name or stdin',
  usage: '(-f FILENAME | -k DIRECTORY) [flags]',
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    DRY_RUN,
    SELECTOR,
    ALL,
    FIELD_MANAGER,
    VALIDATE,
    { name: 'server-side', says: 'Let the server merge, and keep owners of fields' },
    { name: 'force-conflicts', says: 'Take fields that others own' },
    { name: 'prune', says: 'Delete objects that an earlier apply made and that are not named any more' },
    { name: 'prune-allowlist', value: '[]', type: 'texts', says: 'Kinds to prune: core/v1/ConfigMap' },
    { name: 'overwrite', says: 'Overwrite what was changed by others (true)' },
    { name: 'openapi-patch', says: 'Use the schema for patches' },
    { name: 'force', says: 'Delete and create anew where a patch is refused' },
    { name: 'grace-period', value: '-1', type: 'int', says: 'Seconds given to what is deleted' },
    { name: 'cascade', value: "'background'", bare: 'background', says: 'What becomes of dependents' },
    { name: 'timeout', value: '0s', type: 'duration', says: 'How long to wait for a deletion' },
    { name: 'wait', says: 'Wait for deletions' },
    { name: 'record', says: 'Write the command into the change-cause annotation' },
  ],
  examples: [
    'kubectl apply -f ./pod.json',
    'kubectl apply -k dir/',
    'cat pod.json | kubectl apply -f -',
    'kubectl apply --server-side -f app.yaml',
  ],
  commands: lastAppliedCommands,
  run(ask) {
    if (ask.args.length > 0) misuse(ask.path, `Unexpected args: [${ask.args.join(' ')}]`)
    if (ask.list('filename').length === 0 && !ask.has('kustomize')) stop('must specify one of -f and -k')
    if (ask.flag('force-conflicts') && !ask.flag('server-side')) stop('--force-conflicts only works with --server-side')
    if (ask.flag('server-side') && ask.dryRun === 'client')
      stop("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)")
    if (ask.flag('prune') && !ask.flag('all') && !ask.has('selector'))
      stop(
        'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
      )
    const loaded = loadFiles(ask)
    const kept = selected(ask, loaded.objects)
    if (loaded.objects.length === 0 && loaded.errors.length === 0) stop('no objects passed to apply')
    const troubles: Trouble[] = [...loaded.errors]
    const prunes = ask.flag('prune') ? pruned(ask, kept) : []
    return applyAll(ask, [...kept, ...prunes], troubles)
  },
  resume(ask, state) {
    const { left, troubles } = state as unknown as Rest<Item>
    return applyAll(ask, left, troubles)
  },
}

function applyAll(ask: Ask, items: readonly Item[], troubles: readonly Trouble[]): Reply {
  return oneByOne(items, troubles, ({ object, source, prune }) => {
    const found = resourceOfKind(String(object.apiVersion), String(object.kind), ask.custom)
    if ('error' in found) {
      const text = mappingNotFound(
        textAt(object, 'metadata', 'name'),
        textAt(object, 'metadata', 'namespace') || ask.namespace,
        source,
        String(object.apiVersion),
        String(object.kind),
      )
      return { trouble: { full: `error: ${text}`, line: text } }
    }
    if (prune) return pruneOne(ask, found.resource, object)
    try {
      return applyOne(ask, found.resource, placed(ask, found.resource, object), source)
    } catch (thrown) {
      if (!(thrown instanceof Problem)) throw thrown
      return { trouble: { full: thrown.message, line: thrown.message.replace(/^error: /, '') } }
    }
  })
}

function applyOne(ask: Ask, resource: ApiResource, object: Loose, source: string): Act {
  const name = textAt(object, 'metadata', 'name')
  if (name === '' && textAt(object, 'metadata', 'generateName') !== '')
    stop(`from ${textAt(object, 'metadata', 'generateName')}: cannot use generate name with apply`)
  const namespace = resource.namespaced ? textAt(object, 'metadata', 'namespace') : undefined
  if (ask.flag('server-side')) return applyOnServer(ask, resource, namespace, name, object, source)
  const modified = withLastApplied(object)
  const live = readOne(ask.world, resource, namespace, name)
  if (!live.ok) return createAndTell(ask, resource, modified, source)
  const current = live.object as unknown as Loose
  const original = lastApplied(current)
  if (!original && objectAt(current, 'metadata', 'annotations')?.[lastAppliedAnnotation] === undefined)
    ask.err(
      `Warning: resource ${resource.plural}/${name} is missing the ${lastAppliedAnnotation} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    )
  const type = typeOfKind(String(object.apiVersion), String(object.kind))
  const change =
    type === undefined
      ? threeWayMergePatch(original, modified, current)
      : threeWayPatch(original, modified, current, type)
  if (Object.keys(change).length === 0) {
    tell(ask, resource, current, 'unchanged')
    return {}
  }
  if (ask.dryRun === 'client') {
    tell(ask, resource, modified, 'configured')
    return {}
  }
  const result = patch(
    ask.world,
    resource,
    namespace,
    name,
    type === undefined ? 'merge' : 'strategic',
    change,
    writeOptions(ask, object),
  )
  if (!result.ok) {
    const what = `applying patch:\n${goJson(change)}\nto:\nResource: "${resource.group === '' ? '' : `${resource.group}/`}${resource.version}, Resource=${resource.plural}", GroupVersionKind: "${resource.group === '' ? '' : `${resource.group}/`}${resource.version}, Kind=${resource.kind}"\nName: "${name}", Namespace: "${namespace ?? ''}"\nfor: "${source}"`
    const status =
      result.status.reason === 'Invalid'
        ? result.status
        : { ...result.status, message: `error when ${what}: error when patching "${source}": ${result.status.message}` }
    return { trouble: troubleOf(status) }
  }
  return conclude(ask, resource, result, result.emit.length === 0 ? 'unchanged' : 'configured')
}

function applyOnServer(
  ask: Ask,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  object: Loose,
  source: string,
): Act {
  const manager = ask.text('field-manager') ?? 'kubectl'
  const result = patch(ask.world, resource, namespace, name, 'apply', object, {
    ...writeOptions(ask, object),
    force: ask.flag('force-conflicts'),
    manager,
  })
  if (!result.ok && result.status.reason === 'Conflict') {
    const text = `error: ${result.status.message}\n${conflictAdvice}`
    return { trouble: { full: text, line: text } }
  }
  return conclude(ask, resource, result, 'serverside-applied', undefined, source)
}

/** Objects of the file that the selector covers. */
function selected(ask: Ask, objects: readonly Item[]): readonly Item[] {
  const text = ask.text('selector')
  if (text === undefined) return objects
  const parsed = parseSelector(text)
  if (!parsed.ok) return stop(parsed.error)
  return objects.filter(({ object }) =>
    matches(parsed.selector, objectAt(object, 'metadata', 'labels') as Record<string, string> | undefined),
  )
}

const PRUNED = [
  'ConfigMap',
  'Endpoints',
  'Namespace',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'Pod',
  'ReplicationController',
  'Secret',
  'Service',
  'Job',
  'CronJob',
  'Ingress',
  'DaemonSet',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
]

/** Applied objects of the usual kinds that the files do not name. Models: kubectl/pkg/cmd/apply/prune.go */
function pruned(ask: Ask, kept: readonly Item[]): readonly Item[] {
  const named = new Set(
    kept.map(
      ({ object }) =>
        `${object.kind} ${textAt(object, 'metadata', 'namespace') || ask.namespace} ${textAt(object, 'metadata', 'name')}`,
    ),
  )
  const allowed = ask.list('prune-allowlist').map((entry) => entry.split('/').at(-1))
  const kinds = allowed.length > 0 ? allowed : PRUNED
  return kinds.flatMap((kind) => {
    const row = ['v1', 'apps/v1', 'batch/v1', 'networking.k8s.io/v1']
      .map((version) => resourceOfKind(version, kind ?? '', ask.custom))
      .find((one) => 'resource' in one)
    if (!row || 'error' in row) return []
    const { resource } = row
    const answer = readList(ask.world, resource, {
      namespace: resource.namespaced ? ask.namespace : undefined,
      labelSelector: ask.text('selector'),
    })
    if (!answer.ok) return []
    return answer.objects.flatMap((object) => {
      const { name, namespace, annotations, deletionTimestamp } = object.metadata
      if (annotations?.[lastAppliedAnnotation] === undefined || deletionTimestamp !== undefined) return []
      return named.has(`${kind} ${namespace ?? ask.namespace} ${name}`)
        ? []
        : [{ object: object as unknown as Loose, source: '', prune: true }]
    })
  })
}

function pruneOne(ask: Ask, resource: ApiResource, object: Loose): Act {
  const result = remove(
    ask.world,
    resource,
    textAt(object, 'metadata', 'namespace') || undefined,
    textAt(object, 'metadata', 'name'),
    { propagationPolicy: 'Background' },
  )
  return conclude(ask, resource, result, 'pruned')
}
