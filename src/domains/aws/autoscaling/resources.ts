import type { JsonObject } from '../../../kernel/index.ts'
import { callService, type ResourceCall, type ResourceType } from '../core/index.ts'
import { GROUP, type Group, groupId, membersOf } from './group.ts'

const SIZES = new Set([
  'MinSize',
  'MaxSize',
  'DesiredCapacity',
  'HealthCheckGracePeriod',
  'DefaultInstanceWarmup',
  'Cooldown',
])

/** Properties as the API takes them: numbers are written as text in templates. */
function inputOf(p: JsonObject, name: string): JsonObject {
  const { VPCZoneIdentifier, Cooldown, AvailabilityZones, Tags, AutoScalingGroupName: _name, ...rest } = p
  const plain = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, SIZES.has(key) ? Number(value) : value]),
  )
  return {
    ...plain,
    AutoScalingGroupName: name,
    ...(VPCZoneIdentifier === undefined
      ? {}
      : { VPCZoneIdentifier: (VPCZoneIdentifier as readonly string[]).join(',') }),
    ...(AvailabilityZones === undefined ? {} : { AvailabilityZones }),
    ...(Cooldown === undefined ? {} : { DefaultCooldown: Number(Cooldown) }),
    ...(Tags === undefined ? {} : { Tags }),
  } as JsonObject
}

const run = ({ world, principal, region }: ResourceCall, operation: string, input: JsonObject) =>
  callService({ world, service: 'autoscaling', operation, input, principal, region })

/** CloudFormation resource types of Auto Scaling. */
export const resources: readonly ResourceType[] = [
  {
    type: 'AWS::AutoScaling::AutoScalingGroup',
    required: ['MaxSize', 'MinSize'],
    replaces: ['AutoScalingGroupName'],
    create: (p, call) => {
      const physicalId = String(p.AutoScalingGroupName ?? call.generatedName)
      const answer = run(call, 'CreateAutoScalingGroup', inputOf(p, physicalId))
      return 'error' in answer ? answer : { physicalId, emit: answer.emit ?? [] }
    },
    update: (physicalId, p, _before, call) => {
      const { Tags: _tags, TargetGroupARNs: _groups, ...input } = inputOf(p, physicalId)
      const answer = run(call, 'UpdateAutoScalingGroup', input)
      return 'error' in answer ? answer : { physicalId, emit: answer.emit ?? [] }
    },
    remove: (physicalId, _p, call) => {
      const answer = run(call, 'DeleteAutoScalingGroup', { AutoScalingGroupName: physicalId, ForceDelete: true })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit ?? [] }
    },
    state: (physicalId, world) => {
      for (const one of world.all(GROUP)) {
        const group = one as Group
        if (group.id !== groupId(group.region, physicalId)) continue
        if (group.deleting) return 'working'
        const serving = membersOf(world, group.id).filter(({ state }) => state === 'InService').length
        return serving >= group.DesiredCapacity ? 'ready' : 'working'
      }
      return 'gone'
    },
    watches: [GROUP, 'aws.autoscaling.Instance'],
    attributes: (physicalId) => ({ AutoScalingGroupName: physicalId }),
  },
]
