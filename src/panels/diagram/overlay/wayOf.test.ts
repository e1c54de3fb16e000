import { expect, it } from 'vitest'
import type { TraceHop } from '../../../host/views/index.ts'
import type { Route } from '../route/routes.ts'
import { wayOf } from './wayOf.ts'

const hop = (...places: string[]): TraceHop => ({
  at: places[0] ?? '',
  name: '',
  label: '',
  pictogram: 'pod',
  places,
  says: '',
  ms: 0,
  before: 0,
})
const boxes = new Map([
  ['client', { x: 0, y: 0, w: 100, h: 20 }],
  ['service', { x: 0, y: 100, w: 100, h: 20 }],
  ['pod', { x: 0, y: 200, w: 100, h: 20 }],
])
const line: Route = {
  edge: { id: 'e', from: 'client', to: 'service', kind: 'traffic' },
  corners: [50, 20, 50, 100],
  cut: false,
  bundle: 'b',
}

it('follows drawn lines, goes straight where there is none, and stays where the next hop is in the same box', () => {
  const way = wayOf([hop('client'), hop('service'), hop('container', 'pod'), hop('pod'), hop('nowhere')], boxes, [line])
  expect(way.map(({ box, path }) => [box, path])).toEqual([
    ['client', ''],
    ['service', 'M50 20L50 100'],
    ['pod', 'M50 100L50 210'],
    ['pod', ''],
    ['pod', ''],
  ])
})
