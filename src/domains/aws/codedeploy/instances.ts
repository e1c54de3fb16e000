import type { JsonObject, World } from '../../../kernel/index.ts'
import { callService, type Principal } from '../core/index.ts'
import { ON_PREMISES, type OnPremises } from './records.ts'
import type * as api from './types.generated.ts'

/** An instance that a deployment is for. */
export interface Found {
  readonly id: string
  readonly arn: string
  /** Id of the entity behind it. */
  readonly entity: string
  readonly isRunning: boolean
  readonly zone?: string | undefined
}

interface Asking {
  readonly world: World
  readonly region: string
  readonly principal: Principal
}

interface Ec2Instance {
  readonly InstanceId: string
  readonly State: { readonly Name: string }
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[]
  readonly Placement?: { readonly AvailabilityZone?: string }
}

/** Instances by tags, in Auto Scaling groups and on premises, each once, in order of their ids. */
export function instancesOf(
  settings: Pick<
    api.CreateDeploymentGroupInput,
    'ec2TagFilters' | 'ec2TagSet' | 'autoScalingGroups' | 'onPremisesInstanceTagFilters' | 'onPremisesTagSet'
  >,
  asking: Asking,
): readonly Found[] {
  const { world, region, principal } = asking
  const found = new Map<string, Found>()
  const ask = (service: string, operation: string, input: object): JsonObject | undefined => {
    const answer = callService({ world, service, operation, input: input as JsonObject, principal, region })
    return 'output' in answer ? (answer.output as JsonObject) : undefined
  }
  const ec2 = (ask('ec2', 'DescribeInstances', {})?.['Reservations'] ?? []) as unknown as readonly {
    readonly Instances: readonly Ec2Instance[]
  }[]
  const members = new Set<string>()
  if (settings.autoScalingGroups && settings.autoScalingGroups.length > 0) {
    const output = ask('autoscaling', 'DescribeAutoScalingGroups', {
      AutoScalingGroupNames: settings.autoScalingGroups,
    })
    for (const group of (output?.['AutoScalingGroups'] ?? []) as unknown as readonly {
      readonly Instances?: readonly { readonly InstanceId: string }[]
    }[])
      for (const { InstanceId } of group.Instances ?? []) members.add(InstanceId)
  }
  for (const { Instances } of ec2)
    for (const one of Instances) {
      if (['terminated', 'shutting-down'].includes(one.State.Name)) continue
      if (
        !members.has(one.InstanceId) &&
        !tagged(one.Tags ?? [], settings.ec2TagFilters, settings.ec2TagSet?.ec2TagSetList)
      )
        continue
      found.set(one.InstanceId, {
        id: one.InstanceId,
        arn: `arn:aws:ec2:${region}:${principal.account}:instance/${one.InstanceId}`,
        entity: `aws.ec2.Instance/${region}/${one.InstanceId}`,
        isRunning: one.State.Name === 'running',
        zone: one.Placement?.AvailabilityZone,
      })
    }
  for (const entity of world.all(ON_PREMISES)) {
    const one = entity as OnPremises
    if (one.region !== region || one.deregistered !== undefined) continue
    const tags = one.tags.map(({ Key = '', Value = '' }) => ({ Key, Value }))
    if (tagged(tags, settings.onPremisesInstanceTagFilters, settings.onPremisesTagSet?.onPremisesTagSetList))
      found.set(one.name, { id: one.name, arn: one.arn, entity: one.id, isRunning: true })
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

type Tags = readonly { readonly Key: string; readonly Value: string }[]

/** One of the filters is enough; of a set of lists one of each. */
function tagged(
  tags: Tags,
  filters: readonly api.EC2TagFilter[] | undefined,
  set: readonly (readonly api.EC2TagFilter[])[] | undefined,
): boolean {
  const lists = [...(filters && filters.length > 0 ? [filters] : []), ...(set ?? [])]
  return lists.length > 0 && lists.every((list) => list.some((filter) => tags.some((tag) => fits(filter, tag))))
}

function fits({ Type, Key, Value }: api.EC2TagFilter, tag: Tags[number]): boolean {
  if (Type === 'KEY_ONLY') return tag.Key === Key
  if (Type === 'VALUE_ONLY') return tag.Value === Value
  return tag.Key === Key && (Value === undefined || tag.Value === Value)
}
