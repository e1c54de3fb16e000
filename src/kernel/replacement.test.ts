import { describe, expect, it } from 'vitest'
import { defineKind } from './kind.ts'
import { defineLifecycle } from './lifecycle.ts'
import { defineReplacement, RULE_KIND, replacementOf, replacements, ruleEntityId } from './replacement.ts'
import { defineRule, RuleSet } from './rule.ts'
import { Simulation } from './simulation.ts'
import { toyDomain } from './testing/toyWorld.ts'

const half = defineRule({ id: 'toy.half', says: 'Half.', source: 'this test', decide: (n: number) => n / 2 })
const other = defineRule({ id: 'toy.same', says: 'The same.', source: 'this test', decide: (n: number) => n })
const words = { says: 'It is a third.', instead: 'It is half.' }
defineReplacement({ ...words, id: 'half-is-third', rule: 'toy.half', decide: (n: never) => (n as number) / 3 })
defineReplacement({ ...words, id: 'half-is-quarter', rule: 'toy.half', decide: (n: never) => (n as number) / 4 })
defineReplacement({ ...words, id: 'of-another-world', rule: 'toy.elsewhere', decide: () => 0 })

const ruleKind = defineKind({
  kind: RULE_KIND,
  lifecycle: defineLifecycle({
    id: 'toyRule',
    initial: 'Replaced',
    states: {
      Replaced: {
        description: 'Replaced.',
        on: {
          Replaced: { target: 'Replaced', description: 'Another one.' },
          Restored: { target: 'Real', description: 'Real again.' },
        },
      },
      Real: { description: 'Real.' },
    },
  }),
  apply: { Replaced: (_rule, event) => event.data as { replacement: string } },
})

function toy(rules?: RuleSet): Simulation {
  return new Simulation({
    domains: [{ ...toyDomain, kinds: [...toyDomain.kinds, ruleKind] }],
    seed: 1,
    ...(rules ? { rules } : {}),
  })
}

function replace(simulation: Simulation, replacement: string): void {
  const to = ruleEntityId('toy.half')
  simulation.schedule({ to, kind: RULE_KIND, type: 'Replaced', data: { replacement } }, [])
  simulation.advanceTo(simulation.now)
}

describe('a replacement', () => {
  it('is decided by from the moment on at which a world knows of it, until the rule is restored', () => {
    const simulation = toy()
    const { world } = simulation
    expect(world.decide(half, 12)).toBe(6)
    replace(simulation, 'half-is-third')
    expect([world.decide(half, 12), world.decide(other, 12), world.rules.replaced]).toEqual([4, 12, ['toy.half']])
    replace(simulation, 'half-is-quarter')
    expect(world.decide(half, 12)).toBe(3)
    simulation.schedule({ to: ruleEntityId('toy.half'), type: 'Restored' }, [])
    simulation.advanceTo(simulation.now)
    expect([world.decide(half, 12), world.rules.replaced]).toEqual([6, []])
  })

  it('goes and comes with the checkpoints, and the same replacements are the same rules', () => {
    const simulation = toy()
    const { world } = simulation
    const before = simulation.checkpoint()
    const plain = world.rules
    replace(simulation, 'half-is-third')
    const third = world.rules
    const after = simulation.checkpoint()
    const past = simulation.journal.slice(0)
    simulation.restore(before)
    expect(world.rules).toBe(plain)
    simulation.restore(after, past)
    expect(world.rules).toBe(third)
    expect(world.decide(half, 12)).toBe(4)
  })

  it('leaves what a simulation was made with: its own rules go on beside it', () => {
    const simulation = toy(new RuleSet({ 'toy.same': (n: never) => -(n as number) }))
    replace(simulation, 'half-is-third')
    expect([simulation.world.decide(half, 12), simulation.world.decide(other, 12)]).toEqual([4, -12])
  })

  it('is known only where its rule is, and one that is not known changes nothing', () => {
    expect(replacements().map(({ id }) => id)).toEqual(['half-is-quarter', 'half-is-third'])
    expect(replacementOf('of-another-world')).toBeUndefined()
    const simulation = toy()
    replace(simulation, 'of-another-world')
    expect(simulation.world.decide(half, 12)).toBe(6)
    expect(() => defineReplacement({ ...words, id: 'half-is-third', rule: 'toy.half', decide: () => 0 })).toThrow(
      /twice/,
    )
  })
})
