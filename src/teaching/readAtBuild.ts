import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Plugin } from 'vite'
import { readConcepts } from './concepts.ts'
import { readHead } from './lesson/readHead.ts'

/**
 * Reads text of ours while the page is built, where only a part of it is needed to show a list: `lesson.md?head` is a lesson's front matter
 * (null when it cannot be read: CI says why), `concepts.yaml?list` the concepts. What learners bring is read where they bring it.
 */
export function readAtBuild(): Plugin {
  const read: Readonly<Record<string, (text: string) => unknown>> = {
    'lesson.md?head': (text) => readHead(text) ?? null,
    'concepts.yaml?list': (text) => readConcepts(text).concepts,
  }
  return {
    name: 'orrery-read-at-build',
    enforce: 'pre',
    load(id) {
      const of = read[basename(id)]
      if (!of) return undefined
      const file = id.replace(/\?\w+$/, '')
      this.addWatchFile(file)
      return { code: `export default ${JSON.stringify(of(readFileSync(file, 'utf8')))}`, moduleType: 'js', map: null }
    },
  }
}
