import { expect, test } from 'vitest'
import cases from './cases/k8s.cronjob.schedule.json'
import { cronSchedule } from './schedule.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(cronSchedule.vector?.(input as never)).toMatchObject(wanted)
})
