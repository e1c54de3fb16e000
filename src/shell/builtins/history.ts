import type { Builtin } from './builtin.ts'

export const history: Builtin = (run, argv) => {
  const lines = run.place.history
  const count = argv[1] === undefined ? lines.length : Number(argv[1])
  if (Number.isNaN(count)) {
    run.complain(`history: ${argv[1]}: numeric argument required`)
    return 1
  }
  const from = Math.max(0, lines.length - count)
  for (let at = from; at < lines.length; at++) run.write(1, `${String(at + 1).padStart(5)}  ${lines[at]}\n`)
  return 0
}
