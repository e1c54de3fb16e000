import { describe, expect, it } from 'vitest'
import { placeBeside } from './placeBeside.ts'

const window = { width: 400, height: 300 }
const box = { width: 100, height: 20 }
const anchor = (left: number, top: number) => ({ left, top, right: left + 30, bottom: top + 30 })

describe('placeBeside', () => {
  it('centres along the wished side', () => {
    expect(placeBeside(anchor(200, 100), box, 'bottom', window)).toEqual({ x: 165, y: 136 })
    expect(placeBeside(anchor(200, 100), box, 'right', window)).toEqual({ x: 236, y: 105 })
  })

  it('goes to the other side where there is no room', () => {
    expect(placeBeside(anchor(200, 265), box, 'bottom', window).y).toBe(239)
    expect(placeBeside(anchor(360, 100), box, 'right', window).x).toBe(254)
  })

  it('stays inside the window', () => {
    expect(placeBeside(anchor(0, 100), box, 'bottom', window).x).toBe(4)
    expect(placeBeside(anchor(370, 100), box, 'top', window).x).toBe(296)
  })
})
