import { describe, expect, it } from 'vitest'
import type { TerminalEntry } from '../../host/views/index.ts'
import { Screen } from './rows.ts'

const out = (text: string, stream: 'stdout' | 'stderr' = 'stdout'): TerminalEntry => ({
  is: 'output',
  stream,
  text,
  process: 'p',
  at: 1,
  event: 1,
  position: 1,
})
const line = (text: string, by?: string): TerminalEntry => ({
  is: 'line',
  prompt: '$',
  text,
  by,
  at: 1,
  event: 1,
  position: 1,
})
const texts = (...entries: TerminalEntry[]) => {
  const screen = new Screen()
  for (const entry of entries) screen.push([entry])
  return screen.rows.map((row) => `${row.prompt}${row.text}`)
}

describe('the screen of a terminal', () => {
  it('joins what came in pieces and keeps streams apart', () => {
    expect(texts(out('Waiting'), out('...\ndone\n'), out('oops\n', 'stderr'))).toEqual(['Waiting...', 'done', 'oops'])
  })

  it('begins a command on a line of its own', () => {
    expect(texts(out('no newline'), line('ls'), out('a\n'))).toEqual(['no newline', '$ls', 'a'])
  })

  it('is emptied by clear', () => {
    expect(texts(line('ls'), out('a\n'), line('clear'), out('\x1b[H\x1b[2J\x1b[3J'), line('b'))).toEqual(['$b'])
  })

  it('shows typed here-documents whole and folds those of the canvas', () => {
    expect(texts(line("cat <<'E'\na\nE"))).toEqual(["$cat <<'E'", '>a', '>E'])
    expect(texts(line("cat <<'E'\n1\n2\n3\n4\nE", 'canvas'))).toEqual(["$cat <<'E'  … 5 more lines"])
  })

  it('lays out ten thousand lines', () => {
    const screen = new Screen()
    for (let i = 0; i < 10_000; i++) screen.push([out(`line ${i}\n`)])
    expect(screen.rows.length).toBe(10_000)
  })
})
