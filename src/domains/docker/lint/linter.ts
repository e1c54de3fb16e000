import { DirectiveReader } from '../dockerfile/directives.ts'
import { quoted } from '../dockerfile/go.ts'
import { DockerfileProblem, type Lines } from '../dockerfile/problem.ts'
import { CHECKS, type Check, type CheckName } from './checks.ts'

/** What a build check found. */
export interface Warning {
  readonly check: CheckName
  readonly message: string
  readonly lines: Lines
}

/** Which checks are made: of `# check=skip=...;error=true` or of the client. */
export interface CheckOptions {
  readonly skip: 'all' | readonly string[]
  readonly experimental: 'all' | readonly string[]
  /** Whether a warning fails the build. */
  readonly error: boolean
}

export const EVERY_CHECK: CheckOptions = { skip: [], experimental: [], error: false }

/** Collects what checks find. Copies made by `for` share the same list. Models: buildkit frontend/dockerfile/linter/linter.go */
export class Linter {
  readonly options: CheckOptions
  readonly warnings: Warning[]

  constructor(options: CheckOptions, warnings: Warning[] = []) {
    this.options = options
    this.warnings = warnings
  }

  /** Notes a finding, unless the check is skipped or only made when asked for. */
  warn(check: CheckName, lines: Lines, ...words: readonly string[]): void {
    const rule: Check = CHECKS[check]
    const { skip, experimental } = this.options
    if (rule.experimental) {
      if (experimental !== 'all' && !experimental.includes(check)) return
    } else if (skip === 'all' || skip.includes(check)) return
    const message = rule.says(...words)
    if (this.warnings.some((one) => one.check === check && one.message === message && one.lines.start === lines.start))
      return
    this.warnings.push({ check, message, lines })
  }

  /** The linter for one instruction: comments above it (`# check=skip=...`) count for it alone. */
  for(comments: readonly string[]): Linter {
    for (const comment of comments) {
      const directive = new DirectiveReader('').read(comment)
      if (directive?.name !== 'check') continue
      try {
        const { skip, experimental } = readCheckOptions(directive.value.split(' ')[0] as string)
        return new Linter(
          {
            skip: joined(this.options.skip, skip),
            experimental: joined(this.options.experimental, experimental),
            error: this.options.error,
          },
          this.warnings,
        )
      } catch (problem) {
        if (!(problem instanceof DockerfileProblem)) throw problem
        return this
      }
    }
    return this
  }

  /** Throws where warnings are to be errors. */
  finish(): void {
    if (!this.options.error || this.warnings.length === 0) return
    const names = [...new Set(this.warnings.map(({ check }) => check))]
    throw new DockerfileProblem(`lint violation found for rules: ${names.join(', ')}`)
  }
}

function joined(a: 'all' | readonly string[], b: 'all' | readonly string[]): 'all' | readonly string[] {
  return a === 'all' || b === 'all' ? 'all' : [...a, ...b]
}

/** Reads `skip=A,B;error=true;experimental=all`; throws in BuildKit's words. */
export function readCheckOptions(text: string): CheckOptions {
  const options: { -readonly [K in keyof CheckOptions]: CheckOptions[K] } = { ...EVERY_CHECK }
  if (text.trim() === '') return options
  const [first = '', second, ...rest] = text.trim().split(';')
  const parts = [first, ...(second === undefined ? [] : [second]), ...(rest.length > 0 ? [rest.join(';')] : [])]
  for (const part of parts) {
    const cut = part.indexOf('=')
    if (cut < 0) throw new DockerfileProblem(`failed to parse check options: invalid check option ${quoted(part)}`)
    const key = part.slice(0, cut).trim()
    const value = part.slice(cut + 1).trim()
    if (key === 'skip' || key === 'experimental')
      options[key] = value === 'all' ? 'all' : value.split(',').map((one) => one.trim())
    else if (key === 'error') {
      if (!/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value))
        throw new DockerfileProblem(
          `failed to parse check options: failed to parse check option ${quoted(part)}: strconv.ParseBool: parsing ${quoted(value)}: invalid syntax`,
        )
      options.error = /^[1tT]/.test(value)
    } else throw new DockerfileProblem(`failed to parse check options: invalid check option ${quoted(key)}`)
  }
  return options
}
