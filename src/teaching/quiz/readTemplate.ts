import type { RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import * as v from 'valibot'
import { parse } from 'yaml'
import { linesOf } from '../../host/linesOf.ts'
import { type Problem, proseOf } from '../lesson/prose.ts'
import { readYaml } from '../lesson/yamlBlock.ts'
import { type Drawn, drawnOf, filled, picksOf } from './draws.ts'
import {
  type Answer,
  answerSchema,
  type Explain,
  explainSchema,
  type Head,
  headSchema,
  type Options,
  optionsSchema,
  type Places,
  placesSchema,
  type QuestionTask,
  questionTaskSchema,
  type Spots,
  spotsSchema,
} from './schema.ts'
import type { Filled, PromptPart, Slip, Template } from './template.ts'

const MOST = 40_000
const FRONT = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/
/** Blocks that are YAML; the others are shell lines. */
const YAML: Readonly<Record<string, v.GenericSchema>> = {
  answer: answerSchema,
  options: optionsSchema,
  places: placesSchema,
  spots: spotsSchema,
  task: questionTaskSchema,
  explain: explainSchema,
}
const SHELL = ['world', 'do', 'lines', 'solution', 'slips']

export type TemplateRead =
  | { readonly template: Template; readonly problems: readonly Problem[] }
  | { readonly template?: undefined; readonly problems: readonly Problem[] }

type Complain = (line: number, message: string) => void

/** Reads `question.md` of a folder. What is wrong is told with its line; nothing is run here. `checked`: also with values drawn. */
export function readTemplate(folder: string, text: string, checked = true): TemplateRead {
  const problems: Problem[] = []
  const complain: Complain = (line, message) => problems.push({ file: 'question.md', line, message })
  const [whole, front = ''] = FRONT.exec(text) ?? []
  if (text.length > MOST) complain(1, `it is longer than ${MOST} characters`)
  if (whole === undefined) complain(1, "it begins with front matter between two lines of '---'")
  if (whole === undefined || problems.length > 0) return { problems }
  const head = readYaml(headSchema, front, 2, complain)
  if (!head) return { problems }
  if (head.id !== folder) complain(2, `its id is '${head.id}', and its folder '${folder}'`)
  const body = whole.replace(/[^\n]/g, '') + text.slice(whole.length)
  const blocks: Record<string, { text: string; line: number }> = {}
  const prompt: string[] = []
  for (const node of fromMarkdown(body).children) {
    const line = node.position?.start.line ?? 1
    if (node.type === 'code' && (Object.hasOwn(YAML, node.lang ?? '') || SHELL.includes(node.lang ?? ''))) {
      const name = node.lang ?? ''
      if (Object.hasOwn(blocks, name)) complain(line, `there is one block '${name}', and not two`)
      blocks[name] = { text: node.value, line }
    } else prompt.push(body.slice(node.position?.start.offset, node.position?.end.offset))
  }
  for (const name of neededBy(head))
    if (!Object.hasOwn(blocks, name)) complain(2, `the format ${head.format} needs a block '${name}'`)
  const { world, do: happens, lines, solution, slips } = blocks
  const template: Template = {
    ...head,
    prompt: promptOf(marked(prompt.join('\n\n')), complain),
    world: world?.text ?? '',
    happens: happens?.text ?? '',
    trees: treesOf(blocks, complain),
    lines: lines && linesBlock(lines.text),
    solution: solution?.text,
    slips: slipsOf(slips?.text),
  }
  if (problems.length > 0) return { problems }
  if (checked) checkForm(template, blocks, complain)
  return problems.length > 0 ? { problems } : { template, problems }
}

type Blocks = Readonly<Record<string, { readonly text: string; readonly line: number }>>

function treesOf(blocks: Blocks, complain: Complain): Readonly<Record<string, unknown>> {
  const trees: Record<string, unknown> = {}
  for (const [name, { text, line }] of Object.entries(blocks)) {
    if (!Object.hasOwn(YAML, name)) continue
    try {
      trees[name] = parse(marked(text), { maxAliasCount: 20 })
    } catch (error) {
      complain(line, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
    }
  }
  return trees
}

function neededBy({ format }: Head): readonly string[] {
  const own = {
    choice: ['answer'],
    place: ['answer', 'places'],
    number: ['answer'],
    order: ['answer'],
    hotspot: ['answer', 'spots'],
    moment: ['answer'],
    cause: ['answer'],
    fix: ['task', 'solution'],
    reach: ['task', 'solution'],
    parsons: ['task', 'lines'],
  }
  return ['world', 'explain', ...own[format]]
}

/** Checks with the first draw that is allowed that all blocks can be read. */
function checkForm(template: Template, blocks: Blocks, complain: Complain): void {
  try {
    let drawn: Drawn | undefined
    for (let attempt = 0; attempt < 300 && !drawn; attempt++) drawn = drawnOf(template, picksOf(template, 1, attempt))
    if (!drawn) throw new Error("'where' allows nothing that can be drawn")
    for (const [name, { text, line }] of Object.entries(blocks)) {
      const schema = YAML[name]
      if (schema) readYaml(schema, filled(text, drawn), line + 1, complain)
    }
    fill(template, drawn)
  } catch (error) {
    complain(2, error instanceof Error ? error.message : String(error))
  }
}

/** A template with the values of one draw in all its texts. What cannot be read then throws. */
export function fill(template: Template, drawn: Drawn): Filled {
  const block = <T>(name: string): T | undefined => {
    const tree = template.trees[name]
    if (tree === undefined) return undefined
    const result = v.safeParse(YAML[name] as v.GenericSchema, withValues(tree, drawn))
    if (!result.success) throw new Error(`block ${name}: ${result.issues[0].message}`)
    return result.output as T
  }
  const shell = (text: string) => filled(text, drawn)
  const { lines } = template
  // What is read is text, also where it is nothing but a number that was drawn.
  const words = Object.fromEntries(Object.entries(drawn).map(([name, value]) => [name, String(value)]))
  return {
    prompt: withValues(template.prompt, words) as readonly PromptPart[],
    world: shell(template.world),
    happens: shell(template.happens),
    answer: block<Answer>('answer'),
    options: block<Options>('options') ?? { says: {}, others: [], most: 4 },
    places: block<Places>('places'),
    spots: block<Spots>('spots'),
    task: block<QuestionTask>('task'),
    lines: lines && { right: lines.right.map(shell), decoys: lines.decoys.map(shell) },
    solution: template.solution === undefined ? undefined : shell(template.solution),
    slips: template.slips.map((slip) => ({ ...slip, lines: shell(slip.lines) })),
    explain: block<Explain>('explain') ?? { rule: '', thing: '', says: '', first: false },
  }
}

/** `${name}` as letters that mean nothing in YAML and Markdown, so that a text is read once for all draws. */
function marked(text: string): string {
  return text.replaceAll(/\$\{([A-Za-z][\w.]*)\}/g, '\uE000$1\uE001')
}

/** A tree with the values in its texts; a text that is nothing but one variable becomes its value. */
function withValues(tree: unknown, drawn: Drawn): unknown {
  if (typeof tree === 'string') {
    if (!tree.includes('\uE000')) return tree
    const whole = /^\uE000([^\uE001]*)\uE001$/.exec(tree)?.[1]
    if (whole !== undefined && Object.hasOwn(drawn, whole)) return drawn[whole]
    return tree.replaceAll(/\uE000([^\uE001]*)\uE001/g, (_, name: string) =>
      Object.hasOwn(drawn, name) ? String(drawn[name]) : `\${${name}}`,
    )
  }
  if (Array.isArray(tree)) return tree.map((one) => withValues(one, drawn))
  if (typeof tree !== 'object' || tree === null) return tree
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [String(withValues(key, drawn)), withValues(value, drawn)]),
  )
}

function promptOf(markdown: string, complain: Complain): readonly PromptPart[] {
  const parts: PromptPart[] = []
  const wrong = (line: number, message: string) => complain(line, message.replaceAll('lesson', 'question'))
  for (const node of fromMarkdown(markdown).children as readonly RootContent[]) {
    if (node.type === 'code' && node.lang === 'show') parts.push({ is: 'show', lines: node.value })
    else parts.push(...proseOf([node], wrong))
  }
  return parts
}

function linesBlock(text: string): { right: readonly string[]; decoys: readonly string[] } {
  const [right = '', decoys = ''] = text.split(/^---[ \t]*$/m)
  return { right: linesOf(right), decoys: linesOf(decoys) }
}

function slipsOf(text: string | undefined): readonly Slip[] {
  if (text === undefined) return []
  return text.split(/^---[ \t]*$/m).map((lines) => ({
    lines,
    misconception: /^#\s*misconception:\s*([a-z0-9-]+)/m.exec(lines)?.[1],
  }))
}
