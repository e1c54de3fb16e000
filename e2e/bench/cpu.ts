import { readdirSync, readFileSync } from 'node:fs'

/** Ms of processor time that this process's children (the browser with all of its processes) have used so far. Zero where there is no `/proc`. */
export function childrenCpu(): number {
  const parents = new Map<number, number>()
  const used = new Map<number, number>()
  try {
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue
      const stat = read(`/proc/${entry}/stat`)
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      parents.set(Number(entry), Number(fields[1]))
      // Ticks of 10 ms, in user and in kernel mode.
      used.set(Number(entry), (Number(fields[11]) + Number(fields[12])) * 10)
    }
  } catch {
    return 0
  }
  let sum = 0
  for (const [pid, ms] of used) if (pid !== process.pid && descends(pid, parents)) sum += ms
  return sum
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function descends(pid: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at = parents.get(pid); at !== undefined && at > 1; at = parents.get(at)) if (at === process.pid) return true
  return false
}
