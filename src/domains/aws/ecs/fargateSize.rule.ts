import { defineRule } from '../../../kernel/index.ts'

/**
 * Which sizes of task Fargate has.
 * Models: ECS API RegisterTaskDefinition, cpu and memory
 */
export const fargateSize = defineRule({
  id: 'fargate.size',
  says: 'Fargate has certain sizes only: each number of CPU units goes with a range of memory in certain steps.',
  source: 'ECS API RegisterTaskDefinition cpu and memory',
  decide: (input: FargateSize) => ({ valid: isFargateSize(input) }),
})

/** CPU units (1,024 a vCPU), MiB, and `LINUX` or one of the `WINDOWS...` families. */
export interface FargateSize {
  readonly cpu: number
  readonly memoryMiB: number
  readonly os?: string | undefined
}

const GIB = 1024
/** By CPU units: the least and the most memory, and the step between, in GiB. */
const RANGES: { readonly [cpu: number]: readonly [least: number, most: number, step: number] } = {
  512: [1, 4, 1],
  1024: [2, 8, 1],
  2048: [4, 16, 1],
  4096: [8, 30, 1],
  8192: [16, 60, 4],
  16384: [32, 120, 8],
}

/** The CPU units that there are for an operating system. */
export function fargateCpus(os = 'LINUX'): readonly number[] {
  return os.toUpperCase().startsWith('WINDOWS') ? [1024, 2048, 4096] : [256, 512, 1024, 2048, 4096, 8192, 16384]
}

export function isFargateSize({ cpu, memoryMiB, os }: FargateSize): boolean {
  if (!fargateCpus(os).includes(cpu)) return false
  if (cpu === 256) return memoryMiB === 512 || memoryMiB === GIB || memoryMiB === 2 * GIB
  const range = RANGES[cpu]
  if (!range) return false
  const [least, most, step] = range
  const gib = memoryMiB / GIB
  return gib >= least && gib <= most && (gib - least) % step === 0
}
