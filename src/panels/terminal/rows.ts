import type { TerminalEntry } from '../../host/views/index.ts'

/** One line on the terminal's screen. */
export interface Row {
  readonly key: number
  readonly is: 'command' | 'stdout' | 'stderr'
  readonly prompt: string
  readonly text: string
  /** What gave a command when it was not typed. */
  readonly by?: string | undefined
  readonly at: number
}

/** What a terminal would do with `clear`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const CLEAR = /^[\s\S]*\x1b\[[23]J/
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ESCAPES = /\x1b\[[0-9;?]*[A-Za-z]/g

/** Entries of a transcript as rows: grows with each, so that ten thousand lines are laid out once. */
export class Screen {
  rows: Row[] = []
  private open = false
  private next = 0

  push(entries: readonly TerminalEntry[]): void {
    for (const entry of entries) {
      if (entry.is === 'line') this.command(entry)
      else if (entry.is === 'interrupt') this.whole({ is: 'command', prompt: '', text: '^C', at: entry.at })
      else this.output(entry.stream === 'stderr' ? 'stderr' : 'stdout', entry.text, entry.at)
    }
  }

  private command(entry: Extract<TerminalEntry, { is: 'line' }>): void {
    const [first = '', ...rest] = entry.text.split('\n')
    const folded = entry.by !== undefined && rest.length > 3
    const note = folded ? `  … ${rest.length} more lines` : ''
    this.whole({ is: 'command', prompt: entry.prompt, text: `${first}${note}`, by: entry.by, at: entry.at })
    if (!folded) for (const text of rest) this.whole({ is: 'command', prompt: '>', text, at: entry.at })
  }

  private whole(row: Omit<Row, 'key'>): void {
    this.open = false
    this.rows.push({ ...row, key: this.next++ })
  }

  private output(is: 'stdout' | 'stderr', all: string, at: number): void {
    let text = all
    const clears = CLEAR.exec(text)
    if (clears) {
      this.rows = []
      this.open = false
      text = text.slice(clears[0].length)
    }
    text = text.replace(ESCAPES, '').replace(/\r\n/g, '\n')
    if (text === '') return
    const lines = text.split('\n')
    const unfinished = lines.at(-1) !== ''
    if (!unfinished) lines.pop()
    for (const [i, line] of lines.entries()) {
      const last = this.rows.at(-1)
      const shown = line.slice(line.lastIndexOf('\r') + 1).replaceAll('\t', '        ')
      if (i === 0 && this.open && last?.is === is)
        this.rows[this.rows.length - 1] = { ...last, text: last.text + shown }
      else this.rows.push({ key: this.next++, is, prompt: '', text: shown, at })
    }
    this.open = unfinished
  }
}
