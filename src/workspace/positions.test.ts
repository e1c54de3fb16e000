import { beforeEach, describe, expect, it } from 'vitest'
import { usePositions } from './positions.ts'
import { useWorld } from './world.ts'

const here = { 'k8s.Service/default/web': { x: 10, y: 20 } }

beforeEach(() => usePositions.setState({ moved: {}, worlds: {}, world: '' }))

describe('places on the canvas', () => {
  it('belong to one world, though another has things of the same ids', () => {
    useWorld.getState().show({ title: 'One', scene: 'shop', kept: 'a' })
    usePositions.getState().restore(here)
    useWorld.getState().show({ title: 'Two', scene: 'shop', kept: 'b' })
    expect(usePositions.getState().moved).toEqual({})
    useWorld.getState().show({ title: 'One', scene: 'shop', kept: 'a' })
    expect(usePositions.getState().moved).toEqual(here)
  })

  it('are forgotten for one world alone', () => {
    useWorld.getState().show({ title: 'One', kept: 'a' })
    usePositions.getState().restore(here)
    useWorld.getState().show({ title: 'A lesson' })
    usePositions.getState().restore(here)
    usePositions.getState().tidy()
    expect(usePositions.getState().worlds).toEqual({ a: here })
  })

  it('of the world that was longest not moved in make room', () => {
    for (let i = 0; i < 40; i++) {
      useWorld.getState().show({ title: `World ${i}` })
      usePositions.getState().restore(here)
    }
    const { worlds } = usePositions.getState()
    expect(Object.keys(worlds)).toHaveLength(24)
    expect(worlds['World 39']).toEqual(here)
    expect(worlds['World 15']).toBeUndefined()
  })
})
