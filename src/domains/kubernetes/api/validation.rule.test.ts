import { expect, test } from 'vitest'
import cases from './cases/k8s.validation.json'
import { validationRule } from './validation.rule.ts'
import { formatInvalid, validateObject } from './validation.ts'

test.each(cases)('$id names every wrong field in the words of the API server', ({ input, expect: wanted }) => {
  const verdict = validationRule.vector?.(input as never) as typeof wanted
  const messages = (list: readonly { message: string }[]) => list.map((error) => error.message).sort()
  expect(messages(verdict.errors)).toEqual(messages(wanted.errors))
  expect(verdict.valid).toBe(wanted.valid)
})

test('prints one error in a line and several as a list, as kubectl does', () => {
  const errors = validateObject({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'Prod', namespace: 'x' } })
  expect(errors).toHaveLength(2)
  expect(formatInvalid('Namespace', 'Prod', errors.slice(1))).toBe(
    'The Namespace "Prod" is invalid: metadata.namespace: Forbidden: not allowed on this type',
  )
  expect(formatInvalid('Namespace', 'Prod', errors)).toMatch(
    /^The Namespace "Prod" is invalid: \n\* metadata\.name: .*\n\* metadata\.namespace: /,
  )
})

test('judges the metadata of kinds without rules of their own', () => {
  const widget = {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name: 'a', namespace: 'default', labels: { 'a b': 'c' } },
  }
  expect(validateObject(widget).map((error) => error.field)).toEqual(['metadata.labels'])
})

test('holds a pod to its own resources', () => {
  const container = { name: 'c', image: 'x', resources: { requests: { cpu: '2' } } }
  const spec = { containers: [container], resources: { requests: { cpu: '1', disk: '1' } } }
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec }
  const verdict = validationRule.vector?.({ manifest: pod } as never) as { errors: { message: string }[] }
  expect(verdict.errors.map((error) => error.message)).toEqual([
    'spec.resources.requests[disk]: Invalid value: "disk": must be a standard resource type or fully qualified',
    'spec.resources.requests[cpu]: Invalid value: "1": must be greater than or equal to aggregate container requests of 2',
  ])
})
