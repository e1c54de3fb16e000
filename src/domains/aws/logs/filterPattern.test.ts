import { expect, it } from 'vitest'
import { readPattern } from './filterPattern.ts'

it.each([
  ['ERROR -boom', 'ERROR: boom', false],
  ['?ERROR ?WARN', 'WARN x', true],
  ['"two words"', 'has two words in it', true],
  ['{ $.status = 5* && $.ms > 100 }', '{"status":503,"ms":250}', true],
  ['{ $.user.name = "ann" }', '{"user":{"name":"bob"}}', false],
  ['[ip, user, code=4*]', '10.0.0.1 ann 404', true],
  ['', 'anything', true],
])('pattern %s on %s', (pattern, message, matches) => {
  expect(readPattern(pattern)?.matches(message)).toBe(matches)
})
