import { expect, it } from 'vitest'
import { nameParts } from './nameParts.ts'

it('tells the maker of a generated name from its tail, and leaves other names whole', () => {
  expect(nameParts('web-7f9c5d6b4-q7wzl')).toEqual({ owner: 'web', tail: 'q7wzl' })
  expect(nameParts('search-api-66b8d5c9f-v9lhz')).toEqual({ owner: 'search-api', tail: 'v9lhz' })
  expect(nameParts('report-b7xqd')).toEqual({ owner: 'report', tail: 'b7xqd' })
  expect(nameParts('pg-0')).toEqual({ owner: undefined, tail: 'pg-0' })
  expect(nameParts('kube-scheduler')).toEqual({ owner: undefined, tail: 'kube-scheduler' })
})
