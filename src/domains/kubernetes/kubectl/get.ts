import type { Json } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import type { Loose } from '../api/loose.ts'
import { byText } from '../api/loose.ts'
import { sortBy } from '../api/sortBy.ts'
import { readPath } from '../apiserver/readPath.ts'
import { getScale } from '../apiserver/scale.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { EVENT_SOURCES } from './eventObjects.ts'
import { ALL_NAMESPACES, FIELD_SELECTOR, FILE_FLAGS, PRINT_FLAGS, SELECTOR } from './globalFlags.ts'
import { columnsText, type Format, formatOf, objectText } from './output.ts'
import { Problem, refuseAs, several, stop, wordsOf } from './problem.ts'
import { type Reading, type Selection, select, type Target } from './select.ts'
import { headerCells, rowCells, type TableOptions } from './table.ts'
import { tableText } from './tabs.ts'

/** Models: kubectl/pkg/cmd/get */
export const get: Command = {
  name: 'get',
  summary: 'Display one or many resources',
  usage: '[(-o|--output=)FORMAT] (TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]',
  completes: 'resources',
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    SELECTOR,
    FIELD_SELECTOR,
    ALL_NAMESPACES,
    { name: 'watch', short: 'w', says: 'After the list, show every change' },
    { name: 'watch-only', says: 'Show changes without the list first' },
    { name: 'output-watch-events', says: 'Show what sort of change each is' },
    { name: 'sort-by', value: "''", says: 'Sort by a field: {.metadata.name}' },
    { name: 'show-labels', says: 'Show labels as the last column' },
    { name: 'show-kind', says: 'Write the kind before each name' },
    { name: 'label-columns', short: 'L', value: '[]', type: 'list', says: 'Labels to show as columns' },
    { name: 'no-headers', says: 'Leave the header out' },
    { name: 'ignore-not-found', says: 'Exit 0 when nothing is found' },
    { name: 'subresource', value: "''", says: 'Get a subresource instead: status, scale' },
    { name: 'chunk-size', value: '500', type: 'int', says: 'How many to fetch at a time' },
    { name: 'server-print', says: 'Let the server make the columns' },
    { name: 'raw', value: "''", says: 'URI to ask the server for as it is' },
  ],
  examples: [
    'kubectl get pods',
    'kubectl get pods -o wide',
    'kubectl get -o json pod web-pod-13je7',
    'kubectl get deploy,svc',
    'kubectl get pods -w',
  ],
  run: (ask) => run(ask),
  resume: (ask, state) => watchOn(ask, state as unknown as Watching),
}

function run(ask: Ask): Reply {
  const format = formatOf(ask, true)
  if (ask.has('raw')) return raw(ask)
  const selection = choose(ask)
  for (const { kind } of selection.resources) {
    const warning = DEPRECATED[kind]
    if (warning !== undefined) ask.err(`Warning: ${warning}\n`)
  }
  if (ask.flag('watch') || ask.flag('watch-only')) return startWatching(ask, selection, format)
  const errors = ask.flag('ignore-not-found')
    ? selection.errors.filter(({ status }) => status?.reason !== 'NotFound')
    : selection.errors
  const targets = subresourced(ask, ordered(ask, selection.targets))
  if (format.kind === 'table' || format.kind === 'wide') printTables(ask, targets, format, selection, errors.length > 0)
  else printAll(ask, targets, format, selection, errors.length > 0)
  const told = several(errors)
  if (told !== undefined) throw new Problem(told)
  return { exit: 0 }
}

/** `--raw`: the server's answer as it is. */
function raw(ask: Ask): Reply {
  if (ask.args.length > 0) stop('arguments may not be passed when --raw is specified')
  const uri = ask.text('raw') ?? ''
  const answer = readPath(ask.world, uri)
  if ('status' in answer) throw new Problem(wordsOf(answer.status))
  if ('text' in answer && answer.code >= 400)
    throw new Problem('Error from server (NotFound): the server could not find the requested resource')
  ask.out('text' in answer ? answer.text : `${JSON.stringify(answer.json)}\n`)
  return { exit: 0 }
}

