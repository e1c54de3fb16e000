import { describe, expect, it } from 'vitest'
import { expand } from './lexer.ts'
import { dump } from './node.ts'
import { parseDockerfile } from './parser.ts'
import { ignorePatterns, PatternMatcher } from './patternMatcher.ts'
import { readDockerfile } from './stages.ts'

const tree = (text: string): string => dump(parseDockerfile(text).root)
const problem = (text: string): string => {
  try {
    readDockerfile(text)
    return 'accepted'
  } catch (error) {
    return (error as Error).message
  }
}

describe('the syntax tree', () => {
  it("is dumped as BuildKit's", () => {
    expect(tree('FROM a AS b\nRUN ["x", "y z"]\nENV A=1 B="2 3"\nENV C d e\n')).toBe(
      '(from "a" "AS" "b")\n(run "x" "y z")\n(env "A" "1" "=" "B" "\\"2 3\\"" "=")\n(env "C" "d e" "")',
    )
    expect(tree('COPY --from=a --chown=1:2 x y /z/')).toBe('(copy ["--from=a" "--chown=1:2"] "x" "y" "/z/")')
    expect(tree('ONBUILD RUN echo "hi"')).toBe('(onbuild (run "echo \\"hi\\""))')
    expect(tree('HEALTHCHECK --interval=5s CMD ["a"]')).toBe('(healthcheck ["--interval=5s"] "CMD" "a")')
  })
  it('joins continued lines, over comments and with another escape', () => {
    expect(tree('RUN a \\\n# no\n  b \\\n c')).toBe('(run "a   b  c")')
    expect(tree('# escape=`\nRUN dir C:\\ `\n  x')).toBe('(run "dir C:\\\\   x")')
    expect(parseDockerfile('RUN a \\\n\n b').emptyContinuations).toEqual([{ line: 3, text: 'RUN a  b' }])
  })
  it('takes documents in', () => {
    const [run, copy] = parseDockerfile('RUN <<A 3<<-"B"\none\nA\n\ttwo $X\n\tB\nCOPY <<C /c\n3\nC\n').root.children
    expect(run?.heredocs).toEqual([
      { name: 'A', fd: 0, chomp: false, expand: true, content: 'one\n' },
      { name: 'B', fd: 3, chomp: true, expand: false, content: '\ttwo $X\n' },
    ])
    expect([copy?.startLine, copy?.endLine]).toEqual([6, 8])
  })
  it('reads arrays that are none as text, and refuses arrays of other things', () => {
    expect(tree("CMD ['a']")).toBe('(cmd "[\'a\']")')
    expect(problem('CMD [1]')).toBe('when using JSON array syntax, arrays must be comprised of strings only')
  })
})

describe('refusals', () => {
  it.each([
    ['', 'the Dockerfile cannot be empty'],
    ['# only a comment\n', 'file with no instructions'],
    ['FROM a\nRUNN x', 'dockerfile parse error on line 2: unknown instruction: RUNN (did you mean RUN?)'],
    ['FROM a\nFOOBAR x', 'dockerfile parse error on line 2: unknown instruction: FOOBAR'],
    ['FROM a b', 'dockerfile parse error on line 1: FROM requires either one or three arguments'],
    [
      'FROM a AS 1b',
      'dockerfile parse error on line 1: invalid name for build stage: "1b", name can\'t start with a number or contain symbols',
    ],
    ['FROM a\nENV X', 'ENV must have two arguments'],
    ['FROM a\nENV X=1 Y', 'Syntax error - can\'t find = in "Y". Must be of the form: name=value'],
    [
      'FROM a\nCOPY x',
      'dockerfile parse error on line 2: COPY requires at least two arguments, but only one was provided. Destination could not be determined',
    ],
    ['FROM a\nCOPY --form=b x y', 'dockerfile parse error on line 2: unknown flag: --form (did you mean from?)'],
    ['FROM a\nADD --checksum x y', 'dockerfile parse error on line 2: missing a value on flag: --checksum'],
    ['FROM a\nRUN --network=x y', 'dockerfile parse error on line 2: invalid network mode "x"'],
    [
      'FROM a\nRUN --mount=from=$x,target=/y z',
      "dockerfile parse error on line 2: 'from' doesn't support variable expansion, define alias stage instead",
    ],
    ['FROM a\nHEALTHCHECK --interval=5 CMD x', 'dockerfile parse error on line 2: time: missing unit in duration "5"'],
    ['FROM a\nHEALTHCHECK FOO', 'dockerfile parse error on line 2: Unknown type "FOO" in HEALTHCHECK (try CMD)'],
    ['FROM a\nONBUILD FROM b', "dockerfile parse error on line 2: FROM isn't allowed as an ONBUILD trigger"],
    ['FROM a\nSHELL sh -c', 'dockerfile parse error on line 2: SHELL requires the arguments to be in JSON form'],
    ['RUN x', 'no build stage in current context'],
    ['FROM a\nRUN <<EOF\nx', 'unterminated heredoc'],
    ['# escape=x\nFROM a', "invalid escape token 'x' does not match ` or \\"],
    ['# syntax=a\n# syntax=b\nFROM a', 'only one syntax parser directive can be used'],
  ])('%j', (text, message) => expect(problem(text)).toBe(message))
})

describe('variables', () => {
  const variables = new Map([
    ['A', 'foo.tar.gz'],
    ['E', ''],
  ])
  it.each([
    ['$A ${A}', 'foo.tar.gz foo.tar.gz'],
    ['${X:-no}${E-no}${E:-yes}', 'noyes'],
    ['${A:+set}${X+set}${E:+set}', 'set'],
    ['${A#*.} ${A##*.} ${A%.*} ${A%%.*}', 'tar.gz gz foo.tar foo'],
    ['${A/./_} ${A//./_}', 'foo_tar.gz foo_tar_gz'],
    ['\'$A\' "$A" \\$A', '$A foo.tar.gz $A'],
    ['$1x', 'x'],
  ])('%s', (word, text) => expect(expand(word, variables, { escape: '\\' }).text).toBe(text))
  it('says what is wrong', () => {
    expect(() => expand('${X:?needed}', variables, { escape: '\\' })).toThrow(
      'failed to process "${X:?needed}": X: needed',
    )
    expect(() => expand('${A', variables, { escape: '\\' })).toThrow('unsupported modifier')
    expect(() => expand('"x', variables, { escape: '\\' })).toThrow('looking for matching double-quote')
    expect(expand('$Q $A', variables, { escape: '\\' }).unmatched).toEqual(new Set(['Q']))
  })
})

describe('.dockerignore', () => {
  const matches = (patterns: string, path: string): boolean =>
    new PatternMatcher(ignorePatterns(patterns)).matches(path)
  it.each([
    ['node_modules', 'node_modules/a/b.js', true],
    ['*.md\n!README.md', 'README.md', false],
    ['*.md\n!README.md', 'docs.md', true],
    ['*/temp*', 'a/temporary.txt', true],
    ['*/temp*', 'a/b/temporary.txt', false],
    ['**/*.log', 'a/b/c.log', true],
    ['**', 'x', true],
    ['/x/../y', 'y', true],
    ['# no\n\na?', 'ab', true],
    ['**/secrets/**', 'a/secrets/key', true],
    ['docs\n!docs/keep', 'docs/keep/a', false],
  ])('%j %s', (patterns, path, left) => expect(matches(patterns, path)).toBe(left))
})
