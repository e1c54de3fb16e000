import type { LessonFiles } from './lesson.ts'

const texts = import.meta.glob<string>(['../../lessons/*/lesson.md', '../../lessons/*/start.sh'], {
  query: '?raw',
  import: 'default',
})
const scenes = import.meta.glob<string>('../../lessons/scenes/*.sh', { query: '?raw', import: 'default', eager: true })

/** The files of a lesson of ours that a learner needs, without solutions: each lesson is fetched when it is opened. */
export async function filesOfLesson(folder: string): Promise<LessonFiles> {
  const own = Object.entries(texts).filter(([path]) => path.split('/').at(-2) === folder)
  return Object.fromEntries(
    await Promise.all(own.map(async ([path, read]) => [path.split('/').at(-1) ?? '', await read()] as const)),
  )
}

/** The text of a scene, by name. */
export function sceneText(name: string): string | undefined {
  return scenes[`../../lessons/scenes/${name}.sh`]
}
