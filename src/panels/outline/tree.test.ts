import { describe, expect, it } from 'vitest'
import { treeKey, visible } from './tree.ts'

const items = [
  { id: 'region' },
  { id: 'a', parent: 'region' },
  { id: 'pod1', parent: 'a' },
  { id: 'pod2', parent: 'a' },
  { id: 'b', parent: 'region' },
  { id: 'pod3', parent: 'b' },
  { id: 'clients' },
]
const none = new Set<string>()
const key = (pressed: string, at: string, closed: ReadonlySet<string> = none) =>
  treeKey(pressed, visible(items, closed), at, closed, ({ id }) => id)

describe('the tree', () => {
  it('shows what is open, with level and place', () => {
    expect(
      visible(items, new Set(['a'])).map(({ item, level, place, of }) => `${item.id} ${level} ${place}/${of}`),
    ).toEqual(['region 1 1/2', 'a 2 1/2', 'b 2 2/2', 'pod3 3 1/1', 'clients 1 2/2'])
  })

  it('walks up and down over what is shown, and stops at the ends', () => {
    expect(key('ArrowDown', 'pod2')).toEqual({ focus: 'b' })
    expect(key('ArrowDown', 'a', new Set(['a']))).toEqual({ focus: 'b' })
    expect(key('ArrowUp', 'region')).toBeUndefined()
    expect(key('ArrowDown', 'clients')).toBeUndefined()
    expect(key('Home', 'pod3')).toEqual({ focus: 'region' })
    expect(key('End', 'a')).toEqual({ focus: 'clients' })
  })

  it('opens, goes in, closes and goes out with right and left', () => {
    expect(key('ArrowRight', 'a', new Set(['a']))).toEqual({ open: 'a' })
    expect(key('ArrowRight', 'a')).toEqual({ focus: 'pod1' })
    expect(key('ArrowRight', 'pod1')).toBeUndefined()
    expect(key('ArrowLeft', 'a')).toEqual({ close: 'a' })
    expect(key('ArrowLeft', 'a', new Set(['a']))).toEqual({ focus: 'region' })
    expect(key('ArrowLeft', 'pod1')).toEqual({ focus: 'a' })
    expect(key('ArrowLeft', 'clients')).toBeUndefined()
  })

  it('opens all siblings with a star', () => {
    expect(key('*', 'a', new Set(['a', 'b']))).toEqual({ open: ['a', 'b'] })
  })

  it('goes to the next name that begins with a typed letter, round the end', () => {
    expect(key('p', 'pod1')).toEqual({ focus: 'pod2' })
    expect(key('p', 'pod3')).toEqual({ focus: 'pod1' })
    expect(key('z', 'pod3')).toBeUndefined()
    expect(key(' ', 'pod3')).toBeUndefined()
  })
})
