import type { Emission, Json } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import type { Loose } from '../api/loose.ts'
import { qualifiedSingular } from '../api/resources.ts'
import { create, type WriteOptions } from '../apiserver/create.ts'
import type { Result } from '../apiserver/result.ts'
import { update } from '../apiserver/update.ts'
import type { Ask } from './ask.ts'
import { NEXT, type Reply } from './command.ts'
import { validation } from './manifests.ts'
import { formatOf, objectText } from './output.ts'
import { Problem, several } from './problem.ts'
import { type Trouble, troubleOf } from './select.ts'

/** What is left of a command that writes one object after another, each in its own moment. */
export interface Rest<T> {
  readonly left: readonly T[]
  readonly troubles: readonly Trouble[]
}

/** What one of them came to. */
export interface Act {
  readonly emit?: readonly Emission[] | undefined
  readonly trouble?: Trouble | undefined
}

/**
 * Goes through objects and stops after each that is written, so that the next is judged by a world that has it already (a namespace
 * before what is in it). Errors are told at the end, as kubectl tells them.
 */
export function oneByOne<T>(items: readonly T[], troubles: readonly Trouble[], act: (item: T) => Act): Reply {
  const found = [...troubles]
  for (let at = 0; at < items.length; at++) {
    const { emit, trouble } = act(items[at] as T)
    if (trouble) found.push(trouble)
    if (!emit || emit.length === 0) continue
    const left = items.slice(at + 1)
    if (left.length === 0 && found.length === 0) return { exit: 0, emit }
    const rest: Rest<T> = { left, troubles: found }
    return { wait: NEXT, state: rest as unknown as Json, emit }
  }
  const told = several(found)
  if (told !== undefined) throw new Problem(told)
  return { exit: 0 }
}

/** `deployment.apps/web created`, or the object in the format that `-o` asks for. */
export function tell(ask: Ask, resource: ApiResource, object: Loose, done: string): void {
  const format = formatOf(ask)
  if (format.kind === 'table') ask.out(`${resourceName(resource, object)} ${done}${dryText(ask)}\n`)
  else
    ask.out(
      (ask.written.chunks.length > 0 && format.kind === 'yaml' ? '' : '') + objectText(ask, format, object, resource),
    )
}

/** ` (dry run)`, ` (server dry run)` or nothing. */
export function dryText(ask: Ask): string {
  return { none: '', client: ' (dry run)', server: ' (server dry run)' }[ask.dryRun]
}

/** `deployment.apps/web`. */
export function resourceName(resource: ApiResource, object: Loose): string {
  return `${qualifiedSingular(resource)}/${String((object.metadata as Loose | undefined)?.name ?? '')}`
}

/** How this command writes. */
export function writeOptions(ask: Ask, object?: Loose): WriteOptions {
  const own = (object?.metadata as { namespace?: string } | undefined)?.namespace
  return { namespace: own || ask.namespace, fieldValidation: validation(ask) }
}

/** Creates an object, or pretends to as `--dry-run` says; tells of it. */
export function createAndTell(ask: Ask, resource: ApiResource, object: Loose, source?: string, done = 'created'): Act {
  if (ask.dryRun === 'client') {
    tell(ask, resource, object, done)
    return {}
  }
  const result = create(ask.world, object, writeOptions(ask, object))
  return conclude(ask, resource, result, done, 'creating', source)
}

/** Replaces an object and tells of it. */
export function replaceAndTell(
  ask: Ask,
  resource: ApiResource,
  object: Loose,
  source: string | undefined,
  done: string,
  verb: string,
): Act {
  if (ask.dryRun === 'client') {
    tell(ask, resource, object, done)
    return {}
  }
  return conclude(ask, resource, update(ask.world, object, writeOptions(ask, object)), done, verb, source)
}

/** Tells of what the server answered; nothing is emitted in a dry run. */
export function conclude(
  ask: Ask,
  resource: ApiResource,
  result: Result,
  done: string,
  verb?: string,
  source?: string,
): Act {
  if (!result.ok) return { trouble: troubleOf(result.status, verb, source) }
  ask.warn(result.warnings)
  tell(ask, resource, result.object as unknown as Loose, done)
  return ask.dryRun === 'none' ? { emit: result.emit } : {}
}

/** A manifest with the namespace of the request where it names none; kubectl's refusal when they differ. */
export function placed(ask: Ask, resource: ApiResource, object: Loose): Loose {
  const metadata = (object.metadata ?? {}) as { namespace?: string }
  if (!resource.namespaced) return object
  if (metadata.namespace !== undefined && metadata.namespace !== '') {
    if (ask.namespaceGiven && metadata.namespace !== ask.namespace)
      throw new Problem(
        `error: the namespace from the provided object "${metadata.namespace}" does not match the namespace "${ask.namespace}". You must pass '--namespace=${metadata.namespace}' to perform this operation.`,
      )
    return object
  }
  return { ...object, metadata: { ...metadata, namespace: ask.namespace } }
}
