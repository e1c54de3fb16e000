import { describe, expect, it } from 'vitest'
import type { Save } from '../host/save.ts'
import { discard, keep, keptInMemoryOnly, MOST_VERSIONS, readShelf, versionsOf } from './shelf.ts'

const MINUTE = 60_000

function world(id: string, when: number) {
  const save: Save = {
    version: 1,
    seed: 1,
    at: when,
    shown: 0,
    branches: [{ id: 0, name: 'main', forkedAt: 0, end: when, history: [] }],
  }
  return { id, title: id, when, speed: 1, playing: false, save }
}

describe('the shelf', () => {
  it('keeps a world once, and some of its earlier selves beside it', async () => {
    for (let minute = 0; minute < 40; minute++) await keep(world('a', minute * MINUTE))
    await keep(world('b', 40 * MINUTE))
    expect(keptInMemoryOnly()).toBe(true)
    expect((await readShelf()).kept.map(({ id, when }) => [id, when])).toEqual([
      ['b', 40 * MINUTE],
      ['a', 39 * MINUTE],
    ])
    const versions = await versionsOf('a')
    expect(versions).toHaveLength(MOST_VERSIONS)
    const gaps = versions.slice(1).map(({ when }, i) => (versions[i]?.when ?? 0) - when)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3 * MINUTE)
  })

  it('forgets the earlier selves of a world that is taken off', async () => {
    await discard('a')
    await keep(world('c', 60 * MINUTE))
    expect(await versionsOf('a')).toEqual([])
    expect((await readShelf()).kept.map(({ id }) => id)).toEqual(['c', 'b'])
  })
})
