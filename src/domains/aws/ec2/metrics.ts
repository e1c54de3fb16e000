import type { World } from '../../../kernel/index.ts'
import { containersOn, idleUse } from '../../docker/index.ts'
import { flows } from '../../traffic/index.ts'
import type { Datum, MetricSource } from '../core/index.ts'
import { INSTANCE, type Instance, statusChecks, typeOf } from './instance.ts'
import { tagOf } from './tag.ts'

const CHECKS = ['StatusCheckFailed', 'StatusCheckFailed_System', 'StatusCheckFailed_Instance'] as const

/** What EC2 measures of instances: their CPU, by instance and by Auto Scaling group, and their status checks. */
export const metrics: readonly MetricSource[] = [
  {
    namespace: 'AWS/EC2',
    list: (world) =>
      running(world).flatMap((instance) => {
        const group = tagOf(instance.Tags, 'aws:autoscaling:groupName')
        return [
          ...['CPUUtilization', ...CHECKS].map((name) => ({ name, dimensions: { InstanceId: instance.InstanceId } })),
          ...(group === undefined ? [] : [{ name: 'CPUUtilization', dimensions: { AutoScalingGroupName: group } }]),
        ]
      }),
    now(name, { InstanceId, AutoScalingGroupName }, period, world): Datum | undefined {
      const found = running(world).filter((instance) =>
        InstanceId === undefined
          ? AutoScalingGroupName !== undefined &&
            tagOf(instance.Tags, 'aws:autoscaling:groupName') === AutoScalingGroupName
          : instance.InstanceId === InstanceId,
      )
      if (found.length === 0) return undefined
      const values = found.map((instance) =>
        name === 'CPUUtilization' ? cpuOf(world, instance) : failed(name, instance, world.now),
      )
      const each = Math.max(1, Math.round(period / 60))
      return {
        sampleCount: each * values.length,
        sum: values.reduce((sum, value) => sum + value, 0) * each,
        minimum: Math.min(...values),
        maximum: Math.max(...values),
        unit: name === 'CPUUtilization' ? 'Percent' : 'Count',
      }
    },
  },
]

function running(world: World): readonly Instance[] {
  return ([...world.all(INSTANCE)] as Instance[]).filter(({ state }) => state === 'running')
}

/** What the operating system alone takes, in thousandths of a core. */
const SYSTEM = 12

/** CPU in use, in percent of what the instance has: by its operating system and by the containers on it. */
export function cpuOf(world: World, instance: Instance): number {
  const { load } = flows(world)
  const milli = containersOn(world, `docker.Engine/${instance.InstanceId}`).reduce(
    (sum, container) => sum + idleUse(world, container).milli + (load.get(container.id)?.cpuMilli ?? 0),
    SYSTEM,
  )
  return Math.min(100, milli / (typeOf(instance).vcpus * 10))
}

function failed(name: string, instance: Instance, now: number): number {
  const checks = statusChecks(instance, now)
  const system = checks.system === 'impaired'
  const own = checks.instance === 'impaired'
  return (name === 'StatusCheckFailed_System' ? system : name === 'StatusCheckFailed_Instance' ? own : system || own)
    ? 1
    : 0
}
