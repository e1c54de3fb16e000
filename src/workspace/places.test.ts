import { beforeEach, describe, expect, it } from 'vitest'
import type { Save } from '../host/save.ts'
import { type Place, readPlaces, usePlaces } from './places.ts'

const save: Save = {
  version: 1,
  seed: 7,
  at: 1000,
  shown: 0,
  branches: [{ id: 0, name: 'main', forkedAt: 0, end: 1000, history: [] }],
}
const place = (beat: number): Place => ({ beat, title: 'One of them goes', of: 6, stars: 0, save })

describe('places in lessons', () => {
  beforeEach(() => usePlaces.setState({ places: {} }))

  it('keeps the latest place of each lesson, and lets the oldest lesson go', () => {
    const { keep } = usePlaces.getState()
    for (let i = 0; i < 9; i++) keep(`lesson-${i}`, place(1))
    keep('lesson-3', place(4))
    const { places } = usePlaces.getState()
    expect(Object.keys(places)).toHaveLength(8)
    expect(places['lesson-0']).toBeUndefined()
    expect(places['lesson-3']?.beat).toBe(4)
    usePlaces.getState().forget('lesson-3')
    expect(usePlaces.getState().places['lesson-3']).toBeUndefined()
  })

  it('takes no world that is too long for the store, and forgets the one before it', () => {
    const { keep } = usePlaces.getState()
    keep('a', place(1))
    const history = [{ at: 0, line: 'x'.repeat(300_000), session: 'main' }]
    keep('a', { ...place(2), save: { ...save, branches: [{ ...save.branches[0], history }] as Save['branches'] } })
    expect(usePlaces.getState().places['a']).toBeUndefined()
  })

  it('reads what was kept, and nothing that is damaged', () => {
    const kept = {
      good: place(2),
      bad: { ...place(2), save: { ...save, shown: 5 } },
      worse: 7,
      no: place(-1),
    }
    expect(readPlaces(kept)).toEqual({ good: place(2) })
    expect(readPlaces('x')).toEqual({})
  })
})
