import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { labDomains } from '../../host/composition.ts'
import { factWords } from '../../host/facts.ts'
import { readConcepts } from '../concepts.ts'
import { loadMisconceptions } from '../misconceptions/load.ts'
import type { LessonFiles } from './lesson.ts'
import type { Library } from './prove.ts'

const LESSONS = join(import.meta.dirname, '../../lessons')

/** The folders of lessons, in order. */
export function lessonFolders(): readonly string[] {
  return readdirSync(LESSONS)
    .filter((name) => /^\d+-/.test(name) && existsSync(join(LESSONS, name, 'lesson.md')))
    .sort()
}

/** The files of one, by name. */
export function filesOf(directory: string): LessonFiles {
  return Object.fromEntries(
    readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')] as const),
  )
}

/** A lesson of ours, by its folder. */
export function ownFiles(folder: string): LessonFiles {
  return filesOf(join(LESSONS, basename(folder)))
}

/** What lessons are proven against, read from the disk. */
export async function library(tell?: (text: string) => void): Promise<Library> {
  const { concepts } = readConcepts(readFileSync(join(LESSONS, 'concepts.yaml'), 'utf8'))
  return {
    facts: factWords(labDomains),
    concepts: new Map(concepts.map((concept) => [concept.id, concept])),
    misconceptions: await loadMisconceptions(),
    sceneText: (name) => {
      const path = join(LESSONS, 'scenes', `${name}.sh`)
      return /^[\w-]+$/.test(name) && existsSync(path) ? readFileSync(path, 'utf8') : undefined
    },
    lessons: new Set(lessonFolders().map((folder) => folder.replace(/^\d+-/, ''))),
    tell,
  }
}
