import { describe, expect, it } from 'vitest'
import { createActor } from 'xstate'
import { letterOf, voteFlow } from './vote.flow.ts'

const question = { ask: 'Which node?', options: [{ says: 'node-a' }, { says: 'node-b' }, { says: 'Nobody' }] }

describe('a vote of a class', () => {
  it('keeps the first hands beside the second, and tells the truth only after the world has run', () => {
    const vote = createActor(voteFlow).start()
    vote.send({ type: 'count', option: 0, by: 1 })
    expect(vote.getSnapshot().value).toBe('silent')
    vote.send({ type: 'ask', question })
    for (const option of [0, 0, 1]) vote.send({ type: 'count', option, by: 1 })
    vote.send({ type: 'reveal', truth: 1 })
    expect(vote.getSnapshot().value).toBe('voting')
    vote.send({ type: 'discuss' })
    vote.send({ type: 'count', option: 2, by: 1 })
    vote.send({ type: 'again' })
    for (const option of [1, 1, 0]) vote.send({ type: 'count', option, by: 1 })
    vote.send({ type: 'count', option: 0, by: -2 })
    vote.send({ type: 'run' })
    vote.send({ type: 'reveal', truth: 1 })
    const { value, context } = vote.getSnapshot()
    expect(value).toBe('revealed')
    expect(context).toMatchObject({ first: [2, 1, 0], second: [0, 2, 0], truth: 1 })
    vote.send({ type: 'clear' })
    expect(vote.getSnapshot()).toMatchObject({ value: 'silent', context: { question: undefined, first: [] } })
  })

  it('may run at once, without a talk', () => {
    const vote = createActor(voteFlow).start()
    vote.send({ type: 'ask', question })
    vote.send({ type: 'run' })
    expect(vote.getSnapshot().value).toBe('running')
    expect(letterOf(2)).toBe('C')
  })
})
