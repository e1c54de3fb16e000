import type { Json } from '../../../kernel/index.ts'
import { qualifiedSingular } from '../api/resources.ts'
import { type DeleteOptions, remove } from '../apiserver/remove.ts'
import { find } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { ALL, ALL_NAMESPACES, DRY_RUN, FIELD_SELECTOR, FILE_FLAGS, SELECTOR } from './globalFlags.ts'
import { misuse, Problem, several, stop } from './problem.ts'
import { select, type Target, type Trouble, troubleOf } from './select.ts'

interface Doomed {
  readonly kind: string
  readonly namespace: string | undefined
  readonly name: string
  readonly uid: string
  readonly plural: string
}

interface Deleting {
  readonly left: readonly Target[]
  readonly doomed: readonly Doomed[]
  readonly troubles: readonly Trouble[]
  readonly until: number
}

/** Models: kubectl/pkg/cmd/delete */
export const del: Command = {
  name: 'delete',
  summary: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  usage: '([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  completes: 'resources',
  flags: [
    ...FILE_FLAGS,
    SELECTOR,
    FIELD_SELECTOR,
    ALL,
    ALL_NAMESPACES,
    DRY_RUN,
    { name: 'output', short: 'o', value: "''", says: 'name for shorter output' },
    {
      name: 'cascade',
      value: "'background'",
      bare: 'background',
      values: ['background', 'orphan', 'foreground'],
      says: 'What becomes of dependents',
    },
    { name: 'force', says: 'Remove at once from the API and do not wait for the end' },
    { name: 'grace-period', value: '-1', type: 'int', says: 'Seconds until it is killed' },
    { name: 'now', says: 'The same as --grace-period=1' },
    { name: 'ignore-not-found', says: 'Treat what is not found as deleted' },
    { name: 'interactive', short: 'i', says: 'Ask before deleting' },
    { name: 'timeout', value: '0s', type: 'duration', says: 'How long to wait' },
    { name: 'wait', says: 'Wait until it is gone (true)' },
    { name: 'raw', value: "''", says: 'URI to delete' },
  ],
  examples: [
    'kubectl delete -f ./pod.json',
    'kubectl delete pod,service baz foo',
    'kubectl delete pods --all',
    'kubectl delete pod foo --now',
  ],
  run(ask) {
    check(ask)
    const all = ask.flag('all')
    if (ask.has('raw')) stop('--raw is not part of this lab')
    const selection = select(ask, ask.args, {
      all,
      latest: true,
      selector: ask.text('selector'),
      fieldSelector: ask.text('field-selector'),
      nothing: () =>
        stop(
          "You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
        ),
    })
    const ignore = ask.flag('ignore-not-found') || all || ask.has('selector')
    const troubles = ignore ? selection.errors.filter(({ status }) => status?.reason !== 'NotFound') : selection.errors
    if (ask.flag('force') && graceOf(ask) === 0)
      ask.err(
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
      )
    if (selection.targets.length === 0 && troubles.length === 0) {
      ask.out('No resources found\n')
      return { exit: 0 }
    }
    const timeout = ask.duration('timeout') ?? 0
    return go(ask, {
      left: selection.targets,
      doomed: [],
      troubles,
      until: ask.world.now + (timeout > 0 ? timeout : 7 * 86_400_000),
    })
  },
  resume: (ask, state) => go(ask, state as unknown as Deleting),
}

