import { expect, test } from 'vitest'
import cases from './cases/k8s.quantity.json'
import { quantityRule } from './quantity.rule.ts'
import { canonical, compareQuantity, formatQuantity, parseQuantity } from './quantity.ts'

test.each(cases)('$id answers like Kubernetes', ({ input, expect: wanted }) => {
  expect(quantityRule.vector?.(input as never)).toMatchObject(wanted)
})

test.each([
  ['1e3', '1e3', 1000],
  ['+5', '+5', 5],
  ['-1.5Gi', '-1536Mi', -1610612736],
  ['0.1Ki', '102400m', 103],
  ['.5', '500m', 1],
  ['8Ei', '9223372036854775807', 2 ** 63],
  ['2500M', '2500M', 2500000000],
  ['1000k', '1M', 1000000],
])('reads %s as %s', (text, canonicalText, integer) => {
  const quantity = parseQuantity(text)
  expect(quantity && canonical(quantity)).toBe(canonicalText)
  expect(quantity?.integer).toBe(integer)
})

test('takes JSON numbers, formats sums and compares far exponents', () => {
  expect(parseQuantity(0.5)?.milli).toBe(500)
  expect(formatQuantity(1536 * 1024 * 1024, 'BinarySI')).toBe('1536Mi')
  expect(formatQuantity(1500, 'DecimalSI', -3)).toBe('1500m')
  const huge = parseQuantity('1e100000')
  const tiny = parseQuantity('1n')
  expect(huge && tiny && compareQuantity(huge, tiny)).toBe(1)
  expect(parseQuantity('ten')).toBeUndefined()
})
