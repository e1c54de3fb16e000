import { describe, expect, it } from 'vitest'
import { askMachine, defineLifecycle, eventTypes } from './lifecycle.ts'
import { lampLifecycle, toySimulation } from './testing/toyWorld.ts'

const plain = { id: 'x', initial: 'A', states: { A: { description: 'a' } } } as const

describe('lifecycles', () => {
  it('L1: refuses what is not of the pure kind', () => {
    expect(() => defineLifecycle({ ...plain, states: { A: { description: 'a', entry: 'x' } as never } })).toThrow(
      /pure kind/,
    )
    expect(() =>
      defineLifecycle({
        ...plain,
        states: { A: { description: 'a', on: { B: { description: 'b', guard: 'x' } as never } } },
      }),
    ).toThrow(/pure kind/)
    expect(() =>
      defineLifecycle({ ...plain, states: { A: { description: 'a', after: { soon: { description: 's' } } } } }),
    ).toThrow(/not declared/)
    expect(() => defineLifecycle({ ...plain, initial: 'B' })).toThrow(/does not have/)
    expect(() =>
      defineLifecycle({ ...plain, states: { A: { description: 'a', on: { Go: { target: 'B', description: 'b' } } } } }),
    ).toThrow(/no state/)
  })

  it('L2: answers as XState does, for every state and event', () => {
    for (const state of Object.keys(lampLifecycle.definition.states)) {
      for (const type of [...eventTypes(lampLifecycle.definition), 'Unheard']) {
        expect(lampLifecycle.step(state, type)).toEqual(
          askMachine(lampLifecycle.machine, lampLifecycle.id, state, type),
        )
      }
    }
    expect(lampLifecycle.step('Warming', 'after.warmUp')).toEqual({ into: 'Shining', enters: true })
    expect(lampLifecycle.step('Warming', 'SwitchedOn')).toEqual({ into: 'Warming', enters: true })
    expect(lampLifecycle.step('Dark', 'Painted')).toEqual({ into: 'Dark', enters: false })
    expect(lampLifecycle.step('Gone', 'Painted')).toBeUndefined()
  })

  it('L3: refuses what is not described', () => {
    expect(() => defineLifecycle({ ...plain, states: { A: { description: '' } } })).toThrow(/no description/)
    expect(() =>
      defineLifecycle({ ...plain, states: { A: { description: 'a', on: { Go: { description: '' } } } } }),
    ).toThrow(/no description/)
  })

  it('L4: entering a state anew voids the timer of the former entry', () => {
    const simulation = toySimulation()
    simulation.command('make a')
    simulation.advanceTo(600)
    expect(simulation.world.get('lamp/a')?.state).toBe('Warming')
    simulation.advanceTo(1400)
    simulation.command('on a')
    simulation.advanceTo(1600)
    expect(simulation.world.get('lamp/a')?.state).toBe('Warming')
    expect(simulation.timersOf('lamp/a')).toEqual([
      { at: 2400, to: 'lamp/a', type: 'after.warmUp', delay: 'warmUp', setAt: 1400 },
    ])
    simulation.advanceTo(2400)
    expect(simulation.world.get('lamp/a')?.state).toBe('Shining')
  })

  it('L4: a timer of a former life does not ring in the next one', () => {
    const simulation = toySimulation()
    simulation.command('make a')
    simulation.advanceTo(1600)
    expect(simulation.world.get('lamp/a')?.state).toBe('Shining')
    simulation.command('break a')
    expect(simulation.world.get('lamp/a')).toBeUndefined()
    simulation.command('make a')
    simulation.command('paint a black')
    simulation.advanceTo(60_000)
    expect(
      simulation.journal.slice(0).filter((event) => event.type === 'after.burn' && event.at > 1600 && event.at < 2107),
    ).toEqual([])
  })

  it('L5: what nothing accepts is not written down', () => {
    const simulation = toySimulation()
    simulation.command('off nobody')
    simulation.command('make a')
    const before = simulation.journal.length
    simulation.command('off a')
    expect(simulation.journal.slice(before).map((event) => event.type)).toEqual(['Commanded'])
  })
})
