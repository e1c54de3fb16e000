import { expect, it } from 'vitest'
import type { SceneNode } from '../../../host/views/scene.view.ts'
import { legendsAtRight } from './legends.ts'

const frame = { id: 'zone', shape: 'frame', look: { title: 'eu-west-1a' } } as unknown as SceneNode
const boxes = new Map([['zone', { x: 0, y: 100, w: 400, h: 200 }]])

it('moves the name of a place out of the way of a line that comes down through it', () => {
  expect([...legendsAtRight([frame], boxes, [[40, 50, 40, 150]])]).toEqual(['zone'])
})

it('leaves it where it is when the line passes elsewhere, or when there is no better place', () => {
  expect([...legendsAtRight([frame], boxes, [[200, 50, 200, 150]])]).toEqual([])
  expect([...legendsAtRight([frame], boxes, [[40, 50, 40, 80]])]).toEqual([])
  expect([
    ...legendsAtRight([frame], boxes, [
      [40, 50, 40, 150],
      [360, 50, 360, 150],
    ]),
  ]).toEqual([])
})
