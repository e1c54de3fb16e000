import { resolvePath } from '../files.ts'
import { fail, type Program } from '../program.ts'

/** Models: GNU coreutils chmod. */
export const chmod: Program = {
  name: 'chmod',
  summary: 'Change the mode of each FILE to MODE.',
  usage: 'MODE FILE...',
  run(call) {
    const [mode, ...names] = call.argv.slice(1).filter((arg) => arg !== '-R' && arg !== '-v')
    if (mode === undefined) return fail("chmod: missing operand\nTry 'chmod --help' for more information.")
    if (names.length === 0)
      return fail(`chmod: missing operand after '${mode}'\nTry 'chmod --help' for more information.`)
    let stderr = ''
    for (const name of names) {
      const path = resolvePath(call.cwd, name)
      const node = call.files.node(path)
      if (!node) {
        stderr += `chmod: cannot access '${name}': No such file or directory\n`
        continue
      }
      const next = changed(node.mode ?? (node.dir ? 0o755 : 0o644), mode)
      if (next === undefined) return fail(`chmod: invalid mode: '${mode}'\nTry 'chmod --help' for more information.`)
      call.files.chmod(path, next)
    }
    return { exit: stderr === '' ? 0 : 1, stderr }
  },
}

function changed(mode: number, text: string): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return Number.parseInt(text, 8)
  let now = mode
  for (const clause of text.split(',')) {
    const found = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(clause)
    if (!found) return undefined
    const [, who = '', op, what = ''] = found
    const bits = (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (/[xX]/.test(what) ? 1 : 0)
    for (const [letter, shift] of [
      ['u', 6],
      ['g', 3],
      ['o', 0],
    ] as const) {
      if (who !== '' && !who.includes('a') && !who.includes(letter)) continue
      if (op === '+') now |= bits << shift
      else if (op === '-') now &= ~(bits << shift)
      else now = (now & ~(7 << shift)) | (bits << shift)
    }
  }
  return now
}
