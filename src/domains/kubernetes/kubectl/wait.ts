import type { Json } from '../../../kernel/index.ts'
import { type Loose, objectsAt, valueAt } from '../api/loose.ts'
import { printJsonPath, relaxExpression, selectValues } from '../api/path.ts'
import { qualifiedSingular } from '../api/resources.ts'
import { find } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { ALL, ALL_NAMESPACES, FIELD_SELECTOR, FILE_FLAGS, PRINT_FLAGS, SELECTOR } from './globalFlags.ts'
import { Problem, several, stop } from './problem.ts'
import { select, type Target } from './select.ts'

interface Waiting {
  readonly left:
    | readonly {
        readonly resource: Target['resource']
        readonly namespace: string | undefined
        readonly name: string
        readonly uid: string
      }[]
    | undefined
  readonly until: number
}

/** Models: kubectl/pkg/cmd/wait */
export const wait: Command = {
  name: 'wait',
  summary: 'Wait for a specific condition on one or many resources',
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  completes: 'resources',
  flags: [
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    SELECTOR,
    FIELD_SELECTOR,
    ALL,
    ALL_NAMESPACES,
    { name: 'for', value: "''", says: "create, delete, condition=name[=value] or jsonpath='{}'[=value]" },
    {
      name: 'timeout',
      value: '30s',
      type: 'duration',
      says: 'How long to wait; 0 looks once, less than 0 waits a week',
    },
  ],
  examples: [
    'kubectl wait --for=condition=Ready pod/busybox1',
    'kubectl wait --for=delete pod/busybox1 --timeout=60s',
    "kubectl wait --for=jsonpath='{.status.phase}'=Running pod/busybox1",
  ],
  run(ask) {
    const goal = ask.text('for')
    if (!goal) {
      stop('required flag(s) "for" not set'.replace(/^.*$/, '--for must be specified'))
    }
    goalOf(ask)
    const timeout = ask.duration('timeout') ?? 30_000
    return go(ask, { left: undefined, until: ask.world.now + (timeout < 0 ? 7 * 86_400_000 : timeout) })
  },
  resume: (ask, state) => go(ask, state as unknown as Waiting),
}

type Goal =
  | { readonly is: 'delete' | 'create' }
  | { readonly is: 'condition'; readonly type: string; readonly value: string }
  | { readonly is: 'path'; readonly path: string; readonly value: string | undefined }

function goalOf(ask: Ask): Goal {
  const text = ask.text('for') ?? ''
  if (text.toLowerCase() === 'delete') return { is: 'delete' }
  if (text.toLowerCase() === 'create') return { is: 'create' }
  if (text.startsWith('condition=')) {
    const [type = '', value = 'true'] = text.slice('condition='.length).split('=')
    return { is: 'condition', type, value }
  }
  if (text.startsWith('jsonpath=')) {
    const rest = text.slice('jsonpath='.length)
    const end = rest.startsWith('{') ? rest.indexOf('}') + 1 : rest.indexOf('=') < 0 ? rest.length : rest.indexOf('=')
    const tail = rest.slice(end)
    const relaxed = relaxExpression(rest.slice(0, end))
    if ('error' in relaxed) return stop(`${relaxed.error}`)
    if (tail === '=') return stop('jsonpath wait value cannot be empty')
    return { is: 'path', path: relaxed.template, value: tail === '' ? undefined : tail.slice(1) }
  }
  return stop(`unrecognized condition: ${JSON.stringify(text)}`)
}

function go(ask: Ask, state: Waiting): Reply {
  const goal = goalOf(ask)
  let { left } = state
  if (left === undefined) {
    const selection = select(ask, ask.args, {
      latest: true,
      all: ask.flag('all') || ask.has('selector') || ask.has('field-selector'),
      selector: ask.text('selector'),
      fieldSelector: ask.text('field-selector'),
    })
    const missing = selection.errors.filter(({ status }) => status?.reason === 'NotFound')
    if (goal.is === 'create') {
      if (selection.errors.length > missing.length) throw new Problem(several(selection.errors) ?? '')
      if (missing.length > 0 || selection.targets.length === 0)
        return more(
          ask,
          state,
          selection.resources.map(({ kind }) => kind),
          selection.errors[0]?.full,
        )
      for (const target of selection.targets)
        ask.out(`${qualifiedSingular(target.resource)}/${target.name} condition met\n`)
      return { exit: 0 }
    }
    if (goal.is !== 'delete' && selection.errors.length > 0) throw new Problem(several(selection.errors) ?? '')
    if (selection.errors.length > missing.length) throw new Problem(several(selection.errors) ?? '')
    if (selection.targets.length === 0 && goal.is !== 'delete') stop('no matching resources found')
    left = selection.targets.map(({ resource, namespace, name, object }) => ({
      resource,
      namespace,
      name,
      uid: object?.metadata.uid ?? '',
    }))
  }
  const unmet = left.filter((one) => {
    const entity = find(ask.world, one.resource.kind, one.namespace, one.name)
    const name = `${qualifiedSingular(one.resource)}/${one.name}`
    if (goal.is === 'delete') {
      if (entity && entity.metadata.uid === one.uid) return true
    } else {
      if (!entity)
        throw new Problem(
          `Error from server (NotFound): ${one.resource.plural}${one.resource.group === '' ? '' : `.${one.resource.group}`} "${one.name}" not found`,
        )
      if (
        !met(goal, {
          metadata: entity.metadata,
          spec: entity.spec,
          status: entity.status,
          ...entity.rest,
        } as unknown as Loose)
      )
        return true
    }
    ask.out(`${name} condition met\n`)
    return false
  })
  if (unmet.length === 0) return { exit: 0 }
  const told = unmet
    .map(({ resource, name }) => `error: timed out waiting for the condition on ${resource.plural}/${name}`)
    .join('\n')
  return more(ask, { ...state, left: unmet }, [...new Set(unmet.map(({ resource }) => resource.kind))], told)
}

function more(ask: Ask, state: Waiting, kinds: readonly string[], told: string | undefined): Reply {
  if (ask.world.now >= state.until) throw new Problem(told ?? 'error: timed out waiting for the condition')
  return {
    wait: { changeOf: kinds.map((kind) => `k8s.${kind}`), after: state.until - ask.world.now },
    state: state as unknown as Json,
  }
}

function met(goal: Goal, object: Loose): boolean {
  if (goal.is === 'condition') {
    const found = objectsAt(object, 'status', 'conditions').find(
      (one) => String(one.type).toLowerCase() === goal.type.toLowerCase(),
    )
    if (!found) return false
    const generation = valueAt(object, 'metadata', 'generation')
    const observed = found.observedGeneration ?? valueAt(object, 'status', 'observedGeneration')
    if (typeof observed === 'number' && typeof generation === 'number' && observed < generation) return false
    return String(found.status).toLowerCase() === goal.value.toLowerCase()
  }
  if (goal.is !== 'path') return false
  const found = selectValues(goal.path, object)
  if ('error' in found || found.values.length === 0) return false
  if (goal.value === undefined) return true
  const printed = printJsonPath(goal.path, object)
  return 'text' in printed && printed.text.trim() === goal.value.trim()
}
