import type { LessonFiles } from './lesson.ts'
import { type Head, headSchema } from './schema.ts'
import { readYaml } from './yamlBlock.ts'

const texts = import.meta.glob<string>(['../../lessons/*/lesson.md', '../../lessons/*/start.sh'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const scenes = import.meta.glob<string>('../../lessons/scenes/*.sh', { query: '?raw', import: 'default', eager: true })

const files = new Map<string, Record<string, string>>()
for (const [path, text] of Object.entries(texts)) {
  const [name = '', folder = ''] = path.split('/').reverse()
  if (!/^\d+-/.test(folder)) continue
  const own = files.get(folder) ?? {}
  own[name] = text
  files.set(folder, own)
}

/** A lesson of ours as it stands in the list. */
export interface Listed extends Head {
  readonly folder: string
}

/** Our lessons, in order. One that cannot be read is left out: CI says so. */
export const listed: readonly Listed[] = [...files.keys()].sort().flatMap((folder) => {
  const front = /^---\r?\n([\s\S]*?)\r?\n---/.exec(files.get(folder)?.['lesson.md'] ?? '')?.[1] ?? ''
  const head = readYaml(headSchema, front, 2, () => {})
  return head ? [{ ...head, folder }] : []
})

/** The files of one of ours that a learner needs: without solutions. */
export function filesOfLesson(folder: string): LessonFiles {
  return files.get(folder) ?? {}
}

/** The text of a scene, by name. */
export function sceneText(name: string): string | undefined {
  return scenes[`../../lessons/scenes/${name}.sh`]
}
