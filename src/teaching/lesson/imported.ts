import { unpackLesson } from './bundle.ts'
import { sceneText } from './ownTexts.ts'
import { type LessonRead, MOST_LESSON, readLesson } from './readLesson.ts'

let last: LessonRead | undefined

/** Reads a lesson that someone has brought as a file; it is kept as long as the page. What is wrong is said in one sentence. */
export async function importLesson(file: Blob): Promise<{ readonly id: string } | { readonly wrong: string }> {
  if (file.size > MOST_LESSON * 4) return { wrong: 'The file is too large to be a lesson.' }
  const unpacked = unpackLesson(await file.text())
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
