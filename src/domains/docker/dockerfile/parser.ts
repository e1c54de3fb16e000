import { DirectiveReader } from './directives.ts'
import { isSpace, trimLeft, trimSpace } from './go.ts'
import { heredocsOf } from './heredoc.ts'
import { lineParsers } from './lineParsers.ts'
import { type DockerfileNode, type Heredoc, newNode } from './node.ts'
import { DockerfileProblem, type Lines } from './problem.ts'
import { splitCommand } from './splitCommand.ts'

/** A Dockerfile's syntax tree: `root.children` are its instructions in order. */
export interface Parsed {
  readonly root: DockerfileNode
  readonly escape: string
  /** Lines after continued instructions with empty lines in them. */
  readonly emptyContinuations: readonly { readonly line: number; readonly text: string }[]
}

/** Reads a Dockerfile; throws `DockerfileProblem` in BuildKit's words. Models: buildkit frontend/dockerfile/parser/parser.go */
export function parseDockerfile(text: string): Parsed {
  const reader = new Reader(text)
  return reader.parse()
}

/** Longest line in bytes. */
const LONGEST = 65_535

class Reader {
  private readonly rows: readonly string[]
  private readonly tooLong: boolean
  private readonly directives = new DirectiveReader()
  private readonly empty: { line: number; text: string }[] = []
  private escape = '\\'
  /** How many rows were taken: the number of the last one. */
  private line = 0

  constructor(text: string) {
    const rows = text === '' ? [] : (text.match(/[^\n]*\n|[^\n]+$/g) ?? [])
    const long = rows.findIndex((row) => row.length > LONGEST)
    this.rows = long < 0 ? rows : rows.slice(0, long)
    this.tooLong = long >= 0
  }

  parse(): Parsed {
    const root = newNode('')
    root.startLine = -1
    let comments: string[] = []
    let apart = false
    while (this.line < this.rows.length) {
      let row = this.rows[this.line] as string
      if (this.line === 0) row = row.replace(/^\ufeff/, '')
      if (isComment(row)) {
        const comment = trimSpace(row.slice(1))
        comments = comment === '' ? [] : [...comments, comment]
        apart = false
      }
      const { text, directive } = this.plain(row, true)
      if (directive) comments = comments.slice(0, -1)
      this.line++
      const start = this.line
      const first = this.continued(text)
      if (first.end && first.text === '') {
        if (!isComment(row)) apart = true
        continue
      }
      const line = this.joined(first)
      const child = this.within({ start, end: this.line }, () => this.instruction(line, comments))
      const heredocs = canHaveHeredoc(child) && line.includes('<<')
      if (heredocs) child.heredocs = this.heredocs(line, start)
      child.startLine = start
      child.apart = apart
      child.endLine = this.line
      if (root.startLine < 0) root.startLine = start
      root.endLine = this.line
      root.children.push(child)
      comments = []
      apart = false
    }
    if (root.startLine < 0) throw new DockerfileProblem('file with no instructions', this.here())
    if (this.tooLong)
      throw new DockerfileProblem(`dockerfile line greater than max allowed size of ${LONGEST}`, this.here())
    return { root, escape: this.escape, emptyContinuations: this.empty }
  }

  private here(): Lines {
    return { start: this.line, end: this.line }
  }

  /** A row without its end and, when it is a comment, without anything. */
  private plain(row: string, strip: boolean): { readonly text: string; readonly directive: boolean } {
    let text = row.replace(/[\r\n]+$/, '')
    if (strip) text = trimLeft(text)
    const directive = this.within(this.here(), () => this.directives.read(text))
    if (directive?.name === 'escape') this.setEscape(directive.value)
    return { text: isComment(text) ? '' : text, directive: directive !== undefined }
  }

  private setEscape(value: string): void {
    if (value !== '`' && value !== '\\')
      throw new DockerfileProblem(`invalid escape token '${value}' does not match \` or \\`, this.here())
    this.escape = value
  }

  private continued(text: string): { readonly text: string; readonly end: boolean } {
    const token = this.escape === '\\' ? '\\\\' : '`'
    const match = new RegExp(`([^${token}])${token}[ \\t]*$|^${token}[ \\t]*$`, 'u').exec(text)
    return match ? { text: text.slice(0, match.index) + (match[1] ?? ''), end: false } : { text, end: true }
  }

  private joined(first: { readonly text: string; readonly end: boolean }): string {
    let { text: line, end } = first
    let empty = false
    while (!end && this.line < this.rows.length) {
      const row = this.rows[this.line] as string
      const { text } = this.plain(row, false)
      this.line++
      if (isComment(row)) continue
      if (trimLeft(text) === '') {
        empty = true
        continue
      }
      const more = this.continued(text)
      line += more.text
      end = more.end
    }
    if (empty) this.empty.push({ line: this.line, text: line })
    return line
  }

  private instruction(line: string, comments: readonly string[]): DockerfileNode {
    const { name, flags, rest } = splitCommand(line, this.escape)
    const parser = lineParsers[name.toLowerCase()]
    const node = newNode(name)
    const args = Object.hasOwn(lineParsers, name.toLowerCase())
      ? parser?.(rest, this.escape, (inner) => this.instruction(inner, []))
      : undefined
    node.next = args?.next
    node.json = args?.json ?? false
    node.original = line
    node.flags = flags
    node.comments = comments
    return node
  }

  private heredocs(line: string, start: number): Heredoc[] {
    const announced = this.within({ start, end: this.line }, () => heredocsOf(line))
    return announced.map((heredoc) => {
      let content = ''
      for (;;) {
        const row = this.rows[this.line]
        if (row === undefined) throw new DockerfileProblem('unterminated heredoc', { start, end: this.line })
        this.line++
        const bare = row.replace(/[\r\n]+$/, '')
        if ((heredoc.chomp ? bare.replace(/^\t+/, '') : bare) === heredoc.name) return { ...heredoc, content }
        content += row
      }
    })
  }

  private within<T>(lines: Lines, act: () => T): T {
    try {
      return act()
    } catch (problem) {
      throw problem instanceof DockerfileProblem ? problem.at(lines) : problem
    }
  }
}

const HEREDOCS = new Set(['add', 'copy', 'run'])

function canHaveHeredoc(node: DockerfileNode): boolean {
  const inner = node.value.toLowerCase() === 'onbuild' ? (node.next?.children[0] ?? node) : node
  return HEREDOCS.has(inner.value.toLowerCase()) && !inner.json
}

function isComment(row: string): boolean {
  for (const letter of row) if (!isSpace(letter)) return letter === '#'
  return false
}
