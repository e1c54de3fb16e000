import { describe, expect, it } from 'vitest'
import { sayChart } from './chartSeries.ts'
import { Samples } from './samples.ts'

describe('samples', () => {
  it('keep a value for each moment, and forget what came after a seek back', () => {
    const samples = new Samples()
    for (const at of [100, 200, 300]) samples.take(at, new Map([['web rate', at / 10]]))
    samples.take(250, new Map([['api rate', 4]]))
    expect(samples.times).toEqual([100, 200, 250])
    expect(samples.of('web rate')).toEqual([10, 20, undefined])
    expect(samples.of('api rate')).toEqual([undefined, undefined, 4])
  })
})

describe('a chart in words', () => {
  it('says for each line where it is and where it ran', () => {
    const say = (value: number) => `${value}/s`
    expect(sayChart('Requests', [{ name: 'web', values: [10, undefined, 30, 20] }], say)).toBe(
      'Requests: web now 20/s, between 10/s and 30/s',
    )
    expect(sayChart('Requests', [], say)).toBe('Requests: no data yet')
  })
})