function check(ask: Ask): void {
  const named = ask.args.length > 1 || ask.args.some((arg) => arg.includes('/'))
  if (ask.flag('all') && ask.has('selector')) stop('cannot set --all and --selector at the same time')
  if (ask.flag('all') && ask.has('field-selector')) stop('cannot set --all and --field-selector at the same time')
  if (ask.flag('all') && named && ask.args.length > 1) stop('name cannot be provided when --all is specified')
  const grace = ask.number('grace-period')
  if (ask.flag('now') && grace !== undefined && grace >= 0)
    stop('--now and --grace-period cannot be specified together')
  if (grace === 0 && !ask.flag('force')) return
  if (ask.flag('force') && grace !== undefined && grace > 0)
    stop('--force and --grace-period greater than 0 cannot be specified together')
  const output = ask.text('output')
  if (output !== undefined && output !== '' && output !== 'name')
    misuse(ask.path, `Unexpected -o output mode: ${output}. We only support '-o name'.`)
  const cascade = ask.text('cascade')
  if (cascade !== undefined && !['background', 'orphan', 'foreground', 'true', 'false'].includes(cascade))
    stop(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`)
}

function graceOf(ask: Ask): number | undefined {
  if (ask.flag('now')) return 1
  const given = ask.number('grace-period')
  if (given !== undefined && given >= 0) return given
  return ask.flag('force') ? 0 : undefined
}

function go(ask: Ask, state: Deleting): Reply {
  const doomed = [...state.doomed]
  const troubles = [...state.troubles]
  const grace = graceOf(ask)
  // A grace period of 0 without --force is 1, and the client waits for the end.
  const seconds = grace === 0 && !ask.flag('force') ? 1 : grace
  for (let at = 0; at < state.left.length; at++) {
    const target = state.left[at] as Target
    const { resource, namespace, name, object } = target
    const options: DeleteOptions = { gracePeriodSeconds: seconds, propagationPolicy: policy(ask) }
    const result = remove(ask.world, resource, namespace, name, options)
    if (!result.ok) {
      if (!(result.status.reason === 'NotFound' && ask.flag('ignore-not-found')))
        troubles.push(troubleOf(result.status, 'deleting', target.source))
      continue
    }
    ask.warn(result.warnings)
    const how = grace === 0 && ask.flag('force') ? 'force deleted' : 'deleted'
    const scope = namespace === undefined ? '' : ` from ${namespace} namespace`
    ask.out(
      ask.text('output') === 'name'
        ? `${qualifiedSingular(resource)}/${name}\n`
        : `${qualifiedSingular(resource)} "${name}" ${how}${scope}${dry(ask)}\n`,
    )
    if (ask.dryRun !== 'none') continue
    if (object) doomed.push({ kind: resource.kind, namespace, name, uid: object.metadata.uid, plural: resource.plural })
    if (result.emit.length === 0) continue
    const next: Deleting = { ...state, left: state.left.slice(at + 1), doomed, troubles }
    return { wait: { after: 1 }, state: next as unknown as Json, emit: result.emit }
  }
  return waitForEnd(ask, { ...state, left: [], doomed, troubles })
}

function dry(ask: Ask): string {
  return { none: '', client: ' (dry run)', server: ' (server dry run)' }[ask.dryRun]
}

function policy(ask: Ask): DeleteOptions['propagationPolicy'] {
  const given = ask.text('cascade')
  if (given === 'orphan' || given === 'false') return 'Orphan'
  return given === 'foreground' ? 'Foreground' : 'Background'
}

function waitForEnd(ask: Ask, state: Deleting): Reply {
  const waits = ask.flag('wait', true) && ask.dryRun === 'none' && !(ask.flag('force') && graceOf(ask) === 0)
  const left = waits
    ? state.doomed.filter(
        ({ kind, namespace, name, uid }) => find(ask.world, kind, namespace, name)?.metadata.uid === uid,
      )
    : []
  if (left.length > 0 && ask.world.now < state.until)
    return {
      wait: { changeOf: [...new Set(left.map(({ kind }) => `k8s.${kind}`))], after: state.until - ask.world.now },
      state: { ...state, doomed: left } as unknown as Json,
    }
  const [first] = left
  if (first) stop(`timed out waiting for the condition on ${first.plural}/${first.name}`)
  const told = several(state.troubles)
  if (told !== undefined) throw new Problem(told)
  return { exit: 0 }
}
