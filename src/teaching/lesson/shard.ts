import { expect, it } from 'vitest'
import { lessonFolders, library, ownFiles } from './folders.ts'
import { proveLesson } from './prove.ts'

/** A lesson is run some thirty times; a slow machine may take its time over that. In real ms. */
const LONGEST = 300_000

/** Proves every `of`-th lesson, beginning with one: the tests of a file run one after another, files side by side. */
export function proveShard(shard: number, of: number): void {
  const folders = lessonFolders()
  const known = library()
  const own = folders.filter((_, i) => i % of === shard)
  it.each(own)(
    'proves %s',
    async (folder) => {
      const problems = proveLesson(folder, ownFiles(folder), await known)
      expect(problems.map(({ file, line, message }) => `${folder}/${file}:${line}: ${message}`)).toEqual([])
    },
    LONGEST,
  )
}
