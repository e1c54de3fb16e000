import type { Datum, MetricSource } from '../core/index.ts'
import { INSTANCE, type Instance, statusChecks } from './instance.ts'

const NAMES = ['StatusCheckFailed', 'StatusCheckFailed_System', 'StatusCheckFailed_Instance'] as const

/** What EC2 itself measures of instances: their status checks. CPU is told by those who run something on them. */
export const metrics: readonly MetricSource[] = [
  {
    namespace: 'AWS/EC2',
    list: (world) =>
      [...world.all(INSTANCE)].flatMap((one) =>
        one.state === 'running'
          ? NAMES.map((name) => ({ name, dimensions: { InstanceId: (one as Instance).InstanceId } }))
          : [],
      ),
    now(name, dimensions, period, world): Datum | undefined {
      for (const one of world.all(INSTANCE)) {
        const instance = one as Instance
        if (instance.InstanceId !== dimensions.InstanceId || instance.state !== 'running') continue
        const checks = statusChecks(instance, world.now)
        const system = checks.system === 'impaired'
        const own = checks.instance === 'impaired'
        const failed =
          name === 'StatusCheckFailed_System' ? system : name === 'StatusCheckFailed_Instance' ? own : system || own
        const value = failed ? 1 : 0
        const sampleCount = Math.max(1, Math.round(period / 60))
        return { sampleCount, sum: value * sampleCount, minimum: value, maximum: value, unit: 'Count' }
      }
      return undefined
    },
  },
]
