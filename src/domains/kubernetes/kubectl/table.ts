import type { ApiResource } from '../api/apiResource.ts'
import { type Loose, textAt } from '../api/loose.ts'
import { qualifiedSingular } from '../api/resources.ts'
import type { Ask } from './ask.ts'
import { labelText } from './printers/printer.ts'
import { printerOf } from './printers/printerOf.ts'

/** What a table shows beside the columns of its kind. */
export interface TableOptions {
  readonly wide: boolean
  readonly namespaces: boolean
  readonly kinds: boolean
  readonly labelColumns: readonly string[]
  readonly labels: boolean
  /** The first column of `--output-watch-events`. */
  readonly events?: boolean
}

/** The header of a table. */
export function headerCells(ask: Ask, resource: ApiResource, options: TableOptions): readonly string[] {
  const columns = printerOf(ask.world, resource).columns.filter((name) => options.wide || !name.endsWith('*'))
  return [
    ...(options.events ? ['EVENT'] : []),
    ...(options.namespaces && resource.namespaced ? ['NAMESPACE'] : []),
    ...columns.map((name) => name.replace(/\*$/, '').toUpperCase()),
    ...options.labelColumns.map((label) => label.slice(label.lastIndexOf('/') + 1).toUpperCase()),
    ...(options.labels ? ['LABELS'] : []),
  ]
}

/** One object's row. */
export function rowCells(
  ask: Ask,
  resource: ApiResource,
  object: Loose,
  options: TableOptions,
  event = '',
): readonly string[] {
  const printer = printerOf(ask.world, resource)
  const cells = printer.row(object, { now: ask.clock, wide: options.wide })
  const shown = cells.filter((_, i) => options.wide || !printer.columns[i]?.endsWith('*'))
  const labels = (object.metadata as { labels?: Record<string, string> } | undefined)?.labels
  const prefix = options.kinds ? `${qualifiedSingular(resource)}/` : ''
  const nameAt = printer.columns.indexOf('Name')
  return [
    ...(options.events ? [event] : []),
    ...(options.namespaces && resource.namespaced ? [textAt(object, 'metadata', 'namespace')] : []),
    ...shown.map((cell, i) => (i === nameAt ? prefix + cell : cell).replaceAll('\n', '\\n')),
    ...options.labelColumns.map((label) => labels?.[label] ?? ''),
    ...(options.labels ? [labelText(labels)] : []),
  ]
}
