import { describe, expect, it } from 'vitest'
import { askMachine, eventTypes } from '../kernel/index.ts'
import { labDomains } from './composition.ts'

const kinds = labDomains.flatMap((domain) => domain.kinds)
const lifecycles = [...new Map(kinds.map(({ lifecycle }) => [lifecycle.id, lifecycle])).values()]

describe('every lifecycle of every domain', () => {
  it('L2: its table agrees with XState for every state and event', () => {
    expect(lifecycles.length).toBeGreaterThan(10)
    for (const lifecycle of lifecycles) {
      for (const state of Object.keys(lifecycle.definition.states)) {
        for (const type of eventTypes(lifecycle.definition)) {
          expect(lifecycle.step(state, type), `${lifecycle.id} ${state} ${type}`).toEqual(
            askMachine(lifecycle.machine, lifecycle.id, state, type),
          )
        }
      }
    }
  })

  it('has every state within reach of its beginning', () => {
    for (const lifecycle of lifecycles) {
      const reached = new Set([lifecycle.initial])
      for (const state of reached) {
        for (const type of eventTypes(lifecycle.definition)) {
          const step = lifecycle.step(state, type)
          if (step) reached.add(step.into)
        }
      }
      expect([...reached].sort(), lifecycle.id).toEqual(Object.keys(lifecycle.definition.states).sort())
    }
  })

  it('says how long each of its delays takes', () => {
    for (const kind of kinds) {
      for (const delay of Object.keys(kind.lifecycle.definition.delays ?? {}))
        expect(kind.delays?.[delay], `${kind.kind} ${delay}`).toBeTypeOf('function')
    }
  })

  it('tells only of events that its lifecycle knows', () => {
    for (const kind of kinds) {
      const known = new Set([...eventTypes(kind.lifecycle.definition), ...ALWAYS, ...BIRTHS])
      for (const type of Object.keys({ ...kind.tell, ...kind.apply }))
        expect(known.has(type), `${kind.kind} ${type}`).toBe(true)
    }
  })
})

/** What any entity accepts in any state. */
const ALWAYS = ['Commanded', 'Declined']
/** With what entities are born: any past tense will do, and these are the ones in use. */
const BIRTHS = 'Created Made Opened Started Launched Pushed Installed Registered Requested Began'.split(' ')
