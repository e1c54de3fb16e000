import { trimLeft } from './go.ts'
import { DockerfileProblem } from './problem.ts'

/** `# escape=` and its like at the head of a Dockerfile. */
export interface Directive {
  readonly name: string
  readonly value: string
  readonly line: number
}

const KNOWN = new Set(['syntax', 'escape', 'check'])
const FORM = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*(.+?)[\t\n\f\r ]*$/

/** Reads directives line by line, until a line is none. Models: buildkit parser.DirectiveParser. */
export class DirectiveReader {
  private line = 0
  private done = false
  private readonly seen = new Set<string>()
  private readonly mark: string

  constructor(mark = '#') {
    this.mark = mark
  }

  /** The directive that a line is; throws when it is one that was there already. */
  read(text: string): Directive | undefined {
    this.line++
    if (this.done) return undefined
    const match = text.startsWith(this.mark) ? FORM.exec(trimLeft(text.slice(this.mark.length))) : null
    const name = match?.[1]?.toLowerCase()
    if (!match || name === undefined || !KNOWN.has(name)) {
      this.done = true
      return undefined
    }
    if (this.seen.has(name)) throw new DockerfileProblem(`only one ${name} parser directive can be used`)
    this.seen.add(name)
    return { name, value: match[2] as string, line: this.line }
  }
}

/** The directive of a name at the head of a text; the first word of its value is what counts. */
export function directiveOf(name: string, text: string): Directive | undefined {
  const reader = new DirectiveReader()
  for (const line of withoutShebang(text).split('\n')) {
    try {
      const directive = reader.read(line.replace(/\r$/, ''))
      if (!directive) return undefined
      if (directive.name === name) return { ...directive, value: directive.value.split(' ')[0] as string }
    } catch {
      return undefined
    }
  }
  return undefined
}

function withoutShebang(text: string): string {
  const plain = text.replace(/^\ufeff/, '')
  return plain.startsWith('#!') ? plain.slice(plain.indexOf('\n') + 1 || plain.length) : plain
}
