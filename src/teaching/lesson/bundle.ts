import type { LessonFiles } from './lesson.ts'
import { MOST_LESSON } from './readLesson.ts'

const HEAD = /^===== ([A-Za-z0-9.-]{1,40}) =====$/

/** A lesson's folder as one text: before each file a line `===== name =====`. */
export function packLesson(folder: string, files: LessonFiles): string {
  const names = Object.keys(files).sort(
    (a, b) => Number(b === 'lesson.md') - Number(a === 'lesson.md') || (a < b ? -1 : 1),
  )
  return [
    `orrery lesson 1 ${folder}\n`,
    ...names.map((name) => `===== ${name} =====\n${(files[name] ?? '').replace(/\n*$/, '\n')}`),
  ].join('')
}

/** Reads such a text; says in one sentence what is wrong with it otherwise. It comes from anywhere: nothing in it is trusted. */
export function unpackLesson(
  text: string,
): { readonly folder: string; readonly files: LessonFiles } | { readonly wrong: string } {
  if (text.length > MOST_LESSON)
    return { wrong: `The lesson is larger than ${MOST_LESSON / 1000} kB, so it was not read.` }
  const [first = '', ...lines] = text.replaceAll('\r\n', '\n').split('\n')
  const folder = /^orrery lesson 1 ((?:\d{1,3}-)?[a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(first)?.[1]
  if (folder === undefined || folder.length > 80)
    return { wrong: 'The file is not a lesson of Orrery, or of a later version.' }
  const files = new Map<string, string[]>()
  let current: string[] | undefined
  for (const line of lines) {
    const name = HEAD.exec(line)?.[1]
    if (name === undefined) {
      if (current) current.push(line)
      else if (line.trim() !== '')
        return { wrong: `The file is damaged: there is text before its first '===== name ====='.` }
      continue
    }
    if (files.has(name)) return { wrong: `The file is damaged: ${name} is in it twice.` }
    current = []
    files.set(name, current)
  }
  return {
    folder,
    files: Object.fromEntries([...files].map(([name, all]) => [name, `${all.join('\n').replace(/\n*$/, '')}\n`])),
  }
}
