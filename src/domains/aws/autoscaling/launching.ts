import { type Answer, EPOCH, type World } from '../../../kernel/index.ts'
import type { ApiError } from '../core/index.ts'
import { type LaunchOrder, launch, networkRecords, type Subnet, subnetOf, templateData } from '../ec2/index.ts'
import { beginActivity, momentText } from './activity.ts'
import { CONFIGURATION, type Group, MEMBER, memberId, membersOf } from './group.ts'

/** Subnets that a group may launch in. */
export function subnetsOf(
  world: World,
  group: Pick<Group, 'region' | 'VPCZoneIdentifier' | 'AvailabilityZones'>,
): readonly Subnet[] {
  const ids = group.VPCZoneIdentifier.split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '')
  if (ids.length > 0)
    return ids.flatMap((id) => {
      const subnet = subnetOf(world, group.region, id)
      return subnet ? [subnet] : []
    })
  return networkRecords<Subnet>(world, 'aws.ec2.Subnet', group.region).filter(
    ({ DefaultForAz, AvailabilityZone }) => DefaultForAz && group.AvailabilityZones.includes(AvailabilityZone),
  )
}

/** What the instances of a group are to be like, and what they are named after. */
export function orderOf(
  world: World,
  group: Pick<Group, 'region' | 'LaunchTemplate' | 'LaunchConfigurationName'>,
):
  | {
      readonly order: LaunchOrder
      readonly version?: {
        readonly LaunchTemplateId: string
        readonly LaunchTemplateName: string
        readonly Version: string
      }
    }
  | { readonly error: ApiError } {
  if (group.LaunchTemplate) {
    const found = templateData(world, group.region, group.LaunchTemplate)
    if ('error' in found) return found
    const { LaunchTemplateId, LaunchTemplateName } = found.template
    return { order: found.data, version: { LaunchTemplateId, LaunchTemplateName, Version: String(found.version) } }
  }
  const configuration = world.get(`${CONFIGURATION}/${group.region}/${group.LaunchConfigurationName}`) as
    | { readonly order?: LaunchOrder }
    | undefined
  return configuration?.order
    ? { order: configuration.order }
    : { error: { code: 'ValidationError', message: 'Launch configuration name not found - null' } }
}

/** Launches instances for a group, each in the zone that has the fewest: answers with what happens, failures included. */
export function launchMore(world: World, group: Group, count: number, why: string): readonly Answer[] {
  const answers: Answer[] = []
  const perZone = new Map<string, number>()
  const subnets = subnetsOf(world, group).filter(
    ({ AvailabilityZone }) => world.get(`place.Zone/${AvailabilityZone}`)?.state !== 'Dark',
  )
  for (const { AvailabilityZone } of subnets) perZone.set(AvailabilityZone, 0)
  for (const { AvailabilityZone, state } of membersOf(world, group.id))
    if (!state.startsWith('Terminating') && perZone.has(AvailabilityZone))
      perZone.set(AvailabilityZone, (perZone.get(AvailabilityZone) ?? 0) + 1)
  const wanted = orderOf(world, group)
  const opened = new Set<string>()
  for (let n = 0; n < count; n++) {
    const [zone = ''] = [...perZone].sort((a, b) => a[1] - b[1])[0] ?? []
    const subnet = subnets.find(({ AvailabilityZone }) => AvailabilityZone === zone)
    perZone.set(zone, (perZone.get(zone) ?? 0) + 1)
    const made =
      'error' in wanted || !subnet
        ? undefined
        : launch(world, group.region, orderFor(group, wanted.order, subnet), 1, group.id, ['asg', group.id, n])
    const problem =
      'error' in wanted
        ? wanted.error.message
        : !subnet
          ? 'None of the zones of the group is available.'
          : made && 'error' in made
            ? made.error.message
            : undefined
    if (!made || 'error' in made) {
      const activity = beginActivity(world, group, 'Launching a new EC2 instance.', why, zone, n)
      const StatusMessage = `${problem} Launching EC2 instance failed.`
      answers.push(activity.emit, { to: activity.id, type: 'Failed', data: { StatusMessage } })
      return [...answers, { again: 60_000 }]
    }
    const [instance] = made.instances
    if (!instance) continue
    const activity = beginActivity(world, group, `Launching a new EC2 instance: ${instance.InstanceId}`, why, zone, n)
    for (const emission of made.emit) {
      if (emission.kind !== 'aws.ec2.Instance' && opened.has(emission.to)) continue
      opened.add(emission.to)
      answers.push(emission)
    }
    answers.push(activity.emit, {
      to: memberId(group.region, instance.InstanceId),
      kind: MEMBER,
      type: 'Launched',
      by: group.id,
      data: {
        owner: group.id,
        region: group.region,
        group: group.id,
        InstanceId: instance.InstanceId,
        InstanceType: instance.InstanceType,
        AvailabilityZone: instance.Placement.AvailabilityZone,
        HealthStatus: 'Healthy',
        ProtectedFromScaleIn: group.NewInstancesProtectedFromScaleIn,
        ...('version' in wanted && wanted.version
          ? { LaunchTemplate: wanted.version }
          : { LaunchConfigurationName: group.LaunchConfigurationName }),
        registered: [],
        activity: activity.id,
      },
    })
  }
  return answers
}

function orderFor(group: Group, order: LaunchOrder, subnet: Subnet): LaunchOrder {
  const own = group.Tags.filter(({ PropagateAtLaunch }) => PropagateAtLaunch).map(({ Key, Value }) => ({ Key, Value }))
  const Tags = [{ Key: 'aws:autoscaling:groupName', Value: group.AutoScalingGroupName }, ...own]
  const [card, ...cards] = order.NetworkInterfaces ?? []
  return {
    ...order,
    SubnetId: subnet.SubnetId,
    ...(card ? { NetworkInterfaces: [{ ...card, SubnetId: subnet.SubnetId }, ...cards] } : {}),
    TagSpecifications: [...(order.TagSpecifications ?? []), { ResourceType: 'instance', Tags }],
  }
}

/** How long a change of the capacity is told as the cause of what is launched, in ms. */
const RECENT = 60_000

/** Why a group launches or terminates, as its activities tell it. */
export function causeOf(world: World, group: Group, from: number, to: number): string {
  const at = momentText(world.now)
  // What changed the capacity some time ago is not why an instance is replaced now.
  const changedAt = Date.parse(/^At (\S+)/.exec(group.cause ?? '')?.[1] ?? '') - EPOCH
  const lead = world.now - changedAt < RECENT ? `${group.cause}  ` : ''
  const verb = to > from ? 'increasing' : 'shrinking'
  const what = to > from ? 'an instance was started' : 'an instance was taken out of service'
  return `${lead}At ${at} ${what} in response to a difference between desired and actual capacity, ${verb} the capacity from ${from} to ${to}.`
}
