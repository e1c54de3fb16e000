import type { ApiResource } from '../api/apiResource.ts'
import type { Loose } from '../api/loose.ts'
import { findResource, mappingNotFound, resourceOfKind, resourcesInCategory } from '../api/resources.ts'
import type { ApiStatus } from '../apiserver/result.ts'
import type { KubeObject } from '../object/object.ts'
import type { Ask } from './ask.ts'
import { loadFiles } from './manifests.ts'
import { lineOf, Problem, stop, wordsOf } from './problem.ts'
import { readList, readOne } from './reading.ts'

/** One object that a command is about. `manifest` is what a file says of it. */
export interface Target {
  readonly resource: ApiResource
  readonly namespace: string | undefined
  readonly name: string
  /** As it is stored now. */
  readonly object?: KubeObject
  readonly manifest?: Loose
  /** The file it was named in. */
  readonly source?: string
}

/** An error among others: its words alone, and as one line of several. */
export interface Trouble {
  readonly full: string
  readonly line: string
  readonly status?: ApiStatus
}

/** What arguments, selectors and files select. */
export interface Selection {
  readonly targets: readonly Target[]
  readonly errors: readonly Trouble[]
  /** Whether one object was named, so that it is printed as itself and not in a list. */
  readonly single: boolean
  /** The types that were asked for, in order. */
  readonly resources: readonly ApiResource[]
}

/** How a command wants its arguments to be read. */
export interface Reading {
  /** A type without names means all of them (`get`, `describe`). */
  readonly all?: boolean
  readonly selector?: string | undefined
  readonly fieldSelector?: string | undefined
  /** Fetch what files name from the server. */
  readonly latest?: boolean
  /** What to say when nothing was named. */
  readonly nothing?: () => never
}

/** Reads `TYPE[,TYPE] [NAME...]`, `TYPE/NAME...` or `-f`, and fetches. Models: cli-runtime/pkg/resource/builder.go */
export function select(ask: Ask, args: readonly string[], reading: Reading = {}): Selection {
  const { selector, fieldSelector } = reading
  if (ask.list('filename').length > 0 || ask.has('kustomize')) {
    if (args.length > 0)
      stop('when paths, URLs, or stdin is provided as resource input, you may not specify resource arguments as well')
    return fromFiles(ask, reading)
  }
  if (args.length === 0) {
    if (reading.nothing) reading.nothing()
    stop('resource(s) must be provided')
  }
  if (args.some((arg) => arg.includes('/'))) return fromPairs(ask, args, reading)
  const types = typesOf(ask, args[0] as string)
  const names = args.slice(1)
  if (names.length === 0) {
    if (!reading.all && !selector && !fieldSelector) stop('resource(s) were provided, but no name was specified')
    return fromLists(ask, types, selector, fieldSelector)
  }
  if (selector) stop('name cannot be provided when a selector is specified')
  if (fieldSelector) stop('name cannot be provided when a field selector is specified')
  if (ask.flag('all-namespaces') && types.some(({ namespaced }) => namespaced))
    stop('a resource cannot be retrieved by name across all namespaces')
  const wanted = types.flatMap((resource) => names.map((name) => ({ resource, name })))
  return fetched(ask, wanted, wanted.length === 1)
}

/** A resource by any of its names, or kubectl's refusal. */
export function resourceNamed(ask: Ask, word: string): ApiResource {
  const found = findResource(word, ask.custom)
  if ('error' in found) throw new Problem(found.error)
  return found.resource
}

/** The resource of a manifest, or kubectl's refusal with the file's name. */
export function resourceOfManifest(ask: Ask, object: Loose, source: string): ApiResource {
  const found = resourceOfKind(String(object.apiVersion), String(object.kind), ask.custom)
  if ('resource' in found) return found.resource
  const { name = '', namespace = '' } = (object.metadata ?? {}) as { name?: string; namespace?: string }
  throw new Problem(
    `error: ${mappingNotFound(name, namespace || ask.namespace, source, String(object.apiVersion), String(object.kind))}`,
  )
}

/** `pods,svc` and categories such as `all` as resources. */
export function typesOf(ask: Ask, text: string): readonly ApiResource[] {
  return text.split(',').flatMap((word) => {
    if (word === '') return stop(`arguments in resource/name form may not have more than one slash`)
    const category = resourcesInCategory(word, ask.custom)
    return category.length > 0 ? category : [resourceNamed(ask, word)]
  })
}

