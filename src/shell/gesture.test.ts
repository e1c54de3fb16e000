import { describe, expect, it } from 'vitest'
import { Simulation } from '../kernel/simulation.ts'
import { shellDomain } from './index.ts'
import { outputText, transcript } from './transcript.ts'

const SESSION = 'shell.Session/main'

describe('a line that was not typed', () => {
  it('runs beside the command that is at the keyboard, and is no input to it', () => {
    const simulation = new Simulation({ domains: [shellDomain], seed: 1 })
    simulation.command('read x; echo got $x')
    simulation.command('echo beside; echo kept > f', 'main', 'canvas')
    simulation.command('word')
    simulation.command('cat f')
    const shown = transcript(simulation.journal, SESSION)
    expect(outputText(shown)).toBe('beside\ngot word\nkept\n')
    expect(shown.flatMap((entry) => (entry.is === 'line' ? [entry.prompt] : []))).toEqual(['$', '$', '', '$'])
  })

  it('does not wait for lines that nobody reads yet', () => {
    const simulation = new Simulation({ domains: [shellDomain], seed: 1 })
    simulation.command('sleep 5')
    simulation.command('echo later')
    simulation.command('echo now', 'main', 'fault')
    expect(outputText(transcript(simulation.journal, SESSION))).toBe('now\n')
    simulation.advanceTo(5000)
    expect(outputText(transcript(simulation.journal, SESSION))).toBe('now\nlater\n')
  })

  it('waits its turn when it belongs to a script', () => {
    const simulation = new Simulation({ domains: [shellDomain], seed: 1 })
    simulation.command('sleep 5', 'main', 'scene')
    simulation.command('echo done', 'main', 'scene')
    expect(outputText(transcript(simulation.journal, SESSION))).toBe('')
    simulation.advanceTo(5000)
    expect(outputText(transcript(simulation.journal, SESSION))).toBe('done\n')
  })
})
