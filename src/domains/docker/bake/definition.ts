import { parseDocument } from 'yaml'
import { composeTargets } from './composeTargets.ts'
import { parseHcl, parseTemplate } from './hcl.ts'
import { type Block, type Body, type Expression, HclProblem } from './hclNode.ts'

/** A file of bake: its name as given, its text, and what stands in it. */
export interface BakeFile {
  readonly name: string
  readonly text: string
  readonly body: Body
}

/** Reads one definition by the kind of its name: HCL, JSON of the same meaning, or a compose file. Throws `HclProblem`s, or an Error with words. */
export function readBakeFile(name: string, text: string): BakeFile {
  if (/\.ya?ml$/.test(name)) return { name, text, body: jsonBody(composeTargets(yamlOf(name, text)) as Json) }
  if (name.endsWith('.json')) return { name, text, body: jsonBody(jsonOf(name, text)) }
  try {
    return { name, text, body: parseHcl(text) }
  } catch (problem) {
    if (name === '-' && text.trimStart().startsWith('{')) return { name, text, body: jsonBody(jsonOf(name, text)) }
    throw problem
  }
}

type Json = { readonly [key: string]: unknown }
const BLOCKS: ReadonlySet<string> = new Set(['group', 'target', 'variable', 'function'])

function jsonBody(value: Json): Body {
  const attributes = new Map<string, Expression>()
  const blocks: Block[] = []
  for (const [key, one] of Object.entries(value)) {
    if (!BLOCKS.has(key)) attributes.set(key, expressionOf(one))
    else
      for (const [label, body] of Object.entries((one ?? {}) as Json))
        for (const each of Array.isArray(body) ? (body as Json[]) : [body as Json])
          blocks.push({
            type: key,
            labels: [label],
            from: 0,
            body: {
              attributes: new Map(Object.entries(each).map(([name, inner]) => [name, expressionOf(inner)])),
              blocks: [],
            },
          })
  }
  return { attributes, blocks }
}

function expressionOf(value: unknown): Expression {
  const place = { from: 0, to: 0 }
  if (typeof value === 'string') return value.includes('${') ? parseTemplate(value) : { is: 'value', value, ...place }
  if (Array.isArray(value)) return { is: 'list', items: value.map(expressionOf), ...place }
  if (typeof value === 'object' && value !== null)
    return {
      is: 'object',
      pairs: Object.entries(value).map(([key, one]) => [expressionOf(key), expressionOf(one)]),
      ...place,
    }
  return { is: 'value', value, ...place }
}

function jsonOf(name: string, text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    throw new HclProblem('Invalid JSON', `${name} is not valid JSON.`, 0, 1)
  }
}

function yamlOf(name: string, text: string): unknown {
  const document = parseDocument(text)
  const [problem] = document.errors
  if (problem) throw new HclProblem('Invalid YAML', `${name}: ${problem.message.split('\n')[0]}`, 0, 1)
  return document.toJS() as unknown
}