/** What the server warns of when these are read. */
const DEPRECATED: Readonly<Record<string, string>> = {
  ComponentStatus: 'v1 ComponentStatus is deprecated in v1.19+',
  Endpoints: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
}

function choose(ask: Ask): Selection {
  const reading: Reading = {
    all: true,
    latest: true,
    selector: ask.text('selector'),
    fieldSelector: ask.text('field-selector'),
    nothing: () => {
      ask.err(
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n',
      )
      throw new Problem(
        `error: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee 'kubectl get -h' for help and examples`,
      )
    },
  }
  return select(ask, ask.args, reading)
}

function ordered(ask: Ask, targets: readonly Target[]): readonly Target[] {
  const by = ask.text('sort-by')
  if (by === undefined || by === '') return targets
  const objects = targets.map((target) => ({ ...(target.object as unknown as Loose), '~target': target }))
  const answer = sortBy(objects, by)
  if ('error' in answer) throw new Problem(answer.error)
  return answer.sorted.map((object) => object['~target'] as Target)
}

function subresourced(ask: Ask, targets: readonly Target[]): readonly Target[] {
  const wanted = ask.text('subresource')
  if (wanted === undefined || wanted === '' || wanted === 'status') return targets
  if (wanted !== 'scale') return stop(`invalid subresource value: "${wanted}". Must be one of [status scale resize]`)
  return targets.map((target) => {
    const answer = getScale(ask.world, target.resource, target.namespace, target.name)
    return answer.ok ? { ...target, object: answer.object } : refuseAs(answer)
  })
}

function optionsOf(ask: Ask, format: Format, several: boolean): TableOptions {
  return {
    wide: format.kind === 'wide',
    namespaces: ask.flag('all-namespaces'),
    kinds: ask.flag('show-kind') || several,
    labelColumns: ask.list('label-columns'),
    labels: ask.flag('show-labels'),
    events: ask.flag('output-watch-events'),
  }
}

function printTables(
  ask: Ask,
  targets: readonly Target[],
  format: Format,
  selection: Selection,
  failed: boolean,
): void {
  const kinds = new Set(targets.map(({ resource }) => resource))
  const options = { ...optionsOf(ask, format, kinds.size > 1), events: false }
  let first = true
  for (let at = 0; at < targets.length; ) {
    const { resource } = targets[at] as Target
    const rows: (readonly string[])[] = []
    for (; at < targets.length && targets[at]?.resource === resource; at++)
      rows.push(rowCells(ask, resource, targets[at]?.object as unknown as Loose, options))
    const header = ask.flag('no-headers') ? [] : [headerCells(ask, resource, options)]
    if (!first && !ask.flag('no-headers')) ask.out('\n')
    ask.out(tableText([...header, ...rows]).text)
    first = false
  }
  if (targets.length > 0 || failed || ask.flag('ignore-not-found')) return
  const scoped = selection.resources.every(({ namespaced }) => namespaced) && !ask.flag('all-namespaces')
  ask.err(scoped ? `No resources found in ${ask.namespace} namespace.\n` : 'No resources found\n')
}

function printAll(ask: Ask, targets: readonly Target[], format: Format, selection: Selection, failed: boolean): void {
  const objects = targets.map(({ object }) => object as unknown as Loose)
  if (format.kind === 'custom-columns') {
    if (objects.length > 0 || !failed) ask.out(columnsText(format.argument, objects, !ask.flag('no-headers')))
    return
  }
  if (format.kind === 'name') {
    for (const { object, resource } of targets) ask.out(objectText(ask, format, object as unknown as Loose, resource))
    return
  }
  if (targets.length === 0 && (failed || (ask.flag('ignore-not-found') && selection.single))) return
  const [only] = objects
  if (selection.single && only) {
    ask.out(objectText(ask, format, only))
    return
  }
  ask.out(
    objectText(ask, format, { apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }),
  )
}

