import type { Daemon, Start } from '../daemon.ts'

/** The little stress programs of the documentation: they burn cores and hold memory, and so meet limits. */

/** `stress --cpu 2 --vm 1 --vm-bytes 250M --vm-hang 1 --timeout 60s`. Models: polinux/stress, stress 1.0.4. */
export const stress: Daemon = {
  program: 'stress',
  serves: (argv) => argv.length > 1 && !argv.includes('--version') && !argv.includes('--help'),
  startMs: 10,
  stopMs: 10,
  stopExit: 143,
  ports: () => [],
  speaks: 'tcp',
  cost: { idleMilli: 1000, idleBytes: 1_048_576, cpuMsPerRequest: 0, latencyMs: 0, concurrency: 0 },
  bytes: (serving) => Math.min(stressTotal(serving), 1_048_576 + serving.uptime * FILL),
  exceeds: (start, bytes) =>
    stressTotal(start) > bytes ? Math.max(1, Math.ceil((bytes - 1_048_576) / FILL)) : undefined,
  ends: (start) => {
    const timeout = either(start, '-t', '--timeout')
    return timeout === undefined
      ? undefined
      : { exit: 0, after: seconds(timeout) * 1000, log: ['stress: info: [1] successful run completed'] }
  },
  log: (start) => [
    `stress: info: [1] dispatching hogs: ${either(start, '-c', '--cpu') ?? 0} cpu, ${either(start, '-i', '--io') ?? 0} io, ${either(start, '-m', '--vm') ?? 0} vm, 0 hdd`,
  ],
}

/** vish/stress: `-cpus 2 -mem-total 950Mi -mem-alloc-size 10Mi -mem-alloc-sleep 1s`. */
export const vishStress: Daemon = {
  program: 'stress',
  startMs: 10,
  stopMs: 10,
  stopExit: 2,
  ports: () => [],
  speaks: 'tcp',
  cost: { idleMilli: 1000, idleBytes: 2_097_152, cpuMsPerRequest: 0, latencyMs: 0, concurrency: 0 },
  bytes: (serving) => Math.min(vishTotal(serving), 2_097_152 + serving.uptime * vishRate(serving)),
  exceeds: (start, bytes) =>
    vishTotal(start) > bytes ? Math.max(1, Math.ceil((bytes - 2_097_152) / vishRate(start))) : undefined,
  log: (start) => [
    `Allocating "${after(start, '-mem-total') ?? '0'}" memory, in "${after(start, '-mem-alloc-size') ?? '4Ki'}" chunks, with a ${after(start, '-mem-alloc-sleep') ?? '1ms'} sleep between allocations`,
  ],
}

/** Bytes that a stress worker touches in one ms. */
const FILL = 1_048_576

/** Thousandths of a core that it would like to burn: cpu workers, and one core for each memory worker. */
export function stressMilli(start: Pick<Start, 'argv'>): number {
  const count = (text: string | undefined): number => (text === undefined ? 0 : Number(text) || 0)
  const cpus = count(either(start, '-c', '--cpu')) + count(after(start, '-cpus'))
  const vm = either(start, '--vm-hang', '--vm-hang') === undefined ? count(either(start, '-m', '--vm')) : 0
  return (cpus + vm) * 1000
}

function stressTotal(start: Start): number {
  const workers = Number(either(start, '-m', '--vm') ?? 0)
  return 1_048_576 + workers * size(either(start, '--vm-bytes', '--vm-bytes') ?? '256M')
}

function vishTotal(start: Start): number {
  return 2_097_152 + size(after(start, '-mem-total') ?? '0')
}

function vishRate(start: Start): number {
  const sleep = Math.max(1, seconds(after(start, '-mem-alloc-sleep') ?? '1ms') * 1000)
  return size(after(start, '-mem-alloc-size') ?? '4Ki') / sleep
}

function either(start: Pick<Start, 'argv'>, short: string, long: string): string | undefined {
  const joined = start.argv.find((arg) => arg.startsWith(`${long}=`))
  return joined?.slice(long.length + 1) ?? after(start, short) ?? after(start, long)
}

function after(start: Pick<Start, 'argv'>, name: string): string | undefined {
  const at = start.argv.indexOf(name)
  return at < 0 ? undefined : start.argv[at + 1]
}

/** Bytes of `250M`, `950Mi`, `1G`. stress counts in powers of two with either. */
function size(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([KMGkmg]?)/.exec(text)
  const unit = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[(match?.[2] ?? '').toLowerCase() as 'k'] ?? 1
  return Math.floor(Number(match?.[1] ?? 0) * unit)
}

/** Seconds of `60`, `60s`, `2m`, `100ms`. */
function seconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text)
  return Number(match?.[1] ?? 0) * ({ ms: 0.001, s: 1, m: 60, h: 3600 }[match?.[2] ?? 's'] ?? 1)
}
