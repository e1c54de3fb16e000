import { expect, it } from 'vitest'
import { lintManifest } from './lintManifest.ts'

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: Web
spec:
  containers:
  - name: web
    image: nginx
    ports:
    - containerPort: 99999
`

it('finds what the API server would refuse, at its place', () => {
  const problems = lintManifest('web.yaml', POD)
  expect(problems.map(({ line, column }) => [line, column])).toEqual([
    [4, 3],
    [10, 7],
  ])
  expect(problems[1]?.message).toContain('must be between 1 and 65535')
})

it('finds malformed YAML and unknown fields with line and column', () => {
  expect(lintManifest('web.yaml', 'apiVersion: v1\nkind: Pod\n  metadata: {}\n')[0]?.line).toBe(3)
  expect(
    lintManifest('web.yaml', POD.replace('image:', 'imag:')).some(({ message }) => message.includes('unknown field')),
  ).toBe(true)
})

it('says nothing of other files and of good ones', () => {
  expect(lintManifest('notes.txt', 'kind: of')).toEqual([])
  expect(lintManifest('web.yaml', POD.replace('Web', 'web').replace('99999', '80'))).toEqual([])
})
