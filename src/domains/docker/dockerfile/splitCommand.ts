import { isSpace, trimSpace } from './go.ts'

/** A line taken apart: the instruction's name, its flags, and the rest. Models: buildkit parser/split_command.go. */
export function splitCommand(
  line: string,
  token: string,
): { readonly name: string; readonly flags: readonly string[]; readonly rest: string } {
  const text = trimSpace(line)
  const gap = /[\t\v\f\r ]+/.exec(text)
  if (!gap) return { name: text, flags: [], rest: '' }
  const { flags, rest } = builderFlags(text.slice(gap.index + gap[0].length), token)
  return { name: text.slice(0, gap.index), flags, rest: trimSpace(rest) }
}

function builderFlags(line: string, token: string): { readonly flags: readonly string[]; readonly rest: string } {
  const flags: string[] = []
  let phase: 'spaces' | 'word' | 'quote' = 'spaces'
  let word = ''
  let quote = ''
  let blank = false
  for (let at = 0; at <= line.length; at++) {
    const end = at === line.length
    let letter = line[at] ?? ''
    if (phase === 'spaces') {
      if (end) break
      if (isSpace(letter)) continue
      if (letter !== '-' || line[at + 1] !== '-') return { flags, rest: line.slice(at) }
      phase = 'word'
    }
    if (end) {
      if (word !== '--' && (blank || word !== '')) flags.push(word)
      break
    }
    if (phase === 'word') {
      if (isSpace(letter)) {
        phase = 'spaces'
        if (word === '--') return { flags, rest: line.slice(at) }
        if (blank || word !== '') flags.push(word)
        word = ''
        blank = false
        continue
      }
      if (letter === "'" || letter === '"') {
        quote = letter
        blank = true
        phase = 'quote'
        continue
      }
      if (letter === token) {
        if (at + 1 === line.length) continue
        letter = line[++at] as string
      }
      word += letter
    } else {
      if (letter === quote) {
        phase = 'word'
        continue
      }
      if (letter === token) {
        if (at + 1 === line.length) {
          phase = 'word'
          continue
        }
        letter = line[++at] as string
      }
      word += letter
    }
  }
  return { flags, rest: '' }
}
