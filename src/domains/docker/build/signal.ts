import { DockerfileProblem } from '../dockerfile/problem.ts'

const NAMES = new Set(
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'.split(
    ' ',
  ),
)

/** Throws in Docker's words for a signal that is none. Models: moby/sys/signal ParseSignal. */
export function checkSignal(text: string): void {
  if (/^[-+]?\d+$/.test(text)) {
    if (Number(text) === 0) throw new DockerfileProblem(`invalid signal: ${text}`)
    return
  }
  const name = text.toUpperCase().replace(/^SIG/, '')
  const real = /^RT(?:MIN\+(\d+)|MAX-(\d+))$/.exec(name)
  if (NAMES.has(name) || (real && Number(real[1] ?? real[2]) <= 15)) return
  throw new DockerfileProblem(`invalid signal: ${text}`)
}
