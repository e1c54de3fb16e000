import { expect, test } from 'vitest'
import cases from './cases/k8s.labels.selector.json'
import { labelSelectorRule } from './labels.rule.ts'
import { formatLabelSelector, parseSelector } from './labels.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(labelSelectorRule.vector?.(input as never)).toMatchObject(wanted)
})

const refusal = (text: string) => {
  const answer = parseSelector(text)
  return answer.ok ? undefined : answer.error
}

test('says what is wrong with keys and values in the words of 1.35', () => {
  expect(refusal(`${'k'.repeat(64)}=v`)).toContain('name part must be no more than 63 bytes')
  expect(refusal('/x=y')).toBe('unable to parse requirement: <nil>: Invalid value: "/x": prefix part must be non-empty')
  expect(refusal('Example.com/x')).toContain('prefix part a lowercase RFC 1123 subdomain must consist of')
  expect(refusal('a in (é)')).toContain('values[0][a]: Invalid value: "é": a valid label must be')
  expect(refusal('a==b,c d')).toBe("unable to parse requirement: found 'd', expected: in, notin, =, ==, !=, gt, lt")
})

test('prints label selector objects as kubectl does', () => {
  expect(formatLabelSelector({ matchLabels: { b: '2', a: '1' } })).toBe('a=1,b=2')
  expect(formatLabelSelector({})).toBe('<none>')
  expect(formatLabelSelector({ matchExpressions: [{ key: 'a', operator: 'Near' }] })).toBe('<error>')
})
