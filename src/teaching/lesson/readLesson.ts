import type { Code, Heading, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type * as v from 'valibot'
import { type Facts, figureProblems } from './figures.ts'
import type { Beat, Lesson, LessonFiles } from './lesson.ts'
import { type Problem, proseOf, wordsOf } from './prose.ts'
import { headSchema, predictSchema, taskSchema, worldSchema } from './schema.ts'
import { readYaml } from './yamlBlock.ts'

/** Largest lesson, in characters of all its files. */
export const MOST_LESSON = 200_000
const MOST_FILE = 60_000
const MOST_BEATS = 9

/** What of the names of files a lesson may have. */
const FILE = /^(lesson\.md|start\.sh|solution(-\d+)?\.sh|antisolution\.sh|near-miss(-\d+)?\.sh)$/

const BLOCKS: Readonly<Record<string, v.GenericSchema>> = {
  world: worldSchema,
  predict: predictSchema,
  task: taskSchema,
}

export type LessonRead =
  | { readonly lesson: Lesson; readonly problems: readonly Problem[] }
  | { readonly lesson?: undefined; readonly problems: readonly Problem[] }

/** How a lesson is read beyond its own files. */
export interface Reading {
  /** Facts of the simulation: unknown ones are then said to be wrong. */
  readonly facts?: Facts | undefined
  /** The text of the scene that it names, where figures may be given. */
  readonly sceneText?: ((name: string) => string | undefined) | undefined
}

/**
 * Reads a lesson's folder. Everything that is wrong is told with file and line; a lesson that can be shown comes back even with problems
 * of style (bare figures), but not with any of form. Nothing in the text is ever run here.
 */
export function readLesson(folder: string, files: LessonFiles, { facts, sceneText }: Reading = {}): LessonRead {
  const problems: Problem[] = []
  const complain = (line: number, message: string, file = 'lesson.md') => problems.push({ file, line, message })
  for (const [name, text] of Object.entries(files)) {
    if (!FILE.test(name)) complain(1, 'a lesson has no such file', name)
    if (text.length > MOST_FILE) complain(1, `it is longer than ${MOST_FILE} characters`, name)
  }
  const markdown = files['lesson.md']
  if (markdown === undefined) complain(1, 'there is no lesson.md')
  if (markdown === undefined || problems.length > 0) return { problems }

  const [whole, front = ''] = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(markdown) ?? []
  if (whole === undefined) {
    complain(1, "it begins with front matter between two lines of '---'")
    return { problems }
  }
  const head = readYaml(headSchema, front, 2, complain)
  // The front matter becomes empty lines, so that lines are counted as in the file.
  const body = whole.replace(/[^\n]/g, '') + markdown.slice(whole.length)
  const { opening, beats } = readBeats(body, complain)
  if (beats.length === 0) complain(1, "it has no beat: '## ' and a title begin one")
  if (beats.length > MOST_BEATS) complain(beats[MOST_BEATS]?.line ?? 1, `it has more than ${MOST_BEATS} beats`)
  if (!head) return { problems }
  if (head.scene === undefined && files['start.sh'] === undefined) complain(2, 'it has neither a scene nor a start.sh')
  if (head.scene !== undefined && files['start.sh'] !== undefined) complain(2, 'it has both a scene and a start.sh')
  if (folder.replace(/^\d+-/, '') !== head.id) complain(2, `its id is '${head.id}', and its folder '${folder}'`)
  if (problems.length > 0) return { problems }

  const lesson: Lesson = { ...head, folder, opening, beats, start: files['start.sh'] }
  const given = [
    files['start.sh'] ?? '',
    sceneText?.(head.scene ?? '') ?? '',
    ...beats.map(({ world }) => sceneText?.(world?.scene ?? '') ?? ''),
    ...beats.map(({ world, predict, task }) => JSON.stringify([world?.lines, predict?.held, predict?.truth, task])),
    files['solution.sh'] ?? '',
  ].join('\n')
  for (const [line, text] of textsOf(lesson))
    for (const problem of figureProblems(text, facts, given)) complain(line, problem)
  return { lesson, problems }
}

function readBeats(body: string, complain: (line: number, message: string) => void) {
  const tree = fromMarkdown(body)
  const sections: { heading: Heading | undefined; nodes: RootContent[] }[] = [{ heading: undefined, nodes: [] }]
  for (const node of tree.children) {
    if (node.type === 'heading' && node.depth === 2) sections.push({ heading: node, nodes: [] })
    else sections.at(-1)?.nodes.push(node)
  }
  const [first, ...rest] = sections
  const opening = proseOf(first?.nodes ?? [], complain)
  const beats = rest.map(({ heading, nodes }): Beat => {
    const line = heading?.position?.start.line ?? 1
    const title = wordsOf([{ is: 'paragraph', of: headingWords(heading) }]).trim()
    if (title === '' || title.length > 60) complain(line, 'the title of a beat has 1 to 60 characters')
    const blocks: Record<string, unknown> = {}
    const text = nodes.filter((node) => {
      if (node.type !== 'code' || !Object.hasOwn(BLOCKS, node.lang ?? '')) return true
      readBlock(node, blocks, complain)
      return false
    })
    if (blocks['predict'] !== undefined && blocks['task'] !== undefined)
      complain(line, 'a beat has a prediction or a task, and not both')
    return { title, line, text: proseOf(text, complain), ...(blocks as Pick<Beat, 'world' | 'predict' | 'task'>) }
  })
  return { opening, beats }
}

function readBlock(node: Code, blocks: Record<string, unknown>, complain: (line: number, message: string) => void) {
  const name = node.lang ?? ''
  const line = node.position?.start.line ?? 1
  if (Object.hasOwn(blocks, name)) complain(line, `a beat has one block '${name}', and not two`)
  const value = readYaml(BLOCKS[name] as v.GenericSchema, node.value, line + 1, complain)
  if (value !== undefined) blocks[name] = value
}

function headingWords(heading: Heading | undefined) {
  return (heading?.children ?? []).flatMap((node) =>
    node.type === 'text' || node.type === 'inlineCode' ? [{ is: 'text' as const, text: node.value }] : [],
  )
}

/** Every text of a lesson that a learner reads, with the line of its beat. */
export function textsOf({ opening, beats, title, says }: Lesson): readonly (readonly [line: number, text: string])[] {
  return [
    [2, title],
    [2, says],
    [2, wordsOf(opening)],
    ...beats.flatMap(({ line, title, text, predict, task }) =>
      [
        title,
        wordsOf(text),
        ...(predict ? [predict.ask, predict.tell, ...predict.options.map((option) => option.says)] : []),
        ...(task
          ? [task.says, ...[...task.goals, ...task.hints, ...task.lost, ...task.stars].map((one) => one.says)]
          : []),
      ].map((one) => [line, one] as const),
    ),
  ]
}
