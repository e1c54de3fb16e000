import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { GitSession } from './testing/gitSession.ts'

const folder = new URL('./transcripts/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.transcript'))

/** `$ line`, then what it prints. */
test.each(names)('%s', (name) => {
  const session = new GitSession()
  const expected = readFileSync(new URL(name, folder), 'utf8')
  const lines = [...expected.matchAll(/^\$ (.*)$/gm)].map((match) => match[1] as string)
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.map((line) => `$ ${line}\n${session.run(line)}`).join('')).toBe(expected)
})
