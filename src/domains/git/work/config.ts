/** Settings as git keeps them: `section.name` or `section.subsection.name`, the section and the name in lower case. */
export class Config {
  private readonly entries: readonly (readonly [string, string])[]

  constructor(entries: readonly (readonly [string, string])[]) {
    this.entries = entries
  }

  /** The last value of a key. */
  get(key: string): string | undefined {
    const wanted = normalKey(key)
    for (let at = this.entries.length - 1; at >= 0; at--) {
      const entry = this.entries[at] as readonly [string, string]
      if (entry[0] === wanted) return entry[1]
    }
    return undefined
  }

  all(key: string): readonly string[] {
    const wanted = normalKey(key)
    return this.entries.filter(([name]) => name === wanted).map(([, value]) => value)
  }

  flag(key: string, otherwise = false): boolean {
    const value = this.get(key)
    return value === undefined ? otherwise : /^(true|yes|on|1|)$/i.test(value)
  }

  list(): readonly (readonly [string, string])[] {
    return this.entries
  }

  /** Names of subsections: `remotes` of `remote.<name>.url`. */
  subsections(section: string): readonly string[] {
    const names = new Set<string>()
    for (const [key] of this.entries)
      if (key.startsWith(`${section}.`) && key.indexOf('.') !== key.lastIndexOf('.'))
        names.add(key.slice(section.length + 1, key.lastIndexOf('.')))
    return [...names]
  }

  with(...more: readonly Config[]): Config {
    return new Config([...this.entries, ...more.flatMap((one) => one.list())])
  }
}

/** Section and name in lower case, what is between them as it is. */
export function normalKey(key: string): string {
  const first = key.indexOf('.')
  const last = key.lastIndexOf('.')
  if (first < 0) return key.toLowerCase()
  return `${key.slice(0, first).toLowerCase()}${key.slice(first, last)}${key.slice(last).toLowerCase()}`
}

/** Reads a configuration file. A line that is none is left out. */
export function parseConfig(text: string): Config {
  const entries: [string, string][] = []
  let section = ''
  for (const line of text.replace(/\\\n/g, '').split('\n')) {
    const head = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]\s*(.*)$/.exec(line)
    const rest = head ? (head[3] ?? '') : line
    if (head) section = head[1]?.toLowerCase() + (head[2] === undefined ? '' : `.${head[2].replace(/\\(.)/g, '$1')}`)
    const set = /^\s*([A-Za-z][\w-]*)\s*(?:=\s*(.*))?$/.exec(rest)
    if (set?.[1]) entries.push([`${section}.${set[1].toLowerCase()}`, set[2] === undefined ? 'true' : value(set[2])])
  }
  return new Config(entries)
}

function value(text: string): string {
  let out = ''
  let quoted = false
  let kept = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string
    if (sign === '"') {
      quoted = !quoted
      kept = out.length
    } else if (sign === '\\') {
      const next = text[++at] ?? ''
      out += { n: '\n', t: '\t', b: '\b' }[next] ?? next
      kept = out.length
    } else if (!quoted && (sign === '#' || sign === ';')) break
    else {
      out += sign
      if (quoted || !/\s/.test(sign)) kept = out.length
    }
  }
  return out.slice(0, kept)
}

/** A configuration file's text with a key set, added or (without a value) unset, other lines kept as they are. */
export function withSetting(text: string, key: string, set: string | undefined, add = false): string {
  const normal = normalKey(key)
  const cut = normal.lastIndexOf('.')
  const section = normal.slice(0, cut)
  const name = key.slice(key.lastIndexOf('.') + 1)
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  let current = ''
  let last = -1
  const matches: number[] = []
  lines.forEach((line, at) => {
    const head = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line)
    if (head) current = head[1]?.toLowerCase() + (head[2] === undefined ? '' : `.${head[2].replace(/\\(.)/g, '$1')}`)
    if (current !== section) return
    last = at
    const own = /^\s*([A-Za-z][\w-]*)/.exec(head ? '' : line)
    if (own?.[1]?.toLowerCase() === normal.slice(cut + 1)) matches.push(at)
  })
  const fresh = set === undefined ? undefined : `\t${name} = ${written(set)}`
  if (fresh === undefined) {
    for (const at of matches.reverse()) lines.splice(at, 1)
    return dropEmpty(lines, section)
  }
  const at = matches[matches.length - 1]
  if (at !== undefined && !add) lines[at] = fresh
  else if (last >= 0) lines.splice(last + 1, 0, fresh)
  else lines.push(heading(section), fresh)
  return `${lines.join('\n')}\n`
}

/** A configuration file's text without a section, or with it renamed. */
export function withoutSection(text: string, section: string, renamed?: string): string {
  let current = ''
  const lines = text.replace(/\n$/, '').split('\n')
  const kept = lines.flatMap((line): string[] => {
    const head = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line)
    if (head) current = head[1]?.toLowerCase() + (head[2] === undefined ? '' : `.${head[2].replace(/\\(.)/g, '$1')}`)
    if (current !== section) return [line]
    if (renamed === undefined) return []
    return [head ? heading(renamed) : line]
  })
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`
}

function dropEmpty(lines: readonly string[], section: string): string {
  const kept = lines.filter((line, at) => line !== heading(section) || /^\s+\S/.test(lines[at + 1] ?? ''))
  return kept.length === 0 ? '' : `${kept.join('\n')}\n`
}

function heading(section: string): string {
  const dot = section.indexOf('.')
  if (dot < 0) return `[${section}]`
  return `[${section.slice(0, dot)} "${section.slice(dot + 1).replace(/["\\]/g, '\\$&')}"]`
}

function written(text: string): string {
  const escaped = text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  return /^\s|\s$|[#;]/.test(text) ? `"${escaped}"` : escaped
}
