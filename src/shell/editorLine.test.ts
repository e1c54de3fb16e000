import { describe, expect, it } from 'vitest'
import { Simulation } from '../kernel/index.ts'
import { type Session, shellDomain } from './index.ts'

function started() {
  const simulation = new Simulation({ domains: [shellDomain], seed: 1 })
  const session = () => simulation.world.get('shell.Session/main') as Session
  simulation.command('edit a.txt; cat a.txt > b.txt')
  simulation.advanceTo(1000)
  return { simulation, session, text: (path: string) => session().files[`/home/learner/${path}`]?.text }
}

describe('the editor, as the shell sees it', () => {
  it('holds the command until :wq gives it the text', () => {
    const { simulation, session, text } = started()
    expect(session().state).toBe('Busy')
    expect(session().editor?.path).toBe('/home/learner/a.txt')
    simulation.command(':wq\none\ntwo\n', 'main', 'editor')
    simulation.advanceTo(2000)
    expect(text('b.txt')).toBe('one\ntwo\n')
    expect(session().state).toBe('Ready')
    expect(session().editor).toBeUndefined()
  })

  it('writes with :w and goes on, and leaves without writing with :q!', () => {
    const { simulation, session, text } = started()
    simulation.command(':w\nkept\n', 'main', 'editor')
    simulation.advanceTo(2000)
    expect(session().editor).toBeDefined()
    simulation.command(':q!', 'main')
    simulation.advanceTo(3000)
    expect(text('b.txt')).toBe('kept\n')
    expect(session().state).toBe('Ready')
  })

  it('is no command of the prompt while no program waits', () => {
    const { simulation, session } = started()
    simulation.command(':q!')
    simulation.advanceTo(2000)
    simulation.command(':q!')
    simulation.advanceTo(3000)
    expect(session().shell.last).toBe(127)
  })
})
