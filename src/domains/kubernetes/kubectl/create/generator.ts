import { copyJson, type Loose } from '../../api/loose.ts'
import { withLastApplied } from '../../api/patch/threeWay.ts'
import { resourceOfKind } from '../../api/resources.ts'
import type { Ask } from '../ask.ts'
import type { Command, Reply } from '../command.ts'
import type { KubeFlag } from '../flags.ts'
import { DRY_RUN, FIELD_MANAGER, PRINT_FLAGS, VALIDATE } from '../globalFlags.ts'
import { misuse, Problem, stop } from '../problem.ts'
import { createAndTell } from '../writing.ts'

/** Flags of every `kubectl create <kind>`. */
export const CREATE_FLAGS: readonly KubeFlag[] = [
  ...PRINT_FLAGS,
  DRY_RUN,
  FIELD_MANAGER,
  VALIDATE,
  { name: 'save-config', says: 'Remember the configuration in an annotation, for apply' },
]

/** A `kubectl create <kind>`: `make` gives the object for the name and flags; its namespace is added. */
export function generator(own: {
  readonly name: string
  readonly aliases?: readonly string[]
  readonly summary: string
  readonly usage: string
  readonly flags?: readonly KubeFlag[]
  readonly examples?: readonly string[]
  readonly commands?: readonly Command[]
  readonly make: (ask: Ask, name: string) => Loose
}): Command {
  const { make, flags = [], ...texts } = own
  return {
    ...texts,
    flags: [...flags, ...CREATE_FLAGS],
    run(ask) {
      const { args } = ask
      const named = ask.given.dash === undefined ? args : args.slice(0, ask.given.dash)
      if (named.length !== 1) misuse(ask.path, `exactly one NAME is required, got ${named.length}`)
      return createObject(ask, make(ask, named[0] as string))
    },
  }
}

/** Creates an object that flags described. */
export function createObject(ask: Ask, object: Loose): Reply {
  const found = resourceOfKind(String(object.apiVersion), String(object.kind), ask.custom)
  if ('error' in found) return stop(found.error)
  const { resource } = found
  const metadata = { ...(object.metadata as Loose) }
  if (resource.namespaced && (ask.dryRun !== 'client' || ask.namespaceGiven || ask.namespace !== 'default'))
    metadata.namespace ??= ask.namespace
  const placed = copyJson({ ...object, metadata })
  const act = createAndTell(ask, resource, ask.flag('save-config') ? withLastApplied(placed) : placed)
  if (act.trouble) {
    const { status } = act.trouble
    throw new Problem(
      status && status.reason !== 'Invalid'
        ? `error: failed to create ${resource.singular}: ${status.message}`
        : act.trouble.full,
    )
  }
  return { exit: 0, emit: act.emit }
}

/** `key=value` texts of a repeated flag. */
export function pairs(list: readonly string[], flag: string): Readonly<Record<string, string>> {
  const out: Record<string, string> = {}
  for (const text of list.flatMap((one) => one.split(','))) {
    const cut = text.indexOf('=')
    if (cut <= 0) return stop(`invalid --${flag}: ${text}, expected key=value`)
    out[text.slice(0, cut)] = text.slice(cut + 1)
  }
  return out
}
