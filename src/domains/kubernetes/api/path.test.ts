import { expect, test } from 'vitest'
import { customCells, parseCustomColumns } from './customColumns.ts'
import { printJsonPath } from './path.ts'
import { sortBy } from './sortBy.ts'

const list = {
  kind: 'List',
  items: [
    { metadata: { name: 'a', annotations: { 'x.y/z': 'q' } }, status: { phase: 'Running', n: 3 } },
    { metadata: { name: 'b' }, status: { phase: 'Pending', n: 10 } },
  ],
}
const print = (template: string) => {
  const answer = printJsonPath(template, list)
  return 'text' in answer ? answer.text : answer.error
}

test.each([
  ['{.items[*].metadata.name}', 'a b'],
  ['{range .items[*]}{.metadata.name}={.status.phase}{"\\n"}{end}', 'a=Running\nb=Pending\n'],
  ['{.items[?(@.status.phase=="Pending")].metadata.name}', 'b'],
  ['{.items[?(@.status.n>3)].metadata.name}', 'b'],
  ["{.items[0].metadata.annotations['x\\.y/z']}", 'q'],
  ['{.items[0].metadata.annotations.x\\.y/z}', 'q'],
  ['{.items[-1:].metadata.name}', 'b'],
  ["{.items[*]['metadata.name','status.phase']}", 'a b Running Pending'],
  ['{..phase}', 'Running Pending'],
  ['n: {.items[0].status}', 'n: {"n":3,"phase":"Running"}'],
  ['{.nothing.here}', ''],
  ['{.items[7]}', 'array index out of bounds: index 7, length 2'],
  ['{.items[0}', 'error parsing jsonpath {.items[0}, unterminated array'],
  ['{.items', 'error parsing jsonpath {.items, unclosed action'],
])('%s prints %j', (template, text) => {
  expect(print(template)).toBe(text)
})

test('fills custom columns', () => {
  const parsed = parseCustomColumns('NAME:.metadata.name,NOTES:.metadata.annotations')
  if ('error' in parsed) throw new Error(parsed.error)
  expect(list.items.map((item) => customCells(parsed.columns, item))).toEqual([
    ['a', 'map[x.y/z:q]'],
    ['b', '<none>'],
  ])
  expect(parseCustomColumns('NAME')).toEqual({
    error: 'unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>',
  })
})

test('sorts numbers by value and says when no object has the field', () => {
  const names = (expression: string) => {
    const answer = sortBy(list.items, expression)
    return 'sorted' in answer ? answer.sorted.map((item) => item.metadata.name) : answer.error
  }
  expect(names('.status.n')).toEqual(['a', 'b'])
  expect(names('{.status.phase}')).toEqual(['b', 'a'])
  expect(names('.zzz')).toBe(`error: couldn't find any field with path "{.zzz}" in the list of objects`)
})
