import type { Json } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { copyJson, type Loose, semanticEqual } from '../api/loose.ts'
import { applyMergePatch } from '../api/patch/jsonPatch.ts'
import { threeWayMergePatch } from '../api/patch/threeWay.ts'
import { type PatchType, patch } from '../apiserver/patch.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { stop } from './problem.ts'
import { type Reading, select, type Target } from './select.ts'
import { type Act, conclude, oneByOne, type Rest, tell } from './writing.ts'

/** A subcommand that changes each of the objects that arguments name, one after another. */
export function changing(
  own: Omit<Command, 'run' | 'resume'> & {
    /** Which of the arguments name objects; the others say what to do. Also checks the call. */
    readonly targets: (ask: Ask) => { readonly args: readonly string[]; readonly reading?: Reading }
    /** What is to be done with one. */
    readonly change: (ask: Ask, target: Target) => Act
  },
): Command {
  const { targets, change, ...texts } = own
  return {
    ...texts,
    run(ask) {
      const { args, reading } = targets(ask)
      const selection = select(ask, args, {
        latest: true,
        selector: ask.text('selector'),
        fieldSelector: ask.text('field-selector'),
        ...reading,
        all: ask.flag('all') || reading?.all === true,
      })
      if (selection.targets.length === 0 && selection.errors.length === 0) {
        if (ask.flag('all') || ask.has('selector')) {
          ask.err(
            `No resources found${selection.resources.every(({ namespaced }) => namespaced) ? ` in ${ask.namespace} namespace.` : ''}\n`,
          )
          return { exit: 0 }
        }
        stop('no objects passed')
      }
      return go(ask, selection.targets, selection.errors, change)
    },
    resume(ask, state: Json): Reply {
      const { left, troubles } = state as unknown as Rest<Target>
      return go(ask, left, troubles, change)
    },
  }
}

function go(
  ask: Ask,
  left: readonly Target[],
  troubles: Rest<Target>['troubles'],
  change: (ask: Ask, target: Target) => Act,
): Reply {
  return oneByOne(left, troubles, (target) => change(ask, target))
}

/** Patches one object and tells of it: `done` when something changed, else `same`. */
export function patched(
  ask: Ask,
  { resource, namespace, name, object }: Target,
  type: PatchType,
  change: unknown,
  done: string,
  same = done,
): Act {
  if (ask.dryRun === 'client' || ask.flag('local')) {
    const before = object as unknown as Loose
    const after = type === 'json' ? before : (applyMergePatch(before, change) as Loose)
    tell(ask, resource, after, semanticEqual(before, after) ? same : done)
    return {}
  }
  const result = patch(ask.world, resource, namespace, name, type, change, {})
  if (result.ok && result.emit.length === 0) {
    tell(ask, resource, result.object as unknown as Loose, same)
    return {}
  }
  return conclude(ask, resource, result, done)
}

/** Puts a changed copy of an object in its place. */
export function edited(
  ask: Ask,
  target: Target,
  edit: (copy: Loose, resource: ApiResource) => void,
  done: string,
  same = done,
): Act {
  const before = target.object as unknown as Loose
  const after = copyJson(before)
  edit(after, target.resource)
  return patched(ask, target, 'merge', mergeOf(before, after), done, same)
}

/** The merge patch that makes `after` of `before`. */
export function mergeOf(before: Loose, after: Loose): Loose {
  return threeWayMergePatch(before, after, before)
}
