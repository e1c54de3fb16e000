import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../kernel/index.ts'
import { allConcepts } from '../conceptList.ts'
import { misconceptions } from '../misconceptions/all.ts'
import { codeOf, readCode, SEEDS, templateNumber } from './itemCode.ts'
import { questionTexts } from './questionTexts.ts'
import { readTemplate } from './readTemplate.ts'

/** Templates that there were when this was last looked at: none may be lost by a slip. */
const LEAST = 75
const concepts = new Set(allConcepts.map(({ id }) => id))
const read = questionTexts.map(([folder, text]) => ({ folder, ...readTemplate(folder, text) }))

describe('questions', () => {
  it('are all there, can be read, and no two share an id or the number that stands for it in codes', () => {
    console.log(`questions: ${questionTexts.length} templates, ${misconceptions.size} misconceptions`)
    expect(read.filter(({ problems }) => problems.length > 0)).toEqual([])
    expect(read.length).toBeGreaterThanOrEqual(LEAST)
    const ids = read.map(({ template }) => template?.id ?? '')
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(ids.map(templateNumber)).size).toBe(ids.length)
  })

  it('are about concepts that there are', () => {
    const strange = read.flatMap(({ folder, template }) =>
      (template?.concepts ?? []).filter((id) => !concepts.has(id)).map((id) => `${folder}: ${id}`),
    )
    expect(strange).toEqual([])
  })

  it('have codes that are read back, and notice a slip of the pen', () => {
    for (const seed of [0, 1, 77, SEEDS - 1]) {
      const code = codeOf({ template: 'rolling-bounds', seed, level: 2, version: 3 })
      expect(readCode(code)).toEqual({ number: templateNumber('rolling-bounds'), seed, level: 2, version: 3 })
      expect(readCode(code.replace(/.$/, (last) => (last === '7' ? '8' : '7')))).toBeUndefined()
    }
  })
})

describe('misconceptions', () => {
  it('are loaded, every file one, under its own name', () => {
    const others = ['all', 'load', 'misconception', 'ofCore']
    const files = readdirSync(join(import.meta.dirname, '../misconceptions'))
      .flatMap((name) => /^(\w+)\.ts$/.exec(name)?.[1] ?? [])
      .filter((name) => !others.includes(name))
      .map((name) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))
    expect([...misconceptions.keys()].sort()).toEqual(files.sort())
  })

  it('replace a rule that there is, and are about a concept that there is', () => {
    for (const { id, rule, concept } of misconceptions.values()) {
      expect(rules.has(rule), `${id}: rule ${rule}`).toBe(true)
      expect(concepts, id).toContain(concept)
    }
  })
})
