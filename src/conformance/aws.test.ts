import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import '../host/composition.ts'
import { runAws } from './awsFiles.ts'
import { differenceOfAws, looseJson } from './awsOutputs.ts'
import { expectedRefusal } from './awsRefusal.ts'
import { runTranscripts } from './transcripts.ts'

const OWN = join(import.meta.dirname, 'cases')

describe('pages of the AWS CLI', () => {
  it('are played with what they take for granted made first, and fail where another type is documented', () => {
    const { counts, failures } = runTranscripts([join(OWN, 'transcripts/aws-own')])
    expect(failures.map(({ why }) => why)).toEqual(['logGroups: expected a string, got object'])
    expect(counts).toEqual({ passed: 4, failed: 1, skipped: 0 })
  })

  it('are played as they stand when bare', () => {
    expect(runTranscripts([join(OWN, 'transcripts/aws-own')], { bare: true }).counts.passed).toBe(1)
  })
})

describe('documented outputs', () => {
  it('are read although a comma or a quote is missing, or something is left out', () => {
    expect(looseJson('{\n "a": "x"\n "b": [\n  "one"\n  ... more ...\n  "two\n ]\n}')).toEqual({
      a: 'x',
      b: ['one', 'two'],
    })
  })

  it('agree in keys, types and error codes', () => {
    expect(differenceOfAws('{"a": [{"b": 1}]}', '{"a": [{"b": 2, "c": 3}]}')).toBeUndefined()
    expect(differenceOfAws('{"a": [{"b": 1}]}', '{"a": [{"b": "2"}]}')).toContain('a[].b: expected a number')
    expect(differenceOfAws('{"a": 1}', '{}')).toContain('a: not there')
    expect(differenceOfAws('{"t": 1700000000.1}', '{"t": "2026-01-01T00:00:00+00:00"}')).toBeUndefined()
    expect(differenceOfAws('An error occurred (A) when calling', 'An error occurred (B) when calling')).toContain(
      'expected A, got B',
    )
  })
})

describe('real AWS files', () => {
  it('are checked by category, and bad ones must be refused', () => {
    const { counts, failures, groups } = runAws([join(OWN, 'aws')])
    expect(failures).toEqual([])
    expect(counts).toEqual({ passed: 4, failed: 0, skipped: 0 })
    expect(groups.get('iam-policy')).toEqual({ passed: 2, all: 2 })
  })

  it('may be refused only where they themselves give cause for it', () => {
    const problem =
      "Invalid setting for container 'a'. At least one of 'memory' or 'memoryReservation' must be specified."
    const definition = (more: object) => JSON.stringify({ family: 'f', containerDefinitions: [{ name: 'a', ...more }] })
    expect(expectedRefusal('ecs-taskdef', problem, definition({}), '')).toBe('no memory at all')
    expect(expectedRefusal('ecs-taskdef', problem, definition({ memory: 128 }), '')).toBeUndefined()
    expect(expectedRefusal('buildspec', 'Unknown key run-as in phase install', 'run-as: root', '')).toBeUndefined()
  })
})
