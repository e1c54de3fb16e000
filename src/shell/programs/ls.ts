import { EPOCH } from '../../kernel/world.ts'
import { type FileNode, resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import type { Call, Program } from '../program.ts'

/** Models: GNU coreutils ls. */
export const ls: Program = {
  name: 'ls',
  summary: 'List information about the FILEs (the current directory by default).',
  usage: '[OPTION]... [FILE]...',
  misuse: 2,
  flags: [
    { name: 'all', short: 'a', says: 'do not ignore entries starting with .' },
    { name: 'almost-all', short: 'A', says: 'do not list implied . and ..' },
    { name: 'directory', short: 'd', says: 'list directories themselves, not their contents' },
    { name: 'human-readable', short: 'h', says: 'with -l, print sizes like 1K 234M 2G' },
    { short: 'l', says: 'use a long listing format' },
    { short: '1', says: 'list one file per line' },
    { name: 'reverse', short: 'r', says: 'reverse order while sorting' },
    { name: 'recursive', short: 'R', says: 'list subdirectories recursively' },
    { short: 't', says: 'sort by time, newest first' },
    { short: 'S', says: 'sort by file size, largest first' },
    { name: 'classify', short: 'F', says: 'append indicator to entries' },
    { name: 'color', says: 'accepted, without effect' },
  ],
  run(call) {
    const options = readOptions(
      this,
      call.argv.map((arg) => (arg.startsWith('--color=') ? '--color' : arg)),
    )
    if ('exit' in options) return options
    const { given } = options
    const operands = options.operands.length > 0 ? [...options.operands].sort() : ['.']
    let stderr = ''
    const files: string[] = []
    const directories: string[] = []
    for (const name of operands) {
      const path = resolvePath(call.cwd, name)
      if (!call.files.exists(path)) stderr += `ls: cannot access '${name}': No such file or directory\n`
      else if (call.files.isDirectory(path) && !given['directory']) directories.push(name)
      else files.push(name)
    }
    const order = (names: readonly string[], at: (name: string) => string): string[] => {
      const node = (name: string): FileNode | undefined => call.files.node(at(name))
      const sorted = [...names].sort((a, b) => {
        if (given['t']) return (node(b)?.at ?? 0) - (node(a)?.at ?? 0) || (a < b ? -1 : 1)
        if (given['S']) return (node(b)?.text?.length ?? 0) - (node(a)?.text?.length ?? 0) || (a < b ? -1 : 1)
        return compareNames(a, b)
      })
      return given['reverse'] ? sorted.reverse() : sorted
    }
    const show = (names: readonly string[], at: (name: string) => string): string => {
      const mark = (name: string): string => (given['classify'] && call.files.isDirectory(at(name)) ? `${name}/` : name)
      if (given['l'])
        return long(
          call,
          names.map((name) => ({ name: mark(name), path: at(name) })),
          given['human-readable'] === true,
        )
      if (names.length === 0) return ''
      return call.terminal && !given['1'] ? columns(names.map(mark)) : `${names.map(mark).join('\n')}\n`
    }
    const blocks: string[] = []
    if (files.length > 0)
      blocks.push(
        show(
          order(files, (name) => resolvePath(call.cwd, name)),
          (name) => resolvePath(call.cwd, name),
        ),
      )
    const list = (name: string): void => {
      const path = resolvePath(call.cwd, name)
      let names = call.files.list(path).filter((one) => given['all'] || given['almost-all'] || !one.startsWith('.'))
      names = order(names, (one) => resolvePath(path, one))
      if (given['all']) names = ['.', '..', ...names]
      const title = operands.length > 1 || given['recursive'] ? `${name}:\n` : ''
      blocks.push(
        `${title}${given['l'] ? `total ${names.length * 4}\n` : ''}${show(names, (one) => resolvePath(path, one))}`,
      )
      if (given['recursive'])
        for (const one of names)
          if (one !== '.' && one !== '..' && call.files.isDirectory(resolvePath(path, one))) list(`${name}/${one}`)
    }
    for (const name of directories) list(name)
    return { exit: stderr === '' ? 0 : 2, stdout: blocks.join('\n'), stderr, errorsFirst: true }
  },
}

function compareNames(a: string, b: string): number {
  const x = a.replace(/^\.+/, '').toLowerCase()
  const y = b.replace(/^\.+/, '').toLowerCase()
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0
}

function columns(names: readonly string[]): string {
  const quoted = names.map((name) => (/[^\w./:@%+,=~-]/.test(name) ? `'${name}'` : name))
  for (let rows = 1; rows <= quoted.length; rows++) {
    const count = Math.ceil(quoted.length / rows)
    const widths = Array.from({ length: count }, (_, c) =>
      Math.max(...quoted.slice(c * rows, c * rows + rows).map((name) => name.length)),
    )
    if (widths.reduce((sum, width) => sum + width + 2, -2) > 80 && rows < quoted.length) continue
    const lines = Array.from({ length: rows }, (_, r) =>
      widths
        .map((width, c) => (quoted[c * rows + r] ?? '').padEnd(width))
        .join('  ')
        .trimEnd(),
    )
    return `${lines.join('\n')}\n`
  }
  return ''
}

function long(
  call: Call,
  entries: readonly { readonly name: string; readonly path: string }[],
  human: boolean,
): string {
  const owner = call.env['USER'] ?? 'root'
  const rows = entries.map(({ name, path }) => {
    const node = call.files.node(path)
    const size = node?.dir ? 4096 : new TextEncoder().encode(node?.text ?? '').length
    const own = path.startsWith(call.env['HOME'] ?? '/root') ? owner : 'root'
    return {
      mode: modeText(node),
      links: node?.dir ? '2' : '1',
      own,
      size: human ? humanSize(size) : String(size),
      date: dateText(node?.at ?? 0, call.world.now),
      name,
    }
  })
  const width = (key: 'own' | 'size'): number => Math.max(0, ...rows.map((row) => row[key].length))
  return rows
    .map(
      ({ mode, links, own, size, date, name }) =>
        `${mode} ${links} ${own.padEnd(width('own'))} ${own.padEnd(width('own'))} ${size.padStart(width('size'))} ${date} ${name}\n`,
    )
    .join('')
}

function modeText(node: FileNode | undefined): string {
  const mode = node?.mode ?? (node?.dir ? 0o755 : 0o644)
  return (
    (node?.dir ? 'd' : '-') +
    [6, 3, 0]
      .map(
        (shift) =>
          `${mode & (4 << shift) ? 'r' : '-'}${mode & (2 << shift) ? 'w' : '-'}${mode & (1 << shift) ? 'x' : '-'}`,
      )
      .join('')
  )
}

function humanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes)
  const kilo = bytes / 1024
  return kilo < 10
    ? `${(Math.ceil(kilo * 10) / 10).toFixed(1)}K`
    : kilo < 1024
      ? `${Math.ceil(kilo)}K`
      : `${(kilo / 1024).toFixed(1)}M`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function dateText(at: number, now: number): string {
  const date = new Date(EPOCH + at)
  const day = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`
  if (now - at > 183 * 86_400_000) return `${day}  ${date.getUTCFullYear()}`
  return `${day} ${String(date.getUTCHours()).padStart(2, '0')}:${String(date.getUTCMinutes()).padStart(2, '0')}`
}
