import { describe, expect, it } from 'vitest'
import { findCommands } from './CommandPalette.tsx'
import { fuzzy } from './fuzzy.ts'

const command = (id: string, title: string, group = 'Things', words?: string) => ({
  id,
  title,
  group,
  run: () => {},
  ...(words ? { words } : {}),
})

describe('fuzzy', () => {
  it('wants every letter, in order', () => {
    expect(fuzzy('pw', 'Pod web')?.places).toEqual([0, 4])
    expect(fuzzy('wp', 'Pod web')).toBeUndefined()
    expect(fuzzy('', 'anything')).toEqual({ score: 0, places: [] })
  })

  it('finds the best place, not the first', () => {
    expect(fuzzy('web', 'weaving web')?.places).toEqual([8, 9, 10])
  })

  it('puts runs and starts of words before scattered letters', () => {
    const score = (text: string) => fuzzy('node', text)?.score ?? Number.NEGATIVE_INFINITY
    expect(score('node-a1')).toBeGreaterThan(score('Cordon node-a1'))
    expect(score('Cordon node-a1')).toBeGreaterThan(score('Run until the deployment ends'))
  })
})

describe('findCommands', () => {
  it('keeps the given order for an empty query and groups together', () => {
    const found = findCommands('', [command('a', 'A'), command('b', 'B', 'Time'), command('c', 'C')])
    expect(found.map((item) => item.command.id)).toEqual(['a', 'c', 'b'])
  })

  it('finds by further words, after those that match by title', () => {
    const found = findCommands('stop', [
      command('pause', 'Pause', 'Time', 'stop halt'),
      command('stop', 'Stop node-a1'),
    ])
    expect(found.map((item) => item.command.id)).toEqual(['stop', 'pause'])
  })

  it('leaves out what does not fit', () => {
    expect(findCommands('zzz', [command('a', 'Pod web')])).toEqual([])
  })
})
