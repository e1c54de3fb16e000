import { describe, expect, it } from 'vitest'
import { Announcer } from './announcer.ts'

function listen(most?: number) {
  const said: string[] = []
  let due: (() => void) | undefined
  let started = 0
  const announcer = new Announcer({
    speak: (text) => said.push(text),
    later: (run) => {
      started++
      due = run
      return () => {
        due = undefined
      }
    },
    ...(most ? { most } : {}),
  })
  return { announcer, said, ring: () => due?.(), timers: () => started }
}

describe('Announcer', () => {
  it('joins what comes within one window into one saying, under one timer', () => {
    const { announcer, said, ring, timers } = listen()
    announcer.say('web-1 is Ready')
    announcer.say('web-2 is Ready.')
    expect(said).toEqual([])
    ring()
    expect(said).toEqual(['web-1 is Ready. web-2 is Ready.'])
    expect(timers()).toBe(1)
  })

  it('says a repeat once, and nothing for nothing', () => {
    const { announcer, said, ring } = listen()
    announcer.say('Copied')
    announcer.say(' Copied ')
    announcer.say('')
    ring()
    expect(said).toEqual(['Copied.'])
  })

  it('says the first few and counts the rest', () => {
    const { announcer, said, ring } = listen(2)
    for (let pod = 1; pod <= 40; pod++) announcer.say(`web-${pod} is Ready`)
    ring()
    expect(said).toEqual(['web-1 is Ready. web-2 is Ready. And 38 more.'])
  })

  it('starts a new window after it has spoken', () => {
    const { announcer, said, ring } = listen()
    announcer.say('one')
    ring()
    announcer.say('one')
    ring()
    expect(said).toEqual(['one.', 'one.'])
  })
})
