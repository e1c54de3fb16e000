import { expect, test } from 'vitest'
import cases from './cases/k8s.job.status-indexes.json'
import { formatIndexes, jobIndexes, parseIndexes, podsForRemoval } from './indexes.rule.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(jobIndexes.decide(input as never)).toEqual(wanted)
})

test('own words: indexes are written in runs and read back within completions', () => {
  expect(formatIndexes([5, 0, 1, 7, 8, 9, 7])).toBe('0,1,5,7-9')
  expect(parseIndexes('0,1,5,7-9', 9)).toEqual([0, 1, 5, 7, 8])
})

test('own words: superfluous pods go first', () => {
  const pods = [{ index: 0 }, { index: null }, { index: 0 }, { index: 4 }, { index: 1 }]
  expect(podsForRemoval(pods, 0, 3)).toEqual([pods[0], pods[1], pods[3]])
  expect(podsForRemoval(pods, 4, 3)).toEqual([pods[0], pods[1], pods[3], pods[2]])
  expect(podsForRemoval(pods, 1, null)).toEqual([pods[0]])
})
