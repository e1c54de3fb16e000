import { expect, it } from 'vitest'
import { packed } from './fleetPainter.ts'

it('packs colours as they are written, long or short', () => {
  const pixel = (colour: string) => [...new Uint8Array(Uint32Array.of(packed(colour)).buffer)]
  expect(pixel('#0b1220')).toEqual([0x0b, 0x12, 0x20, 255])
  expect(pixel('#fff')).toEqual([255, 255, 255, 255])
  expect(pixel(' #a3c')).toEqual([0xaa, 0x33, 0xcc, 255])
})
