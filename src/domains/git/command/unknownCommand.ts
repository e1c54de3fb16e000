import type { Step } from '../../../shell/index.ts'
import type { Config } from '../work/config.ts'
import { commands } from './commands.ts'

/** What git says of a command that it does not know, with those whose names are near. Models: git help.c help_unknown_cmd */
export function unknownCommand(name: string, config: Config): Step {
  const names = [
    ...commands.keys(),
    ...config.list().flatMap(([key]) => (key.startsWith('alias.') ? [key.slice(6)] : [])),
  ]
  const scored = names
    .map((one) => ({ one, score: one.startsWith(name) ? 0 : distance(name, one) + 1 }))
    .sort((a, b) => a.score - b.score || (a.one < b.one ? -1 : 1))
  const best = scored[0]?.score ?? 99
  const near =
    best < 7 ? scored.filter(({ score }) => score === best || (best === 0 && score === 0)).map(({ one }) => one) : []
  const head = `git: '${name}' is not a git command. See 'git --help'.\n`
  if (near.length === 0) return { exit: 1, stderr: head }
  const words = near.length === 1 ? 'The most similar command is' : 'The most similar commands are'
  return { exit: 1, stderr: `${head}\n${words}\n${near.map((one) => `\t${one}\n`).join('')}` }
}

/** Damerau-Levenshtein with git's weights: swap 0, substitute 2, insert 1, delete 3. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 0; i < a.length; i++) {
    const next = [(i + 1) * 3]
    for (let j = 0; j < b.length; j++) {
      let cost = (row[j] as number) + (a[i] === b[j] ? 0 : 2)
      if (i > 0 && j > 0 && a[i - 1] === b[j] && a[i] === b[j - 1]) cost = Math.min(cost, before[j - 1] as number)
      cost = Math.min(cost, (row[j + 1] as number) + 3, (next[j] as number) + 1)
      next.push(cost)
    }
    before = row
    row = next
  }
  return row[b.length] as number
}
