import { resolvePath } from '../files.ts'
import { readOptions } from '../options.ts'
import { fail, type Program } from '../program.ts'
import { linesOf } from './inputs.ts'
import { posixRegex } from './regex.ts'

/** Models: GNU grep 3. */
export const grep: Program = {
  name: 'grep',
  summary: 'Search for PATTERNS in each FILE.',
  usage: '[OPTION]... PATTERNS [FILE]...',
  misuse: 2,
  flags: [
    { name: 'extended-regexp', short: 'E', says: 'PATTERNS are extended regular expressions' },
    { name: 'fixed-strings', short: 'F', says: 'PATTERNS are strings' },
    { name: 'perl-regexp', short: 'P', says: 'PATTERNS are Perl regular expressions' },
    { name: 'regexp', short: 'e', value: 'PATTERNS', says: 'use PATTERNS for matching' },
    { name: 'ignore-case', short: 'i', says: 'ignore case distinctions' },
    { name: 'invert-match', short: 'v', says: 'select non-matching lines' },
    { name: 'word-regexp', short: 'w', says: 'match only whole words' },
    { name: 'line-regexp', short: 'x', says: 'match only whole lines' },
    { name: 'count', short: 'c', says: 'print only a count of selected lines per FILE' },
    { name: 'only-matching', short: 'o', says: 'show only nonempty parts of lines that match' },
    { name: 'quiet', short: 'q', says: 'suppress all normal output' },
    { name: 'no-messages', short: 's', says: 'suppress error messages' },
    { name: 'line-number', short: 'n', says: 'print line number with output lines' },
    { name: 'with-filename', short: 'H', says: 'print file name with output lines' },
    { name: 'no-filename', short: 'h', says: 'suppress the file name prefix on output' },
    { name: 'recursive', short: 'r', says: 'like --directories=recurse' },
    { short: 'R', says: 'likewise' },
    { name: 'files-with-matches', short: 'l', says: 'print only names of FILEs with selected lines' },
    { name: 'files-without-match', short: 'L', says: 'print only names of FILEs with no selected lines' },
    { name: 'max-count', short: 'm', value: 'NUM', says: 'stop after NUM selected lines' },
    { name: 'after-context', short: 'A', value: 'NUM', says: 'print NUM lines of trailing context' },
    { name: 'before-context', short: 'B', value: 'NUM', says: 'print NUM lines of leading context' },
    { name: 'context', short: 'C', value: 'NUM', says: 'print NUM lines of output context' },
    { name: 'color', says: 'accepted, without effect' },
    { name: 'line-buffered', says: 'flush output on every line' },
    { name: 'include', value: 'GLOB', says: 'search only files that match GLOB' },
  ],
  linewise: (argv) =>
    !argv.some(
      (arg) =>
        /^-[a-zA-Z]*[cqnmABClL]/.test(arg) || /^--(count|quiet|line-number|max|after|before|context|files)/.test(arg),
    ),
  run(call) {
    const options = readOptions(
      this,
      call.argv.map((arg) => (arg.startsWith('--color=') ? '--color' : /^-\d+$/.test(arg) ? `-C${arg.slice(1)}` : arg)),
    )
    if ('exit' in options) return options
    const { given, all } = options
    let operands = options.operands
    let patterns = all['regexp']
    if (!patterns) {
      if (operands[0] === undefined)
        return fail("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.", 2)
      patterns = [operands[0]]
      operands = operands.slice(1)
    }
    const how = given['fixed-strings']
      ? 'fixed'
      : given['extended-regexp'] || call.argv[0] === 'egrep'
        ? 'extended'
        : given['perl-regexp']
          ? 'perl'
          : 'basic'
    let regex: RegExp
    try {
      let source = patterns
        .flatMap((one) => one.split('\n'))
        .map((one) => posixRegex(one, how))
        .join('|')
      if (given['word-regexp']) source = `(?<![\\w])(?:${source})(?![\\w])`
      if (given['line-regexp']) source = `^(?:${source})$`
      regex = new RegExp(source, given['ignore-case'] ? 'gi' : 'g')
    } catch {
      return fail(
        `grep: ${/\((?![^)]*\))/.test(patterns[0] ?? '') ? 'Unmatched ( or \\(' : 'Invalid regular expression'}`,
        2,
      )
    }
    const recursive = given['recursive'] || given['R']
    let stderr = ''
    const inputs: { name: string; text: string }[] = []
    const add = (name: string): void => {
      if (name === '-') {
        inputs.push({ name: '(standard input)', text: call.stdin ?? '' })
        return
      }
      const path = resolvePath(call.cwd, name)
      if (call.files.isDirectory(path)) {
        if (!recursive) stderr += `grep: ${name}: Is a directory\n`
        else
          for (const below of call.files.below(path))
            if (!call.files.isDirectory(below))
              inputs.push({
                name: `${name.replace(/\/$/, '')}/${below.slice(path === '/' ? 1 : path.length + 1)}`,
                text: call.files.node(below)?.text ?? '',
              })
        return
      }
      const read = call.files.read(path)
      if ('error' in read) stderr += `grep: ${name}: ${read.error}\n`
      else inputs.push({ name, text: read.text })
    }
    for (const name of operands.length > 0 ? operands : [recursive ? '.' : '-']) add(name)
    const named = given['with-filename'] || (!given['no-filename'] && (operands.length > 1 || recursive))
    const limit = given['max-count'] === undefined ? Number.POSITIVE_INFINITY : Number(given['max-count'])
    const after = Number(given['after-context'] ?? given['context'] ?? 0)
    const before = Number(given['before-context'] ?? given['context'] ?? 0)
    let found = false
    let stdout = ''
    for (const { name, text } of inputs) {
      const lines = linesOf(text)
      const hits: number[] = []
      lines.forEach((line, i) => {
        regex.lastIndex = 0
        if (hits.length < limit && regex.test(line) !== (given['invert-match'] === true)) hits.push(i)
      })
      if (hits.length > 0) found = true
      if (given['quiet']) continue
      if (given['files-with-matches'] || given['files-without-match']) {
        if (hits.length > 0 === (given['files-with-matches'] === true)) stdout += `${name}\n`
        continue
      }
      const prefix = (i: number, mark: string): string =>
        `${named ? `${name}${mark}` : ''}${given['line-number'] ? `${i + 1}${mark}` : ''}`
      if (given['count']) stdout += `${named ? `${name}:` : ''}${hits.length}\n`
      else if (given['only-matching']) {
        for (const i of hits) {
          regex.lastIndex = 0
          for (const one of (lines[i] as string).matchAll(regex))
            if (one[0] !== '') stdout += `${prefix(i, ':')}${one[0]}\n`
        }
      } else {
        const hit = new Set(hits)
        let last = -1
        for (const at of hits) {
          for (let i = Math.max(0, at - before, last + 1); i <= Math.min(lines.length - 1, at + after); i++) {
            if (last >= 0 && i > last + 1 && after + before > 0) stdout += '--\n'
            stdout += `${prefix(i, hit.has(i) ? ':' : '-')}${lines[i]}\n`
            last = i
          }
        }
      }
    }
    return { exit: stderr !== '' ? 2 : found ? 0 : 1, stdout, stderr: given['no-messages'] ? '' : stderr }
  },
}

export const egrep: Program = { ...grep, name: 'egrep', summary: 'Same as grep -E.' }