function fromPairs(ask: Ask, args: readonly string[], reading: Reading): Selection {
  if (!args.every((arg) => arg.includes('/')))
    stop(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    )
  if (reading.selector) stop('selectors and the all flag cannot be used when passing resource/name arguments')
  const pairs = args.map((arg) => {
    const [type = '', name = '', more] = arg.split('/')
    if (more !== undefined) stop('arguments in resource/name form may not have more than one slash')
    if (type === '' || name === '') stop('arguments in resource/name form must have a single resource and name')
    const resource = resourceNamed(ask, type)
    if (ask.flag('all-namespaces') && resource.namespaced)
      stop('a resource cannot be retrieved by name across all namespaces')
    return { resource, name }
  })
  return fetched(ask, pairs, pairs.length === 1)
}

function fetched(ask: Ask, wanted: readonly { resource: ApiResource; name: string }[], single: boolean): Selection {
  const targets: Target[] = []
  const errors: Trouble[] = []
  for (const { resource, name } of wanted) {
    const namespace = resource.namespaced ? ask.namespace : undefined
    const answer = readOne(ask.world, resource, namespace, name)
    if (answer.ok) targets.push({ resource, namespace, name, object: answer.object })
    else errors.push(troubleOf(answer.status))
  }
  return { targets, errors, single, resources: [...new Set(wanted.map(({ resource }) => resource))] }
}

function fromLists(
  ask: Ask,
  types: readonly ApiResource[],
  selector: string | undefined,
  fieldSelector: string | undefined,
): Selection {
  const targets: Target[] = []
  const errors: Trouble[] = []
  for (const resource of types) {
    const answer = readList(ask.world, resource, {
      namespace: resource.namespaced ? ask.scope : undefined,
      labelSelector: selector,
      fieldSelector,
    })
    if (!answer.ok) errors.push(troubleOf(selectorWords(answer.status, resource, selector, fieldSelector)))
    else
      for (const object of answer.objects)
        targets.push({ resource, namespace: object.metadata.namespace, name: object.metadata.name, object })
  }
  return { targets, errors, single: false, resources: types }
}

/** The client adds to a refused selector what it asked for. */
function selectorWords(status: ApiStatus, resource: ApiResource, selector = '', fieldSelector = ''): ApiStatus {
  if (status.reason !== 'BadRequest') return status
  const version = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
  return {
    ...status,
    message: `Unable to find ${JSON.stringify(`${version}, Resource=${resource.plural}`).replace('"v1,', '"/v1,')} that match label selector "${selector}", field selector "${fieldSelector}": ${status.message.replace(/^(unable to parse requirement: )+/, '$1')}`,
  }
}

function fromFiles(ask: Ask, reading: Reading): Selection {
  const loaded = loadFiles(ask)
  const targets: Target[] = []
  const errors: Trouble[] = [...loaded.errors]
  for (const { object, source } of loaded.objects) {
    const found = resourceOfKind(String(object.apiVersion), String(object.kind), ask.custom)
    const metadata = (object.metadata ?? {}) as { name?: string; namespace?: string }
    if ('error' in found) {
      const text = `${mappingNotFound(metadata.name ?? '', metadata.namespace ?? ask.namespace, source, String(object.apiVersion), String(object.kind))}`
      errors.push({ full: `error: ${text}`, line: text })
      continue
    }
    const { resource } = found
    const namespace = resource.namespaced ? (metadata.namespace ?? ask.namespace) : undefined
    const name = metadata.name ?? ''
    if (!reading.latest) {
      targets.push({ resource, namespace, name, manifest: object, source })
      continue
    }
    const answer = readOne(ask.world, resource, namespace, name)
    if (answer.ok) targets.push({ resource, namespace, name, object: answer.object, manifest: object, source })
    else errors.push({ ...troubleOf(answer.status) })
  }
  return {
    targets,
    errors,
    single: loaded.objects.length === 1,
    resources: [...new Set(targets.map(({ resource }) => resource))],
  }
}

export function troubleOf(status: ApiStatus, verb?: string, source?: string): Trouble {
  return { full: wordsOf(status, verb, source), line: lineOf(status, verb, source), status }
}
