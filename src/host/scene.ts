import type { Save, SavedLine } from './save.ts'

/** A ready-made world as text: comments at its head say what it is, the rest are command lines. */
export interface SceneText {
  readonly name: string
  readonly title: string
  readonly says: string
  readonly seed: number
  /** Virtual ms at which it is shown. */
  readonly settle: number
  readonly lines: readonly SavedLine[]
}

/**
 * Reads a scene. `# title:`, `# says:`, `# seed:` and `# settle: 30s` stand at its head; `# at: 12s` gives the lines below it then.
 * A here-document and a line that ends in a backslash stay whole.
 */
export function readScene(name: string, text: string): SceneText {
  const heads: Record<string, string> = {}
  const lines: SavedLine[] = []
  let at = 0
  let open: { text: string; until: string | undefined } | undefined
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (open) {
      open.text += `\n${line}`
      if (open.until === undefined ? !line.endsWith('\\') : line.trim() === open.until) {
        lines.push(given(at, open.text))
        open = undefined
      }
      continue
    }
    const [, key, value = ''] = /^#\s*(\w+):\s*(.*)$/.exec(line) ?? []
    if (key === 'at') at = millis(value)
    else if (key !== undefined) heads[key] ??= value
    if (line.trim() === '' || line.startsWith('#')) continue
    const until = /<<-?\s*['"]?(\w+)['"]?/.exec(line)?.[1]
    if (until !== undefined || line.endsWith('\\')) open = { text: line, until }
    else lines.push(given(at, line))
  }
  return {
    name,
    title: heads['title'] ?? name,
    says: heads['says'] ?? '',
    seed: Number(heads['seed'] ?? 41),
    settle: millis(heads['settle'] ?? '30s'),
    lines,
  }
}

/** The world that a scene is, settled. */
export function saveOfScene({ seed, settle, lines }: SceneText): Save {
  const end = Math.max(settle, ...lines.map((line) => line.at))
  return {
    version: 1,
    seed,
    at: end,
    shown: 0,
    branches: [{ id: 0, name: 'main', forkedAt: 0, end, history: lines }],
  }
}

function given(at: number, line: string): SavedLine {
  return { at, line, session: 'main', by: 'scene' }
}

function millis(text: string): number {
  const [, amount = '0', unit] = /^([\d.]+)\s*(ms|s|m)?$/.exec(text.trim()) ?? []
  return Math.round(Number(amount) * (unit === 'ms' ? 1 : unit === 'm' ? 60_000 : 1000))
}
