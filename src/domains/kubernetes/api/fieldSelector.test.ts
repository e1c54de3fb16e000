import { expect, test } from 'vitest'
import { matchesFields, parseFieldSelector } from './fieldSelector.ts'

const pod = { 'metadata.name': 'web', 'status.phase': 'Running', 'spec.nodeName': '' }

test.each([
  ['metadata.name=web', true],
  ['metadata.name==web,status.phase!=Failed', true],
  ['spec.nodeName=', true],
  ['spec.nodeName!=', false],
  ['metadata.name=other', false],
  ['spec.unknown=x', false],
  ['', true],
])('%s selects the pod: %s', (text, selected) => {
  const answer = parseFieldSelector(text)
  expect(answer.ok && matchesFields(answer.selector, pod)).toBe(selected)
})

test.each([
  ['status.phase', "invalid selector: 'status.phase'; can't understand 'status.phase'"],
  ['a=b\\x', 'invalid field selector: invalid escape sequence: \\x'],
  ['a=b=c', 'invalid field selector: unescaped character in value: 61'],
])('%s is refused', (text, error) => {
  expect(parseFieldSelector(text)).toEqual({ ok: false, error })
})

test('unescapes what a backslash protects', () => {
  const answer = parseFieldSelector('a=b\\,c\\=d')
  expect(answer.ok && answer.selector.terms).toEqual([{ field: 'a', equal: true, value: 'b,c=d' }])
})