/** What a watch knows: the objects as it showed them last, and the widths of the columns so far. */
interface Watching {
  readonly seen: { readonly [id: string]: Loose }
  readonly widths: readonly number[]
  readonly until?: number
}

function startWatching(ask: Ask, selection: Selection, format: Format): Reply {
  const kinds = [...new Set(selection.resources)]
  if (kinds.length > 1) return stop('you may only specify a single resource type')
  const [resource] = kinds
  if (selection.errors.length > 0) throw new Problem(several(selection.errors) ?? '')
  if (!resource) return { exit: 0 }
  let widths: readonly number[] = []
  if (!ask.flag('watch-only'))
    widths = show(
      ask,
      resource,
      ordered(ask, selection.targets).map(({ object }) => [object as unknown as Loose, 'ADDED']),
      format,
      [],
      true,
    )
  const seen: { [id: string]: Loose } = {}
  for (const { object } of selection.targets)
    if (object) seen[keyOf(object as unknown as Loose)] = object as unknown as Loose
  return watchState(resource, { seen, widths })
}

function watchState(resource: ApiResource, watching: Watching): Reply {
  const kind = resource.kind === 'Event' ? EVENT_SOURCES : [`k8s.${resource.kind}`]
  return { wait: { changeOf: kind }, state: watching as unknown as Json }
}

function watchOn(ask: Ask, state: Watching): Reply {
  const format = formatOf(ask, true)
  const selection = select(ask, ask.args, {
    all: true,
    latest: true,
    selector: ask.text('selector'),
    fieldSelector: ask.text('field-selector'),
  })
  const [resource] = selection.resources
  if (!resource) return { exit: 0 }
  const seen: { [id: string]: Loose } = {}
  const changes: [Loose, string][] = []
  for (const target of selection.targets) {
    const object = target.object as unknown as Loose
    const key = keyOf(object)
    const before = state.seen[key]
    seen[key] = object
    if (!before) changes.push([object, 'ADDED'])
    else if (revisionOf(before) !== revisionOf(object)) changes.push([object, 'MODIFIED'])
  }
  for (const [key, object] of Object.entries(state.seen)) if (!seen[key]) changes.push([object, 'DELETED'])
  changes.sort(
    ([a, x], [b, y]) =>
      Number(x === 'DELETED') - Number(y === 'DELETED') || revisionOf(a) - revisionOf(b) || byText(keyOf(a), keyOf(b)),
  )
  const widths =
    changes.length > 0
      ? show(
          ask,
          resource,
          changes,
          format,
          state.widths,
          Object.keys(state.seen).length === 0 && state.widths.length === 0,
        )
      : state.widths
  return watchState(resource, { seen, widths })
}

function show(
  ask: Ask,
  resource: ApiResource,
  changes: readonly (readonly [Loose, string])[],
  format: Format,
  widths: readonly number[],
  first: boolean,
): readonly number[] {
  if (changes.length === 0) return widths
  if (format.kind !== 'table' && format.kind !== 'wide') {
    for (const [object] of changes)
      ask.out(objectText(ask, format, object, resource) + (format.kind === 'yaml' ? '---\n' : ''))
    return widths
  }
  const options = optionsOf(ask, format, false)
  const header = first && !ask.flag('no-headers') ? [headerCells(ask, resource, options)] : []
  const table = tableText(
    [...header, ...changes.map(([object, event]) => rowCells(ask, resource, object, options, event))],
    widths,
  )
  ask.out(table.text)
  return table.widths
}

function keyOf(object: Loose): string {
  return String((object.metadata as Loose).uid)
}

function revisionOf(object: Loose): number {
  return Number((object.metadata as Loose).resourceVersion)
}
