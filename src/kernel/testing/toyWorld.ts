import { defineIndex } from '../derived.ts'
import type { Domain } from '../domain.ts'
import type { Entity } from '../entity.ts'
import { COMMANDED } from '../event.ts'
import { defineKind } from '../kind.ts'
import { defineLifecycle } from '../lifecycle.ts'
import { Simulation } from '../simulation.ts'

/** A lamp as a test sees it. */
export interface Lamp extends Entity {
  readonly colour?: string
  readonly blinks?: number
}

export const lampLifecycle = defineLifecycle({
  id: 'lamp',
  initial: 'Dark',
  delays: { warmUp: 'Until it shines.', burn: 'Until it goes out.' },
  on: { Painted: { description: 'It gets another colour.' } },
  states: {
    Dark: {
      description: 'It does not shine.',
      on: {
        SwitchedOn: { target: 'Warming', description: 'Someone switches it on.' },
        Broken: { target: 'Gone', description: 'It breaks.' },
      },
    },
    Warming: {
      description: 'It will shine soon.',
      on: {
        SwitchedOn: { target: 'Warming', reenter: true, description: 'It starts to warm up anew.' },
        SwitchedOff: { target: 'Dark', description: 'Someone switches it off.' },
      },
      after: { warmUp: { target: 'Shining', description: 'It is warm.' } },
    },
    Shining: {
      description: 'It shines.',
      on: {
        SwitchedOff: { target: 'Dark', description: 'Someone switches it off.' },
        Broken: { target: 'Gone', description: 'It breaks.' },
      },
      after: { burn: { target: 'Dark', description: 'It goes out.' } },
    },
    Gone: { description: 'It is broken.', type: 'final' },
  },
})

export const lampsByColour = defineIndex('lampsByColour', ['lamp'], (entity) => (entity as Lamp).colour)

/** Lines a session of the toy understands: `make NAME...`, `on NAME`, `off NAME`, `paint NAME COLOUR`, `break NAME`. */
export const toyDomain: Domain = {
  name: 'toy',
  kinds: [
    defineKind<Lamp>({
      kind: 'lamp',
      lifecycle: lampLifecycle,
      delays: { warmUp: () => 1000, burn: (lamp, world) => 2000 + Math.floor(world.draw(lamp.id, lamp.entry) * 3000) },
      apply: {
        Painted: (_lamp, event) => ({ colour: (event.data as { colour: string }).colour }),
        SwitchedOn: (lamp) => ({ blinks: (lamp.blinks ?? 0) + 1 }),
      },
    }),
    defineKind({
      kind: 'shell.Session',
      lifecycle: defineLifecycle({
        id: 'toySession',
        initial: 'Open',
        on: { [COMMANDED]: { description: 'A line is given.' } },
        states: { Open: { description: 'It takes lines.' } },
      }),
      birth: (event) => ({ line: (event.data as { line: string }).line }),
      apply: { [COMMANDED]: (_session, event) => ({ line: (event.data as { line: string }).line }) },
    }),
  ],
  controllers: [
    {
      name: 'prompt',
      watches: { 'shell.Session': [COMMANDED] },
      wakes: (event) => event.to,
      reconcile(id, world) {
        const [verb, name = '', ...rest] = (world.get(id) as Entity & { line: string }).line.split(' ')
        const to = `lamp/${name}`
        if (verb === 'make')
          return [name, ...rest].map((one) => ({ to: `lamp/${one}`, type: 'Made', kind: 'lamp', data: { owner: id } }))
        if (verb === 'on') return [{ to, type: 'SwitchedOn' }]
        if (verb === 'off') return [{ to, type: 'SwitchedOff' }]
        if (verb === 'paint') return [{ to, type: 'Painted', data: { colour: rest[0] } }]
        return [{ to, type: 'Broken' }]
      },
    },
    {
      name: 'switcher',
      watches: { lamp: '*' },
      wakes: (event) => event.to,
      delay: () => 7,
      reconcile(id, world) {
        const lamp = world.get(id) as Lamp | undefined
        if (!lamp) return undefined
        if (lamp.state !== 'Dark') return [{ decline: `it is ${lamp.state}`, to: id }]
        return lamp.colour === 'black'
          ? [{ decline: 'it is black', to: id }]
          : [{ to: id, type: 'SwitchedOn', after: 500, by: 'switcher' }]
      },
    },
  ],
  derived: [lampsByColour as never],
  views: [],
}

export function toySimulation(seed = 1): Simulation {
  return new Simulation({ domains: [toyDomain], seed })
}
