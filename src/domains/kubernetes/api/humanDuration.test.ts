import { expect, test } from 'vitest'
import { humanDuration, shortHumanDuration } from './humanDuration.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

test.each([
  [-3 * SECOND, '<invalid>', '<invalid>'],
  [-1500, '0s', '0s'],
  [-500, '0s', '0s'],
  [999, '0s', '0s'],
  [70 * SECOND, '70s', '1m'],
  [190 * SECOND, '3m10s', '3m'],
  [5 * MINUTE, '5m', '5m'],
  [70 * MINUTE, '70m', '1h'],
  [3 * HOUR, '3h', '3h'],
  [3 * HOUR + 20 * MINUTE, '3h20m', '3h'],
  [47 * HOUR + 59 * MINUTE, '47h', '1d'],
  [48 * HOUR, '2d', '2d'],
  [50 * HOUR, '2d2h', '2d'],
  [8 * DAY + 5 * HOUR, '8d', '8d'],
  [367 * DAY, '367d', '1y'],
  [4 * 365 * DAY + 10 * DAY, '4y10d', '4y'],
  [5 * 365 * DAY, '5y', '5y'],
  [9 * 365 * DAY + 10 * DAY, '9y', '9y'],
])('%d ms is %s, in short %s', (ms, long, short) => {
  expect(humanDuration(ms)).toBe(long)
  expect(shortHumanDuration(ms)).toBe(short)
})
