import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digest } from './digest.ts'
import type { Journal } from './journal.ts'
import { Queue } from './queue.ts'
import { defineRule, RuleSet } from './rule.ts'
import { Simulation } from './simulation.ts'
import { type Lamp, lampsByColour, toyDomain, toySimulation } from './testing/toyWorld.ts'
import { Timeline } from './timeline.ts'

const name = fc.constantFrom('a', 'b', 'c', 'd')
const line = fc.oneof(
  name.map((one) => `make ${one}`),
  name.map((one) => `on ${one}`),
  name.map((one) => `off ${one}`),
  name.map((one) => `break ${one}`),
  fc.tuple(name, fc.constantFrom('red', 'blue', 'black')).map(([one, colour]) => `paint ${one} ${colour}`),
)
const history = fc.array(fc.tuple(fc.integer({ min: 0, max: 4000 }), line), { maxLength: 25 })

function run(timeline: Timeline, lines: readonly (readonly [number, string])[]): Timeline {
  for (const [wait, given] of lines) {
    timeline.seek(timeline.now + wait)
    timeline.command(given)
  }
  timeline.seek(timeline.now + 5000)
  return timeline
}

function fresh(): Timeline {
  return new Timeline(toySimulation(7))
}

function checkCauses(journal: Journal): void {
  for (const event of journal) {
    if (event.type === 'Commanded') continue
    expect(event.causes.length, `J1: ${event.type}`).toBeGreaterThan(0)
    for (const cause of event.causes) expect(journal.position(cause), `J1: ${event.type}`).toBeGreaterThanOrEqual(0)
    expect(journal.why(event.id).at(-1)?.type, 'J2').toBe('Commanded')
  }
}

function checkIndexes(simulation: Simulation): void {
  const { world } = simulation
  const lamps = [...world.all('lamp')] as Lamp[]
  for (const state of ['Dark', 'Warming', 'Shining'])
    expect(world.count('lamp', state)).toBe(lamps.filter((lamp) => lamp.state === state).length)
  expect(world.count('lamp')).toBe(lamps.length)
  expect(world.ownedBy('shell.Session/main').length).toBe(lamps.length)
  for (const colour of ['red', 'blue', 'black']) {
    const found = world.lookup(lampsByColour, colour).map((lamp) => lamp.id)
    expect([...found].sort()).toEqual(
      lamps
        .filter((lamp) => lamp.colour === colour)
        .map((lamp) => lamp.id)
        .sort(),
    )
  }
}

