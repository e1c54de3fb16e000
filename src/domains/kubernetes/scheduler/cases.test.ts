import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { filterRule, type PluginCase, scoreRule } from './conformance.rule.ts'
import { defaultProfile } from './profile.ts'

type Case = PluginCase & { readonly id: string; readonly kind: string; readonly expect: object }

const folder = new URL('./cases/', import.meta.url)
const cases = readdirSync(folder).flatMap(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as readonly Case[],
)
const decide = (given: Case) => (given.kind === filterRule.id ? filterRule.decide(given) : scoreRule.decide(given))

describe('scheduler plugins answer their cases', () => {
  it.each(cases.map((given) => [`${given.plugin} ${given.kind} ${given.id}`, given] as const))('%s', (_, given) => {
    const before = JSON.stringify(given)
    expect(decide(given)).toMatchObject(given.expect)
    expect(JSON.stringify(given)).toBe(before)
  })

  it('covers every plugin of the default profile', () => {
    const covered = new Set(cases.map(({ plugin }) => plugin))
    expect(defaultProfile.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([])
  })

  it('tells a wrong expectation from a right one', () => {
    const given = cases.find(({ id }) => id === 'cordoned') as Case
    expect(decide(given)).not.toMatchObject({ filter: { a: { ok: true } } })
  })
})
