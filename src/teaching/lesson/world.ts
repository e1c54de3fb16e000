import type { Save, SavedLine } from '../../host/save.ts'
import { readScene, saveOfScene } from '../../host/scene.ts'

/** The world of a scene's text, with another seed where one is given. */
export function worldOf(text: string, seed?: number): { readonly title: string; readonly save: Save } {
  const scene = readScene('start', text)
  const save = saveOfScene(scene)
  return { title: scene.title, save: seed === undefined ? save : { ...save, seed } }
}

/** Lines for one task of a script: `# task: 2` begins those of the second, `# wait: 30s` lets time pass. */
export interface Move {
  readonly line?: string | undefined
  readonly wait?: number | undefined
}

/** The moves of a script, by task, the first counted 0. */
export function movesOf(script: string, linesOf: (script: string) => readonly string[]): readonly (readonly Move[])[] {
  const tasks: Move[][] = [[]]
  let part = ''
  const close = () => {
    tasks.at(-1)?.push(...linesOf(part).map((line) => ({ line })))
    part = ''
  }
  for (const row of script.split('\n')) {
    const [, key, value = ''] = /^#\s*(task|wait):\s*(.*)$/.exec(row) ?? []
    if (key === undefined) {
      part += `${row}\n`
      continue
    }
    close()
    if (key === 'wait') tasks.at(-1)?.push({ wait: readSpan(value) })
    else while (tasks.length < Number(value)) tasks.push([])
  }
  close()
  return tasks
}

function readSpan(text: string): number {
  const [, amount = '0', unit] = /^([\d.]+)\s*(ms|s|m)?$/.exec(text.trim()) ?? []
  return Math.round(Number(amount) * (unit === 'ms' ? 1 : unit === 'm' ? 60_000 : 1000))
}

/** A history without branches as a save. */
export function straight(seed: number, history: readonly SavedLine[], end: number): Save {
  return { version: 1, seed, at: end, shown: 0, branches: [{ id: 0, name: 'main', forkedAt: 0, end, history }] }
}
