import { type Head, headSchema } from './schema.ts'
import { readYaml } from './yamlBlock.ts'

/** The front matter of a lesson; undefined when there is none that can be read. `readLesson` says what is wrong with it. */
export function readHead(markdown: string): Head | undefined {
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(markdown)?.[1] ?? ''
  return readYaml(headSchema, front, 2, () => {})
}
