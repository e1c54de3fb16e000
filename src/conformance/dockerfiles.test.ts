import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runDockerfiles } from './dockerfiles.ts'

it('compares trees, refusals and checks, and tells what cannot be built', () => {
  const { counts, failures, groups, remarks } = runDockerfiles([join(import.meta.dirname, 'cases/dockerfiles')])
  expect(Object.fromEntries(groups)).toEqual({
    'parser trees': { passed: 1, all: 1 },
    'parser refusals': { passed: 1, all: 1 },
    'build checks': { passed: 2, all: 2 },
    'image graphs': { passed: 2, all: 3 },
  })
  expect(failures).toEqual([
    {
      id: expect.stringContaining('own__shop/odd/Dockerfile'),
      why: 'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround',
    },
  ])
  expect(remarks).toEqual(['1 refused as bad: dockerfile parse error on line 2: unknown instruction: BOGUS'])
  expect(counts).toEqual({ passed: 6, failed: 1, skipped: 0 })
})
