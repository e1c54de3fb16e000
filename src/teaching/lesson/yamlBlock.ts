import * as v from 'valibot'
import { isNode, LineCounter, parseDocument } from 'yaml'

/** Reads a YAML text that must fit a schema. What is wrong is told with its line, of which the first is `from`. */
export function readYaml<S extends v.GenericSchema>(
  schema: S,
  text: string,
  from: number,
  complain: (line: number, message: string) => void,
): v.InferOutput<S> | undefined {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: false, customTags: [] })
  for (const error of document.errors)
    complain(
      from + lines.linePos(error.pos[0]).line - 1,
      error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? '',
    )
  if (document.errors.length > 0) return undefined
  let data: unknown
  try {
    data = document.toJS({ maxAliasCount: 20 })
  } catch (error) {
    complain(from, error instanceof Error ? error.message : String(error))
    return undefined
  }
  const result = v.safeParse(schema, data)
  if (result.success) return result.output
  for (const issue of result.issues) {
    const path = (issue.path ?? []).map(({ key }) => key)
    let depth = path.length
    let node: unknown
    while (!isNode(node) && depth >= 0) node = document.getIn(path.slice(0, depth--), true)
    const offset = isNode(node) ? (node.range?.[0] ?? 0) : 0
    complain(from + lines.linePos(offset).line - 1, `${path.length > 0 ? `${path.join('.')}: ` : ''}${said(issue)}`)
  }
  return undefined
}

function said(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'strict_object' && issue.expected === 'never') return 'there is no such field'
  if (issue.type === 'strict_object') return `it is missing`
  return issue.message
}
