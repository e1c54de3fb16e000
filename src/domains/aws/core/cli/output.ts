import jmespath from 'jmespath'
import type { ServiceApi } from '../serviceApi.ts'
import { invalid, misused } from './cliError.ts'
import { jsonFormat } from './jsonFormat.ts'
import { type Shown, shaped, unmarked } from './shaped.ts'
import { tableFormat } from './tableFormat.ts'
import { textFormat } from './textFormat.ts'
import { yamlFormat } from './yamlFormat.ts'

/** An output in the format asked for, with the query applied. */
export function printed(
  output: object,
  {
    api,
    operation,
    format,
    query,
  }: { api?: ServiceApi | undefined; operation: string; format: string; query: string | undefined },
): string {
  const shape = api?.operations[operation]?.out
  const whole = api && shape !== undefined ? shaped(api, shape, output) : (output as Shown)
  const shown = query === undefined ? whole : queried(whole, query)
  if (api?.operations[operation] && shape === undefined && query === undefined) return ''
  switch (format) {
    case 'json':
      return jsonFormat(shown)
    case 'text':
      return textFormat(shown)
    case 'table':
      return tableFormat(operation, shown)
    case 'yaml':
    case 'yaml-stream':
      return shown !== null && typeof shown === 'object' && Object.keys(shown).length === 0 && !Array.isArray(shown)
        ? ''
        : yamlFormat(format === 'yaml' ? shown : [shown])
    case 'off':
      return ''
    default:
      throw misused(`argument --output: Found invalid choice '${format}'`)
  }
}

/** Reads a query; a wrong one ends the command. */
export function checkQuery(query: string): void {
  try {
    ;(jmespath as unknown as { compile(query: string): unknown }).compile(query)
  } catch (error) {
    throw invalid(`Bad value for --query ${query}: ${(error as Error).message}`)
  }
}

/** A query that only picks and compares no numbers keeps floats marked. */
function queried(value: Shown, query: string): Shown {
  const picks = !/[(<>]|`\s*-?\d/.test(query)
  try {
    return (jmespath.search(picks ? value : unmarked(value), query) ?? null) as Shown
  } catch (error) {
    throw invalid(`Bad value for --query ${query}: ${(error as Error).message}`)
  }
}
