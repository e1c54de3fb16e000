import { expect, it } from 'vitest'
import { filledLines } from './filled.view.ts'

it('finds the lines that only the full text has, in maps, lists and lists that are shorter', () => {
  const text = `spec:
  replicas: 1
  containers:
  - name: web
    image: nginx
    terminationMessagePath: /dev/log
  - name: extra
    image: proxy
status:
  ready: 1
  conditions:
  - type: Ready
`
  const plain = `spec:
  containers:
  - name: web
    image: nginx
`
  expect(filledLines(text, plain)).toEqual([2, 6, 7, 8, 9, 10, 11, 12])
  expect(filledLines(text, text)).toEqual([])
})

it('reads JSON as well', () => {
  expect(filledLines('{\n  "a": 1,\n  "b": [\n    2\n  ]\n}\n', '{"a": 1}')).toEqual([3, 4, 5])
})
