import { expect, test } from 'vitest'
import cases from './cases/events.cron.json'
import { eventsSchedule } from './schedule.rule.ts'

test.each(cases)('$id answers like AWS', ({ input, expect: wanted }) => {
  expect(eventsSchedule.vector?.(input as never)).toMatchObject(wanted)
})
