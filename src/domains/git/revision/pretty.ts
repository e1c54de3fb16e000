import type { Commit } from '../object/gitObject.ts'
import type { Signature } from '../object/signature.ts'
import { dateText } from './date.ts'
import type { Decorations } from './decorate.ts'

export interface PrettyOptions {
  /** `oneline`, `short`, `medium`, `full`, `fuller`, `raw`, `reference`, or a format with placeholders. */
  readonly format: string
  /** `default`, `iso`, `short`, `relative`, `raw`, `format:...` */
  readonly date: string
  readonly now: number
  readonly abbreviate: (id: string) => string
  /** Whether ids of commits are shortened. */
  readonly short: boolean
  readonly decorations?: Decorations | undefined
}

const NAMED = new Set(['oneline', 'short', 'medium', 'full', 'fuller', 'raw', 'reference'])

/** A commit as text, without its last newline. Models: git pretty.c */
export function prettyCommit(id: string, commit: Commit, options: PrettyOptions): string {
  const { format } = options
  if (!NAMED.has(format)) return formatted(id, commit, format, options)
  const name = (options.short ? options.abbreviate(id) : id) + decorated(options.decorations?.get(id))
  const subject = subjectOf(commit.message)
  if (format === 'oneline') return `${name} ${subject}`
  if (format === 'reference')
    return `${options.abbreviate(id)} (${subject}, ${dateText(commit.author, options.date === 'default' ? 'short' : options.date, options.now)})`
  const { author, committer } = commit
  const person = ({ name: who, email }: Signature): string => `${who} <${email}>`
  const date = (of: Signature): string => dateText(of, options.date, options.now)
  const lines = [`commit ${name}`]
  if (format === 'raw')
    lines.push(
      `tree ${commit.tree}`,
      ...commit.parents.map((parent) => `parent ${parent}`),
      `author ${person(author)} ${author.at} ${author.zone}`,
      `committer ${person(committer)} ${committer.at} ${committer.zone}`,
    )
  else {
    if (commit.parents.length > 1) lines.push(`Merge: ${commit.parents.map(options.abbreviate).join(' ')}`)
    if (format === 'fuller')
      lines.push(
        `Author:     ${person(author)}`,
        `AuthorDate: ${date(author)}`,
        `Commit:     ${person(committer)}`,
        `CommitDate: ${date(committer)}`,
      )
    else {
      lines.push(`Author: ${person(author)}`)
      if (format === 'full') lines.push(`Commit: ${person(committer)}`)
      if (format === 'medium') lines.push(`Date:   ${date(author)}`)
    }
  }
  const expands = ['medium', 'full', 'fuller'].includes(format)
  const body = format === 'short' ? subject : commit.message.replace(/\s+$/, '').replace(/^\n+/, '')
  if (body === '') return lines.join('\n')
  lines.push('', ...body.split('\n').map((line) => `    ${expands ? withoutTabs(line) : line}`))
  return lines.join('\n')
}

/** A line with its tabs as spaces to the next column of eight. */
function withoutTabs(line: string): string {
  let out = ''
  for (const sign of line) out += sign === '\t' ? ' '.repeat(8 - (out.length % 8)) : sign
  return out
}

/** The first paragraph of a message on one line. */
export function subjectOf(message: string): string {
  return (message.replace(/^\n+/, '').split(/\n\s*\n/)[0] ?? '').trimEnd().split('\n').join(' ')
}

function bodyOf(message: string): string {
  const trimmed = message.replace(/^\n+/, '')
  const cut = /\n[ \t]*\n/.exec(trimmed)
  return cut ? trimmed.slice(cut.index + cut[0].length).replace(/^\n+/, '') : ''
}

function decorated(names: readonly string[] | undefined): string {
  return names ? ` (${names.join(', ')})` : ''
}

function formatted(id: string, commit: Commit, format: string, options: PrettyOptions): string {
  let pad: { readonly side: string; readonly width: number } | undefined
  let out = ''
  const expression =
    /%(?:x([0-9a-f]{2})|C(?:\([^)]*\)|red|green|blue|reset)|([<>]{1,2})\((\d+)(?:,\w+)?\)|w\([^)]*\)|(a[neEdDrtiIslNL]|c[neEdDrtiIslNL]|G[?GSKFPT]|[HhTtPpsfbBdDNneSm%])|([+ -])([a-zA-Z]{1,2})|\(trailers[^)]*\))/g
  let at = 0
  for (const match of format.matchAll(expression)) {
    out += format.slice(at, match.index)
    at = match.index + match[0].length
    if (match[1] !== undefined) out += String.fromCharCode(Number.parseInt(match[1], 16))
    else if (match[2] !== undefined) pad = { side: match[2], width: Number(match[3]) }
    else {
      const key = match[4] ?? match[6]
      let text = key === undefined ? '' : (placeholder(key, id, commit, options) ?? '')
      if (match[5] === '+' && text !== '') text = `\n${text}`
      if (match[5] === ' ' && text !== '') text = ` ${text}`
      if (match[5] === '-' && text === '') out = out.replace(/\n+$/, '')
      if (pad && key !== undefined) {
        text = pad.side.startsWith('<') ? text.padEnd(pad.width) : text.padStart(pad.width)
        pad = undefined
      }
      out += text
    }
  }
  return out + format.slice(at)
}

function placeholder(key: string, id: string, commit: Commit, options: PrettyOptions): string | undefined {
  const { abbreviate, now } = options
  if (/^[ac]./.test(key)) {
    const who = key.startsWith('a') ? commit.author : commit.committer
    return person(who, key.slice(1), options.date, now)
  }
  switch (key) {
    case 'H':
      return id
    case 'h':
      return abbreviate(id)
    case 'T':
      return commit.tree
    case 't':
      return abbreviate(commit.tree)
    case 'P':
      return commit.parents.join(' ')
    case 'p':
      return commit.parents.map(abbreviate).join(' ')
    case 's':
      return subjectOf(commit.message)
    case 'f':
      return subjectOf(commit.message)
        .replace(/[^A-Za-z0-9._]+/g, '-')
        .replace(/\.{2,}/g, '.')
        .replace(/^-|[-.]$/g, '')
    case 'b':
      return bodyOf(commit.message)
    case 'B':
      return commit.message
    case 'd':
      return decorated(options.decorations?.get(id))
    case 'D':
      return options.decorations?.get(id)?.join(', ') ?? ''
    case 'n':
      return '\n'
    case 'm':
      return '>'
    case '%':
      return '%'
    case 'G?':
      return 'N'
    default:
      return ''
  }
}

function person(who: Signature, key: string, date: string, now: number): string {
  switch (key) {
    case 'n':
    case 'N':
      return who.name
    case 'e':
    case 'E':
      return who.email
    case 'l':
    case 'L':
      return who.email.split('@')[0] ?? ''
    case 'd':
      return dateText(who, date, now)
    case 'D':
      return dateText(who, 'rfc', now)
    case 'r':
      return dateText(who, 'relative', now)
    case 't':
      return String(who.at)
    case 'i':
      return dateText(who, 'iso', now)
    case 'I':
      return dateText(who, 'iso-strict', now)
    case 's':
      return dateText(who, 'short', now)
    default:
      return ''
  }
}
