import { describe, expect, test } from 'vitest'
import type { Command, Script } from './ast.ts'
import { parse } from './parser.ts'
import { SyntaxProblem } from './syntaxError.ts'

function problem(text: string): { readonly message: string; readonly incomplete: boolean } | undefined {
  try {
    parse(text)
    return undefined
  } catch (found) {
    if (!(found instanceof SyntaxProblem)) throw found
    return { message: found.message, incomplete: found.incomplete }
  }
}

function firstCommand(script: Script): Command | undefined {
  return script.items[0]?.first.stages[0]
}

describe('reading lines', () => {
  test('words keep their parts', () => {
    expect(firstCommand(parse('echo a"b $x"\'c\' ${y:-z}'))).toEqual({
      type: 'simple',
      assigns: [],
      redirects: [],
      words: [
        [{ lit: 'echo' }],
        [{ lit: 'a' }, { lit: 'b ', quoted: true }, { param: 'x', quoted: true }, { lit: 'c', quoted: true }],
        [{ param: 'y', op: ':-', word: [{ lit: 'z' }] }],
      ],
    })
  })

  test('redirects and assignments', () => {
    expect(firstCommand(parse('A=1 B+=2 cmd 2>&1 >>f <<<w'))).toMatchObject({
      assigns: [
        { name: 'A', value: [{ lit: '1' }] },
        { name: 'B', append: true, value: [{ lit: '2' }] },
      ],
      words: [[{ lit: 'cmd' }]],
      redirects: [
        { fd: 2, op: '>&', word: [{ lit: '1' }] },
        { fd: 1, op: '>>', word: [{ lit: 'f' }] },
        { fd: 0, op: '<<<', word: [{ lit: 'w' }] },
      ],
    })
  })

  test('a quoted heredoc is taken as it is, an unquoted one expands', () => {
    expect(firstCommand(parse("cat <<'E'\n$x\nE"))?.redirects[0]?.word).toEqual([{ lit: '$x\n', quoted: true }])
    expect(firstCommand(parse('cat <<E\n$x\nE'))?.redirects[0]?.word).toEqual([
      { lit: '', quoted: true },
      { param: 'x', quoted: true },
      { lit: '\n', quoted: true },
    ])
  })

  test('aliases are replaced where a command begins', () => {
    expect(firstCommand(parse('k get k', { aliases: { k: 'kubectl -n x' } }))).toMatchObject({
      words: [[{ lit: 'kubectl' }], [{ lit: '-n' }], [{ lit: 'x' }], [{ lit: 'get' }], [{ lit: 'k' }]],
    })
  })

  test.each([
    'if true',
    'for i in',
    'echo "a',
    "echo 'a",
    'a &&',
    'a |',
    'cat <<E',
    'f() {',
    '( a',
    'echo $(a',
    'case x in',
    'while a; do',
    'a \\',
  ])('needs more: %s', (text) => expect(problem(text)?.incomplete).toBe(true))

  test.each([
    ['fi', "syntax error near unexpected token `fi'"],
    ['a ;; b', "syntax error near unexpected token `;;'"],
    ['a | | b', "syntax error near unexpected token `|'"],
    [')', "syntax error near unexpected token `)'"],
    ['a &&\n&& b', "syntax error near unexpected token `&&'"],
    ['echo >', undefined],
  ])('refuses %s', (text, message) => {
    const found = problem(text)
    if (message === undefined) expect(found).toBeDefined()
    else expect(found).toEqual({ message, incomplete: false })
  })
})

test('finds commands inside of arithmetic', () => {
  expect(parse('echo "$(($(wc -l < list) - 1))"').items).toHaveLength(1)
})
