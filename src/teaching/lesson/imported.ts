import { sceneText } from './all.ts'
import { unpackLesson } from './bundle.ts'
import { type LessonRead, readLesson } from './readLesson.ts'

let last: LessonRead | undefined

/** Reads a lesson that someone has brought as a file; it is kept as long as the page. What is wrong is said in one sentence. */
export function importLesson(text: string): { readonly id: string } | { readonly wrong: string } {
  const unpacked = unpackLesson(text)
  if ('wrong' in unpacked) return unpacked
  const read = readLesson(unpacked.folder, unpacked.files, { sceneText })
  const [first] = read.problems
  if (!read.lesson)
    return { wrong: first ? `${first.file}, line ${first.line}: ${first.message}.` : 'The lesson cannot be read.' }
  for (const scene of [read.lesson.scene, ...read.lesson.beats.map(({ world }) => world?.scene)])
    if (scene !== undefined && sceneText(scene) === undefined)
      return { wrong: `The lesson begins in a scene '${scene}' that does not exist here.` }
  last = read
  return { id: read.lesson.id }
}

/** The lesson that was brought last. */
export function importedLesson() {
  return last?.lesson
}
