import type { Datum, MetricSource } from '../core/index.ts'
import { GROUP, type Group, membersOf } from './group.ts'

/** What groups measure of themselves, once their metrics are turned on. */
export const metrics: readonly MetricSource[] = [
  {
    namespace: 'AWS/AutoScaling',
    list: (world) =>
      ([...world.all(GROUP)] as Group[]).flatMap(({ AutoScalingGroupName, enabledMetrics }) =>
        enabledMetrics.map((name) => ({ name, dimensions: { AutoScalingGroupName } })),
      ),
    now(name, { AutoScalingGroupName }, period, world): Datum | undefined {
      const group = ([...world.all(GROUP)] as Group[]).find((one) => one.AutoScalingGroupName === AutoScalingGroupName)
      if (!group?.enabledMetrics.includes(name)) return undefined
      const members = membersOf(world, group.id)
      const inState = (part: string) => members.filter(({ state }) => state.startsWith(part)).length
      const values: { readonly [metric: string]: number } = {
        GroupMinSize: group.MinSize,
        GroupMaxSize: group.MaxSize,
        GroupDesiredCapacity: group.DesiredCapacity,
        GroupInServiceInstances: inState('InService'),
        GroupPendingInstances: inState('Pending'),
        GroupStandbyInstances: inState('Standby'),
        GroupTerminatingInstances: inState('Terminating'),
        GroupTotalInstances: members.length,
      }
      const value = values[name]
      if (value === undefined) return undefined
      const sampleCount = Math.max(1, Math.round(period / 60))
      return { sampleCount, sum: value * sampleCount, minimum: value, maximum: value, unit: 'None' }
    },
  },
]