describe('time', () => {
  it('T1: takes what is due by (at, id), wakes of an instant last', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ at: fc.integer({ min: 0, max: 9 }), wake: fc.boolean() })), (dues) => {
        const queue = new Queue<{ at: number; wake: boolean; id: number }>()
        const items = dues.map((due, id) => ({ ...due, id }))
        for (const item of items) queue.push(item)
        const taken = items.map(() => queue.pop())
        expect(taken).toEqual([...items].sort((a, b) => a.at - b.at || Number(a.wake) - Number(b.wake) || a.id - b.id))
      }),
    )
  })

  it('T2: refuses the past and fractions', () => {
    const simulation = toySimulation()
    expect(() => simulation.schedule({ to: 'lamp/a', type: 'Made', kind: 'lamp', after: -1 }, [])).toThrow(/from now/)
    expect(() => simulation.schedule({ to: 'lamp/a', type: 'Made', kind: 'lamp', after: 0.5 }, [])).toThrow(/from now/)
    simulation.advanceTo(10)
    expect(() => simulation.advanceTo(9)).toThrow(/cannot go back/)
  })

  it('T3 R1 J1 J2 W2: random histories replay to the same journal, with causes and true indexes', () => {
    fc.assert(
      fc.property(history, (lines) => {
        const one = run(fresh(), lines)
        const two = run(fresh(), lines)
        expect(digest(one.simulation.journal)).toBe(digest(two.simulation.journal))
        expect([...one.simulation.journal].map((event) => event.id)).toEqual(
          [...two.simulation.journal].map((event) => event.id),
        )
        checkCauses(one.simulation.journal)
        checkIndexes(one.simulation)
      }),
      { numRuns: 60 },
    )
  })

  it('R2 W2: seeking anywhere and back equals having run', () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(60_000), { minLength: 1, maxLength: 4 }), (lines, times) => {
        const straight = run(fresh(), lines)
        const end = straight.now
        const sought = run(fresh(), lines)
        for (const time of times) {
          sought.seek(Math.min(time, end))
          checkIndexes(sought.simulation)
          const other = run(fresh(), lines)
          other.seek(Math.min(time, end))
          expect(digest(sought.simulation.journal)).toBe(digest(other.simulation.journal))
        }
        sought.seek(end)
        expect(digest(sought.simulation.journal)).toBe(digest(straight.simulation.journal))
      }),
      { numRuns: 40 },
    )
  })

  it('R2: checkpoints on the way change nothing', () => {
    const lines = Array.from({ length: 60 }, (_, i) => [900, `make l${i}`] as const)
    const timeline = run(fresh(), lines)
    const whole = digest(timeline.simulation.journal)
    expect(timeline.simulation.journal.length).toBeGreaterThan(1000)
    for (const time of [100, 30_000, 12_345, 50_000]) timeline.seek(time)
    timeline.seek(timeline.branch.end)
    expect(digest(timeline.simulation.journal)).toBe(whole)
  })

  it('R3: acting in the past forks and keeps both branches', () => {
    fc.assert(
      fc.property(history, fc.nat(20_000), line, (lines, time, other) => {
        const timeline = run(fresh(), lines)
        const end = timeline.now
        const before = digest(timeline.simulation.journal)
        timeline.seek(Math.min(time, end - 1))
        timeline.command(other)
        expect(timeline.branches.length).toBe(2)
        timeline.seek(end)
        expect(timeline.branch.id).toBe(1)
        const forked = digest(timeline.simulation.journal)
        timeline.switchTo(0)
        expect(digest(timeline.simulation.journal)).toBe(before)
        timeline.switchTo(1, end)
        expect(digest(timeline.simulation.journal)).toBe(forked)
      }),
      { numRuns: 40 },
    )
  })

  it('R3: saved branches are adopted whole', () => {
    const timeline = run(fresh(), [
      [10, 'make a'],
      [3000, 'paint a red'],
      [2000, 'make b'],
    ])
    timeline.seek(4000)
    timeline.command('break a')
    timeline.seek(9000)
    const again = fresh()
    again.adopt(timeline.branches, timeline.branch.id, timeline.now)
    expect(digest(again.simulation.journal)).toBe(digest(timeline.simulation.journal))
    expect(again.pastOf(0).length).toBe(timeline.pastOf(0).length)
  })
})

describe('the world', () => {
  it('W1: records are frozen for everyone', () => {
    const simulation = toySimulation()
    simulation.command('make a')
    const before = simulation.world.get('lamp/a') as Lamp
    const copy = JSON.stringify(before)
    simulation.advanceTo(20_000)
    expect(simulation.world.get('lamp/a')).not.toBe(before)
    expect(JSON.stringify(before)).toBe(copy)
  })

  it('C2: several wakes are one, with its causes', () => {
    const simulation = toySimulation()
    simulation.command('make a')
    simulation.command('paint a red')
    simulation.command('paint a blue')
    simulation.advanceTo(100)
    simulation.advanceTo(600)
    const switched = simulation.journal.slice(0).filter((event) => event.type === 'SwitchedOn')
    expect(switched).toHaveLength(1)
    expect(switched[0]?.causes.length).toBe(3)
    expect(switched[0]?.by).toBe('switcher')
  })

  it('C3: a reason is told once for each entry', () => {
    const simulation = toySimulation()
    simulation.command('make a')
    simulation.command('paint a black')
    for (let i = 0; i < 5; i++) {
      simulation.advanceTo(simulation.now + 100)
      simulation.command('paint a black')
    }
    const declined = simulation.journal.slice(0).filter((event) => event.type === 'Declined')
    expect(declined.map((event) => event.data)).toEqual([{ controller: 'switcher', reason: 'it is black' }])
  })

  it('D1: a simulation may have one rule replaced', () => {
    const rule = defineRule({ id: 'toy.double', says: 'Twice.', source: 'this test', decide: (n: number) => 2 * n })
    const real = new Simulation({ domains: [toyDomain], seed: 1 })
    const other = new Simulation({
      domains: [toyDomain],
      seed: 1,
      rules: new RuleSet({ 'toy.double': (n: never) => (n as number) * 3 }),
    })
    expect(real.world.decide(rule, 2)).toBe(4)
    expect(other.world.decide(rule, 2)).toBe(6)
    const saved = real.checkpoint()
    real.decideBy(other.world.rules)
    real.restore(saved)
    expect(real.world.decide(rule, 2)).toBe(6)
    real.decideBy(new RuleSet())
    expect(real.world.decide(rule, 2)).toBe(4)
    expect(() => new RuleSet({ 'toy.none': () => 0 })).toThrow(/no rule/)
    expect(() => defineRule(rule)).toThrow(/twice/)
  })
})
