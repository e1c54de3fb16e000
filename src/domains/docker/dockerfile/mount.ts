import { quoted } from './go.ts'
import { DockerfileProblem } from './problem.ts'
import { withSuggestion } from './suggestion.ts'

const TYPES = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'] as const
const SHARING = ['shared', 'private', 'locked'] as const
const KEYS =
  'type from source target readonly id sharing required size mode uid gid src dst destination ro rw readwrite env'.split(
    ' ',
  )

/** `RUN --mount=...`. */
export interface Mount {
  readonly type: (typeof TYPES)[number]
  readonly from: string
  readonly source: string
  readonly target: string
  readonly readonly: boolean
  readonly id: string
  readonly sharing?: (typeof SHARING)[number] | undefined
  readonly required: boolean
  /** Name of the variable that a secret comes in; empty for the default one. */
  readonly env?: string | undefined
  readonly size?: number | undefined
  readonly mode?: number | undefined
  readonly uid?: number | undefined
  readonly gid?: number | undefined
}

/**
 * Reads one `--mount`. Without `expander` only what must not have variables is looked at, as when a Dockerfile is first read.
 * Models: buildkit instructions/commands_runmount.go
 */
export function readMount(text: string, expander?: (word: string) => string): Mount {
  const mount: { -readonly [K in keyof Mount]: Mount[K] } = {
    type: 'bind',
    from: '',
    source: '',
    target: '',
    readonly: false,
    id: '',
    required: false,
  }
  let automatic = true
  for (const field of csvFields(text)) {
    const cut = field.indexOf('=')
    const key = (cut < 0 ? field : field.slice(0, cut)).toLowerCase()
    if (cut < 0) {
      if (!expander) continue
      if (key === 'readonly' || key === 'ro' || key === 'readwrite' || key === 'rw') {
        mount.readonly = key === 'readonly' || key === 'ro'
        automatic = false
      } else if (key === 'required') {
        if (mount.type !== 'secret' && mount.type !== 'ssh') throw unexpected(key, mount.type)
        mount.required = true
      } else throw new DockerfileProblem(`invalid field '${field}' must be a key=value pair`)
      continue
    }
    const written = field.slice(cut + 1)
    if (!expander) {
      const dollar = written.indexOf('$')
      if (key === 'from' && dollar >= 0 && dollar !== written.length - 1)
        throw new DockerfileProblem(`'${key}' doesn't support variable expansion, define alias stage instead`)
      if (key !== 'from') continue
    }
    const value = expander ? expander(written) : written
    switch (key) {
      case 'type': {
        const type = TYPES.find((one) => one === value.toLowerCase())
        if (!type)
          throw new DockerfileProblem(withSuggestion(`unsupported mount type ${quoted(value)}`, value, TYPES, true))
        mount.type = type
        break
      }
      case 'from':
        mount.from = value
        break
      case 'source':
      case 'src':
        mount.source = value
        break
      case 'target':
      case 'dst':
      case 'destination':
        mount.target = value
        break
      case 'readonly':
      case 'ro':
        mount.readonly = truth(key, value)
        automatic = false
        break
      case 'readwrite':
      case 'rw':
        mount.readonly = !truth(key, value)
        automatic = false
        break
      case 'required':
        if (mount.type !== 'secret' && mount.type !== 'ssh') throw unexpected(key, mount.type)
        mount.required = truth(key, value)
        break
      case 'size':
        if (mount.type !== 'tmpfs') throw unexpected(key, mount.type)
        mount.size = bytes(value)
        break
      case 'id':
        mount.id = value
        break
      case 'sharing': {
        const sharing = SHARING.find((one) => one === value.toLowerCase())
        if (!sharing)
          throw new DockerfileProblem(
            withSuggestion(`unsupported sharing value ${quoted(value)}`, value, SHARING, true),
          )
        mount.sharing = sharing
        break
      }
      case 'mode':
        if (!/^[0-7]+$/.test(value)) throw new DockerfileProblem(`invalid value ${value} for mode`)
        mount.mode = Number.parseInt(value, 8)
        break
      case 'uid':
      case 'gid':
        if (!/^\d+$/.test(value)) throw new DockerfileProblem(`invalid value ${value} for ${key}`)
        mount[key] = Number(value)
        break
      case 'env':
        mount.env = value
        break
      default:
        throw new DockerfileProblem(withSuggestion(`unexpected key '${key}' in '${field}'`, key, KEYS, true))
    }
  }
  check(mount)
  if (automatic) mount.readonly = mount.type !== 'cache' && mount.type !== 'tmpfs'
  return mount
}

function check(mount: Mount): void {
  if (!['secret', 'ssh', 'cache'].includes(mount.type))
    for (const key of ['mode', 'uid', 'gid'] as const)
      if (mount[key] !== undefined)
        throw new DockerfileProblem(`${key} not allowed for ${quoted(mount.type)} type mounts`)
  if (mount.type === 'secret') {
    if (mount.from !== '') throw new DockerfileProblem('secret mount should not have a from')
    if (mount.sharing) throw new DockerfileProblem('secret mount should not define sharing')
    if (mount.source === '' && mount.target === '' && mount.id === '')
      throw new DockerfileProblem('invalid secret mount. one of source, target required')
    if (mount.source !== '' && mount.id !== '') throw new DockerfileProblem("both source and id can't be set")
  }
  if (mount.sharing && mount.type !== 'cache')
    throw new DockerfileProblem(`invalid cache sharing set for ${mount.type} mount`)
}

function unexpected(key: string, type: string): DockerfileProblem {
  return new DockerfileProblem(`unexpected key '${key}' for mount type '${type}'`)
}

/** Models: strconv.ParseBool. */
function truth(key: string, value: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return false
  throw new DockerfileProblem(`invalid value for ${key}: ${value}`)
}

/** Models: go-units RAMInBytes. */
function bytes(value: string): number {
  const match = /^(\d+(?:\.\d+)?) ?([kKmMgGtTpP])?(?:[iI]?[bB])?$/.exec(value)
  if (!match) throw new DockerfileProblem(`invalid value for size: ${value}`)
  return Math.round(Number(match[1]) * 1024 ** ('kmgtp'.indexOf((match[2] ?? '').toLowerCase() || ' ') + 1))
}

/** Fields of one line of comma-separated values. Models: encoding/csv. */
export function csvFields(text: string): readonly string[] {
  const fields: string[] = []
  let rest = text
  for (;;) {
    if (!rest.startsWith('"')) {
      const cut = rest.indexOf(',')
      const field = cut < 0 ? rest : rest.slice(0, cut)
      if (field.includes('"'))
        throw new DockerfileProblem(
          `failed to parse csv mounts: parse error on line 1, column ${text.length - rest.length + field.indexOf('"') + 1}: bare " in non-quoted-field`,
        )
      fields.push(field)
      if (cut < 0) return fields
      rest = rest.slice(cut + 1)
      continue
    }
    const match = /^"((?:[^"]|"")*)"(,|$)/.exec(rest)
    if (!match)
      throw new DockerfileProblem(
        `failed to parse csv mounts: parse error on line 1, column ${text.length}: extraneous or missing " in quoted-field`,
      )
    fields.push((match[1] as string).replaceAll('""', '"'))
    if (match[2] === '') return fields
    rest = rest.slice(match[0].length)
  }
}
