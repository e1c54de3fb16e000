import { describe, expect, it } from 'vitest'
import { allConcepts } from '../conceptList.ts'
import { misconceptions } from '../misconceptions/all.ts'
import { codeOf, readCode, SEEDS, templateNumber } from './itemCode.ts'
import { prove } from './proof.ts'
import { readTemplate } from './readTemplate.ts'

const texts = import.meta.glob<string>('../../lessons/questions/*/question.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const folders = Object.entries(texts).map(([path, text]) => [path.split('/').at(-2) ?? '', text] as const)
const concepts = new Set(allConcepts.map(({ id }) => id))

describe('questions', () => {
  it('are there, and no two share the number that stands for them in codes', () => {
    console.log(`questions: ${folders.length} templates, ${misconceptions.size} misconceptions`)
    expect(folders.length).toBeGreaterThan(0)
    expect(new Set(folders.map(([id]) => templateNumber(id))).size).toBe(folders.length)
  })

  it('have codes that are read back, and notice a slip of the pen', () => {
    for (const seed of [0, 1, 77, SEEDS - 1]) {
      const code = codeOf({ template: 'rolling-bounds', seed, level: 2, version: 3 })
      expect(readCode(code)).toEqual({ number: templateNumber('rolling-bounds'), seed, level: 2, version: 3 })
      expect(readCode(code.replace(/.$/, (last) => (last === '7' ? '8' : '7')))).toBeUndefined()
    }
  })

  it('misconceptions are about concepts that there are', () => {
    for (const { concept, id } of misconceptions.values()) expect(concepts, id).toContain(concept)
  })

  // Equal draws are equal items, so all different draws (at most 200) are what 200 seeds can lead to.
  it.each(folders)('%s: one answer, distractors, a cited rule, and a way to win', { timeout: 240_000 }, (id, text) => {
    const { template, problems } = readTemplate(id, text)
    expect(problems).toEqual([])
    if (!template) return
    expect(template.concepts.filter((concept) => !concepts.has(concept))).toEqual([])
    expect(prove(template, misconceptions, 200).problems).toEqual([])
  })
})
