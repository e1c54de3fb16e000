import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, isWithin, overlaps } from '../layout/box.ts'
import { CELL, fleetLayout, pick } from './fleetLayout.ts'

const frame = (parent: number) => ({ id: 'f', parent, title: 'f', tone: 'ok' as const, word: '' })
const frames = [frame(-1), frame(0), frame(0), frame(-1), frame(3)]
const fleet = fc
  .array(fc.record({ frame: fc.constantFrom(1, 2, 4, 65535), count: fc.integer({ min: 0, max: 60 }) }), {
    maxLength: 60,
  })
  .map((hosts) => ({
    frames,
    hosts: {
      frame: Uint16Array.from(hosts, ({ frame }) => frame),
      count: Uint16Array.from(hosts, ({ count }) => count),
      tone: new Uint8Array(hosts.length),
    },
    waiting: 20,
  }))

describe('the fleet layout', () => {
  it('gives each host a tile of its own within its frame, and frames their own room', () => {
    fc.assert(
      fc.property(fleet, fc.double({ min: 0.5, max: 3, noNaN: true }), (input, aspect) => {
        const layout = fleetLayout(input, aspect)
        const tiles: Box[] = [...input.hosts.count].map((_, host) => ({
          x: layout.tiles[host * 2]!,
          y: layout.tiles[host * 2 + 1]!,
          ...layout.tile,
        }))
        const boxes = new Map(layout.frames.map(({ index, box }) => [index, box]))
        tiles.forEach((tile, host) => {
          const box = boxes.get(input.hosts.frame[host]!)
          if (box) expect(isWithin(tile, box)).toBe(true)
          for (const other of tiles.slice(host + 1)) expect(overlaps(tile, other)).toBe(false)
        })
        for (const { index, box } of layout.frames) {
          const parent = boxes.get(frames[index]!.parent)
          if (parent) expect(isWithin(box, parent)).toBe(true)
          for (const other of layout.frames) {
            if (other.index > index && frames[other.index]!.parent === frames[index]!.parent)
              expect(overlaps(box, other.box)).toBe(false)
          }
        }
      }),
    )
  })

  it('finds every cell again where it was put', () => {
    fc.assert(
      fc.property(fleet, (input) => {
        const layout = fleetLayout(input, 1.6)
        input.hosts.count.forEach((count, host) => {
          for (let cell = 0; cell < count; cell++) {
            const x = layout.tiles[host * 2]! + CELL.inset + (cell % layout.tile.columns) * CELL.pitch + 5
            const y = layout.tiles[host * 2 + 1]! + CELL.inset + Math.floor(cell / layout.tile.columns) * CELL.pitch + 5
            expect(pick(layout, input.waiting, x, y)).toEqual({ host, cell })
          }
        })
        expect(pick(layout, 20, layout.waiting.x + 5, layout.waiting.y + 5)).toEqual({ host: -1, cell: 0 })
      }),
      { numRuns: 20 },
    )
  })
})
