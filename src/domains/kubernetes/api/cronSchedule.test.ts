import { expect, test } from 'vitest'
import { parseCron } from './cronSchedule.ts'
import { parseGoDuration } from './goDuration.ts'

const times = (text: string, after: string, count: number) => {
  const parsed = parseCron(text)
  if (!parsed.ok) throw new Error(parsed.error)
  const found: (string | undefined)[] = []
  let time: number | undefined = Date.parse(after)
  while (time !== undefined && found.length < count) {
    time = parsed.schedule.next(time)
    found.push(time === undefined ? undefined : new Date(time).toISOString().slice(0, 16))
  }
  return found
}

test('a day of the month and a day of the week both restricted: either will do', () => {
  expect(times('0 0 13 * 5', '2026-03-10T00:00:00Z', 3)).toEqual([
    '2026-03-13T00:00',
    '2026-03-20T00:00',
    '2026-03-27T00:00',
  ])
})

test('a date that never comes has no next time', () => {
  expect(times('0 0 30 2 *', '2026-01-01T00:00:00Z', 1)).toEqual([undefined])
})

test('half-hour zones and the end of daylight saving', () => {
  expect(times('TZ=Asia/Kolkata 0 0 * * *', '2026-01-01T00:00:00Z', 1)).toEqual(['2026-01-01T18:30'])
  expect(times('TZ=Europe/Berlin 30 2 * * *', '2026-03-28T12:00:00Z', 2)).toEqual([
    '2026-03-30T00:30',
    '2026-03-31T00:30',
  ])
  expect(times('TZ=Europe/Berlin 0 9 * * *', '2026-10-24T12:00:00Z', 2)).toEqual([
    '2026-10-25T08:00',
    '2026-10-26T08:00',
  ])
})

test.each([
  ['', 'empty spec string'],
  ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
  ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
  ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
  ['TZ=Mars/Olympus * * * * *', 'provided bad location Mars/Olympus: unknown time zone Mars/Olympus'],
  ['@every soon', 'failed to parse duration @every soon: time: invalid duration "soon"'],
])('%s is refused', (text, error) => {
  expect(parseCron(text)).toEqual({ ok: false, error })
})

test('reads Go durations', () => {
  expect(parseGoDuration('1h15m30.5s')).toEqual({ ok: true, ms: 4_530_500 })
  expect(parseGoDuration('-2m')).toEqual({ ok: true, ms: -120_000 })
  expect(parseGoDuration('5')).toEqual({ ok: false, error: 'time: missing unit in duration "5"' })
  expect(parseGoDuration('5d')).toEqual({ ok: false, error: 'time: unknown unit "d" in duration "5d"' })
})
