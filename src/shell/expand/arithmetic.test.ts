import { expect, test } from 'vitest'
import { arithmetic } from './arithmetic.ts'
import { ExpansionProblem } from './problem.ts'

function evaluate(text: string, vars: { [name: string]: string } = {}): number {
  return arithmetic(text, { get: (name) => vars[name], set: (name, value) => Object.assign(vars, { [name]: value }) })
}

test.each([
  ['1 + 2 * 3', 7],
  ['(1 + 2) * 3', 9],
  ['2 ** 3 ** 2', 512],
  ['-7 / 2', -3],
  ['-7 % 3', -1],
  ['1 < 2 ? 10 : 20', 10],
  ['0 && (x = 1)', 0],
  ['x = 5, x++ + ++x', 12],
  ['0x1f + 010', 39],
  ['a + b', 5],
  ['!0 + ~0', 0],
  ['', 0],
])('%s is %i', (text, value) => expect(evaluate(text, { a: '2', b: 'c', c: '3' })).toBe(value))

test('dividing by zero is refused in bash words', () => {
  expect(() => evaluate('1 / 0')).toThrow(new ExpansionProblem('1 / 0: division by 0 (error token is "0")'))
})
