import type { Frame } from '../machine/machine.ts'
import type { Run } from '../machine/run.ts'
import { SIGNALS, signalName } from '../machine/signals.ts'
import { type Builtin, refuse } from './builtin.ts'

export const wait: Builtin = (run, argv) => {
  const named = argv.slice(1).filter((arg) => arg !== '-n')
  const alive = [
    ...Object.entries(run.children).flatMap(([pid, exit]) => (exit === null ? [Number(pid)] : [])),
    ...run.place.jobs.flatMap((job) => (job.exit === undefined ? [job.pid] : [])),
  ]
  const pids: number[] = []
  for (const text of named) {
    const pid = pidOf(run, text)
    if (pid === undefined || Number.isNaN(pid))
      return refuse(run, argv, `${text}: ${text.startsWith('%') ? 'no such job' : 'not a pid or valid job spec'}`, 127)
    if (run.children[pid] === undefined && !run.place.jobs.some((job) => job.pid === pid))
      return refuse(run, argv, `pid ${text} is not a child of this shell`, 127)
    pids.push(pid)
  }
  run.push({ f: 'wait', pids: named.length > 0 ? pids : [] })
  run.park({
    children: named.length > 0 ? pids : alive,
    ...(run.place.session === undefined ? {} : { kinds: ['shell.Session'] }),
  })
  return undefined
}

/** Goes on after `wait`: all have ended, or the session has changed and has to be looked at again. */
export function resumeWait(run: Run, frame: Frame & { f: 'wait' }) {
  run.update({ woke: undefined })
  const waits = (
    frame.pids.length > 0 ? frame.pids : run.place.jobs.filter((job) => job.exit === undefined).map((job) => job.pid)
  ).filter((pid) => run.children[pid] == null && run.place.processes.some((one) => one.pid === pid))
  if (waits.length > 0) return run.park({ children: waits, kinds: ['shell.Session'] })
  const last = frame.pids[frame.pids.length - 1]
  run.finish(
    last === undefined ? 0 : (run.children[last] ?? run.place.jobs.find((job) => job.pid === last)?.exit ?? 127),
  )
}

function pidOf(run: Run, text: string): number | undefined {
  if (!text.startsWith('%')) return /^-?\d+$/.test(text) ? Number(text) : Number.NaN
  const running = run.place.jobs.filter((job) => job.exit === undefined)
  const spec = text.slice(1)
  if (spec === '' || spec === '%' || spec === '+') return running[running.length - 1]?.pid
  return running.find((job) => String(job.number) === spec || job.text.startsWith(spec))?.pid
}

export const kill: Builtin = (run, argv) => {
  let args = argv.slice(1)
  let signal = 'TERM'
  if (args[0] === '-l' || args[0] === '-L') {
    run.write(1, `${Object.keys(SIGNALS).join(' ')}\n`)
    return 0
  }
  const option =
    args[0] === '-s' || args[0] === '-n'
      ? args[1]
      : args[0]?.startsWith('-') && args[0] !== '--'
        ? args[0].slice(1)
        : undefined
  if (option !== undefined) {
    const name = option === '0' ? '0' : signalName(option)
    if (name === undefined) return refuse(run, argv, `${option}: invalid signal specification`)
    signal = name
    args = args.slice(args[0] === '-s' || args[0] === '-n' ? 2 : 1)
  }
  if (args[0] === '--') args = args.slice(1)
  if (args.length === 0) {
    run.write(2, 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n')
    return 2
  }
  let status = 0
  for (const text of args) {
    const pid = pidOf(run, text)
    if (pid === undefined) status = refuse(run, argv, `${text}: no such job`)
    else if (Number.isNaN(pid)) status = refuse(run, argv, `${text}: arguments must be process or job IDs`)
    else {
      const found = run.place.processes.find((one) => one.pid === pid)
      if (!found) status = refuse(run, argv, `(${text}) - No such process`)
      else if (signal !== '0')
        run.emissions.push({ to: found.id, type: 'Signalled', data: { signal }, by: run.place.process.id })
    }
  }
  return status
}

export const jobs: Builtin = (run) => {
  const running = run.place.jobs
  running.forEach((job, i) => {
    const mark = i === running.length - 1 ? '+' : i === running.length - 2 ? '-' : ' '
    run.write(1, `${jobLine(job, mark)}\n`)
  })
  return 0
}

/** How bash lists a job: `[1]+  Running                 sleep 5 &`. */
export function jobLine(
  job: { readonly number: number; readonly text: string; readonly exit?: number | undefined },
  mark = '+',
): string {
  const how =
    job.exit === undefined
      ? 'Running'
      : job.exit === 0
        ? 'Done'
        : job.exit === 143
          ? 'Terminated'
          : job.exit === 137
            ? 'Killed'
            : `Exit ${job.exit}`
  return `[${job.number}]${mark}  ${how.padEnd(24)}${job.text}${job.exit === undefined ? ' &' : ''}`
}

export const fg: Builtin = (run, argv) => {
  const running = run.place.jobs.filter((job) => job.exit === undefined)
  const pid =
    argv[1] === undefined
      ? running[running.length - 1]?.pid
      : pidOf(run, argv[1].startsWith('%') ? argv[1] : `%${argv[1]}`)
  const job = running.find((one) => one.pid === pid)
  if (!job) return refuse(run, argv, `${argv[1] ?? 'current'}: no such job`)
  run.write(1, `${job.text}\n`)
  run.push({ f: 'wait', pids: [job.pid] })
  run.park({ children: [job.pid], kinds: ['shell.Session'] })
  return undefined
}
