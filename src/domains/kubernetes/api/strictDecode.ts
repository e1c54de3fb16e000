import { isObject } from './loose.ts'
import { type FieldType, fieldsOf, goStructName, goTypeName } from './schema.ts'

/** What decoding one object against its Go type found. `fatal` stops the request whatever the validation level. */
export interface DecodeFindings {
  /** `unknown field "spec.replica"`, in the order of the sorted JSON. */
  readonly strict: readonly string[]
  /** The first type error in Go's words, for instance `json: cannot unmarshal string into Go struct field ...`. */
  readonly fatal: string | undefined
  /** Path of each finding, for an editor: the fatal one first. */
  readonly paths: readonly (readonly (string | number)[])[]
}

/**
 * Decodes `value` as Go type `type` the way `sigs.k8s.io/json` does: unknown fields are collected, the first wrong type is fatal,
 * null is the zero value. Models: apimachinery/pkg/runtime/serializer/json and sigs.k8s.io/json.
 */
export function strictDecode(value: unknown, type: string): DecodeFindings {
  const walk = new Walk()
  walk.struct(value, type, [], [])
  return {
    strict: walk.strict,
    fatal: walk.fatal,
    paths: walk.fatalPath ? [walk.fatalPath, ...walk.paths] : walk.paths,
  }
}

/** The regular expression error of a malformed quantity. */
export const quantityError =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"

type Path = readonly (string | number)[]

class Walk {
  readonly strict: string[] = []
  readonly paths: Path[] = []
  fatal: string | undefined
  fatalPath: Path | undefined

  /** `names` is the stack of struct fields (Go's field path, without indexes and map keys); `path` the full path. */
  struct(value: unknown, type: string, path: Path, names: readonly string[]): void {
    const fields = fieldsOf(type)
    if (value === null || value === undefined || !fields) return
    if (!isObject(value)) {
      this.fail(value, goTypeName(type), '', names, path)
      return
    }
    if (fields.size === 0) return
    for (const key of Object.keys(value).sort()) {
      const field = fields.get(key)
      const at = [...path, key]
      if (field === undefined) {
        this.strict.push(`unknown field "${showPath(at)}"`)
        this.paths.push(at)
        continue
      }
      this.value(value[key], field, type, [...names, key], at, key)
    }
  }

  private value(
    value: unknown,
    type: FieldType,
    owner: string,
    names: readonly string[],
    path: Path,
    field: string,
  ): void {
    if (value === null || value === undefined) return
    if (type.startsWith('[]')) {
      if (!Array.isArray(value)) {
        this.fail(value, goTypeName(type, owner, field), owner, names, path)
        return
      }
      value.forEach((item, index) => {
        this.value(item, type.slice(2), owner, names, [...path, index], field)
      })
      return
    }
    if (type.startsWith('{}')) {
      if (!isObject(value)) {
        this.fail(value, goTypeName(type, owner, field), owner, names, path)
        return
      }
      for (const key of Object.keys(value).sort()) {
        this.value(value[key], type.slice(2), owner, names, [...path, key], field)
      }
      return
    }
    const scalar = scalars[type]
    if (scalar) {
      const problem = scalar(value, goTypeName(type, owner, field))
      if (problem === undefined) return
      if (problem.startsWith('=')) this.stop(problem.slice(1), path)
      else this.fail(value, problem, owner, names, path)
      return
    }
    if (type === '*') return
    if (!isObject(value)) {
      this.fail(value, goTypeName(type), owner, names, path)
      return
    }
    this.struct(value, type, path, names)
  }

  private fail(value: unknown, goType: string, owner: string, names: readonly string[], path: Path): void {
    const where = names.length === 0 ? 'Go value' : `Go struct field ${goStructName(owner)}.${names.join('.')}`
    this.stop(`json: cannot unmarshal ${jsonWord(value, goType)} into ${where} of type ${goType}`, path)
  }

  private stop(message: string, path: Path): void {
    if (this.fatal !== undefined) return
    this.fatal = message
    this.fatalPath = path
  }
}

/** Returns undefined when fine, the Go type that was wanted, or `=message` for an error of the type's own. */
type ScalarCheck = (value: unknown, goType: string) => string | undefined

const scalars: Readonly<Record<string, ScalarCheck>> = {
  s: (value, goType) => (typeof value === 'string' ? undefined : goType),
  b: (value, goType) => (typeof value === 'boolean' ? undefined : goType),
  i: (value, goType) => (isInteger(value, -(2 ** 31), 2 ** 31 - 1) ? undefined : goType),
  l: (value, goType) => (isInteger(value, -(2 ** 63), 2 ** 63) ? undefined : goType),
  d: (value, goType) => (typeof value === 'number' ? undefined : goType),
  t: (value) => timeProblem(value),
  m: (value) => timeProblem(value),
  I: (value) => {
    if (typeof value === 'string' || isInteger(value, -(2 ** 31), 2 ** 31 - 1)) return undefined
    return `=json: cannot unmarshal ${jsonWord(value, 'int32')} into Go value of type int32`
  },
  q: (value) => {
    const text = typeof value === 'number' ? String(value) : value
    if (typeof text === 'string' && /^[+-]?(\d+(\.\d*)?|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.test(text))
      return undefined
    return `=${quantityError}`
  },
  y: (value, goType) => {
    if (typeof value !== 'string') return goType
    const at = badBase64(value)
    return at === undefined ? undefined : `=illegal base64 data at input byte ${at}`
  },
}

function isInteger(value: unknown, low: number, high: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
}

function jsonWord(value: unknown, goType: string): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return /^int/.test(goType) ? `number ${String(value)}` : 'number'
  return typeof value === 'object' ? 'object' : typeof value
}

function timeProblem(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value : undefined
  if (text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined
  if (text === undefined) return `=json: cannot unmarshal ${jsonWord(value, 'string')} into Go value of type string`
  const layout = '2006-01-02T15:04:05Z07:00'
  const wanted: readonly [RegExp, string][] = [
    [/^\d{4}/, '2006'],
    [/^-/, '-'],
    [/^\d\d/, '01'],
    [/^-/, '-'],
    [/^\d\d/, '02'],
    [/^T/, 'T'],
    [/^\d\d/, '15'],
    [/^:/, ':'],
    [/^\d\d/, '04'],
    [/^:/, ':'],
    [/^\d\d(\.\d+)?/, '05'],
  ]
  let rest = text
  for (const [pattern, part] of wanted) {
    const hit = pattern.exec(rest)
    if (!hit)
      return `=parsing time ${JSON.stringify(text)} as "${layout}": cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(part)}`
    rest = rest.slice(hit[0].length)
  }
  return `=parsing time ${JSON.stringify(text)} as "${layout}": cannot parse ${JSON.stringify(rest)} as "Z07:00"`
}

/** Byte at which Go's base64 decoder would stop, or undefined when the text is sound. */
function badBase64(text: string): number | undefined {
  const bare = text.replace(/[\r\n]/g, '')
  const wrong = bare.search(/[^A-Za-z0-9+/=]/)
  if (wrong >= 0) return wrong
  const pad = bare.indexOf('=')
  if (pad >= 0 && !/^={1,2}$/.test(bare.slice(pad))) return pad
  return bare.length % 4 === 0 ? undefined : pad >= 0 ? pad : bare.length - (bare.length % 4)
}

/** `spec.containers[0].ports[0].containerport`: how strict decoding writes a path. */
export function showPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? step : `${text}.${step}`
  }, '')
}
