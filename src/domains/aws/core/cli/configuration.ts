import { type Files, resolvePath } from '../../../../shell/index.ts'
import { misconfigured } from './cliError.ts'

/** The sections of an INI file of the tool, in order. */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Where the tool keeps its settings. */
export function configPaths(env: { readonly [name: string]: string }, cwd: string) {
  const home = env['HOME'] ?? '/root'
  const at = (name: string, path: string) => resolvePath(cwd, (env[name] ?? path).replace(/^~(?=\/)/, home))
  return {
    config: at('AWS_CONFIG_FILE', `${home}/.aws/config`),
    credentials: at('AWS_SHARED_CREDENTIALS_FILE', `${home}/.aws/credentials`),
  }
}

/** Reads an INI file; nested settings (`s3 =` with indented lines) get dotted names. */
export function readSections(files: Files, path: string): Sections {
  const found = new Map<string, Map<string, string>>()
  const read = files.read(path)
  if ('error' in read) return found
  let section: Map<string, string> | undefined
  let parent = ''
  for (const line of read.text.split('\n')) {
    const head = /^\s*\[\s*([^\]]*?)\s*\]\s*$/.exec(line)
    if (head) {
      section = found.get(head[1] ?? '') ?? new Map()
      found.set(head[1] ?? '', section)
      parent = ''
      continue
    }
    const pair = /^(\s*)([^=:#;\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line)
    if (!pair || !section) continue
    const [, indent = '', key = '', value = ''] = pair
    if (indent !== '' && parent !== '') section.set(`${parent}.${key}`, value)
    else {
      if (value !== '') section.set(key, value)
      parent = value === '' ? key : ''
    }
  }
  return found
}

/** A setting of an INI file put in place, as the tool's own writer leaves the rest of the file. Models: configure/writer.py. */
export function withSetting(text: string, section: string, key: string, value: string): string {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const heading = (line: string) => /^\s*\[\s*([^\]]*?)\s*\]\s*$/.exec(line)?.[1]
  const start = lines.findIndex((line) => heading(line) === section)
  const [outer, inner] = key.includes('.') ? key.split('.') : [key, undefined]
  const written = inner === undefined ? [`${key} = ${value}`] : [`${outer} =`, `    ${inner} = ${value}`]
  if (start < 0) return `${[...lines, `[${section}]`, ...written].join('\n')}\n`
  let end = lines.findIndex((line, i) => i > start && heading(line) !== undefined)
  if (end < 0) end = lines.length
  const at = lines.findIndex(
    (line, i) => i > start && i < end && new RegExp(`^${escaped(outer ?? key)}\\s*[=:]`).test(line),
  )
  if (inner !== undefined && at >= 0) {
    let last = at + 1
    while (last < end && /^\s+\S/.test(lines[last] ?? '')) {
      if (new RegExp(`^\\s+${escaped(inner)}\\s*[=:]`).test(lines[last] ?? '')) {
        lines[last] = `    ${inner} = ${value}`
        return `${lines.join('\n')}\n`
      }
      last++
    }
    lines.splice(last, 0, `    ${inner} = ${value}`)
  } else if (at >= 0) lines[at] = `${key} = ${value}`
  else {
    while (end > start + 1 && (lines[end - 1] ?? '').trim() === '') end--
    lines.splice(end, 0, ...written)
  }
  return `${lines.join('\n')}\n`
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** All settings of one profile. */
export interface Profile {
  readonly name: string
  /** Whether it was asked for by name. */
  readonly named: boolean
  readonly config: ReadonlyMap<string, string>
  readonly credentials: ReadonlyMap<string, string>
}

/** The profile in force. One that is asked for and is nowhere ends the command. */
export function profileOf(
  files: Files,
  env: { readonly [name: string]: string },
  cwd: string,
  option: string | undefined,
): Profile {
  const paths = configPaths(env, cwd)
  const asked = option ?? env['AWS_PROFILE'] ?? env['AWS_DEFAULT_PROFILE']
  const name = asked ?? 'default'
  const config = readSections(files, paths.config)
  const credentials = readSections(files, paths.credentials)
  const own = config.get(name === 'default' ? 'default' : `profile ${name}`)
  const keys = credentials.get(name)
  if (asked !== undefined && name !== 'default' && !own && !keys)
    throw misconfigured('ProfileNotFound', `The config profile (${name}) could not be found`)
  return { name, named: asked !== undefined, config: own ?? new Map(), credentials: keys ?? new Map() }
}
