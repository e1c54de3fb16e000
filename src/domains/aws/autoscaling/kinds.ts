import { defineKind, defineLifecycle, type Face, type Fields, type Kind, type Segment } from '../../../kernel/index.ts'
import { regionId } from '../../places/index.ts'
import { recordKind } from '../core/index.ts'
import { INSTANCE, instanceEntityId } from '../ec2/index.ts'
import { activityKind } from './activity.ts'
import {
  CONFIGURATION,
  counts,
  GROUP,
  type Group,
  MEMBER,
  type Member,
  membersOf,
  POLICY,
  type Policy,
  REFRESH,
  type Refresh,
} from './group.ts'
import { memberLifecycle } from './member.lifecycle.ts'

const FILL: { readonly [state: string]: Segment['fill'] } = { InService: 'new', Standby: 'dashed' }

const groupFace: Face<Group> = {
  label: 'Auto Scaling group',
  plural: 'Auto Scaling groups',
  pictogram: 'group',
  shape: 'card',
  rank: 4,
  within: ({ region }) => regionId(region),
  look: (group, world) => {
    const members = membersOf(world, group.id)
    const serving = members.filter(({ state }) => state === 'InService').length
    const failed = world
      .ownedBy(group.id)
      .some(
        ({ kind, state, since }) =>
          kind === 'aws.autoscaling.Activity' && state === 'Failed' && world.now - since < 120_000,
      )
    return {
      title: group.AutoScalingGroupName,
      note: group.LaunchTemplate?.LaunchTemplateName ?? group.LaunchConfigurationName,
      tone: failed ? 'err' : serving === group.DesiredCapacity ? (serving === 0 ? 'idle' : 'ok') : 'prog',
      word: failed ? 'Cannot launch' : `${serving} of ${group.DesiredCapacity}`,
      detail: group.suspended.length > 0 ? `Suspended: ${group.suspended.join(', ')}` : undefined,
      segments: members.map(
        ({ state }): Segment => ({ fill: FILL[state] ?? (state.startsWith('Term') ? 'ending' : 'half') }),
      ),
      figures: [`${group.MinSize} to ${group.MaxSize}`],
      facts: [
        ['Zones', group.AvailabilityZones.join(', ')],
        ['Health check', group.HealthCheckType],
        ['Policies', String(world.ownedBy(group.id).filter(({ kind }) => kind === POLICY).length)],
      ],
    }
  },
  links: (group, world) =>
    membersOf(world, group.id).map(({ region, InstanceId }) => ({
      to: instanceEntityId(region, InstanceId),
      kind: 'control' as const,
    })),
  actions: (group, world) => {
    const set = (count: number) =>
      `aws autoscaling set-desired-capacity --region ${group.region} --auto-scaling-group-name ${group.AutoScalingGroupName} --desired-capacity ${count}`
    const size = membersOf(world, group.id).filter(counts).length
    return [
      ...(group.DesiredCapacity < group.MaxSize
        ? [{ id: 'more', label: 'One more instance', line: set(group.DesiredCapacity + 1) }]
        : []),
      ...(group.DesiredCapacity > group.MinSize
        ? [{ id: 'fewer', label: 'One fewer instance', line: set(group.DesiredCapacity - 1) }]
        : []),
      ...(size > 0
        ? [
            {
              id: 'refresh',
              label: 'Replace all instances',
              line: `aws autoscaling start-instance-refresh --region ${group.region} --auto-scaling-group-name ${group.AutoScalingGroupName}`,
            },
          ]
        : []),
      {
        id: 'delete',
        label: 'Delete with its instances',
        line: `aws autoscaling delete-auto-scaling-group --region ${group.region} --auto-scaling-group-name ${group.AutoScalingGroupName} --force-delete`,
        sort: 'danger' as const,
      },
    ]
  },
  connect: {
    'aws.elbv2.TargetGroup': (group, to) => ({
      line: `aws autoscaling attach-load-balancer-target-groups --region ${group.region} --auto-scaling-group-name ${group.AutoScalingGroupName} --target-group-arns ${(to as typeof to & { readonly arn: string }).arn}`,
    }),
  },
  palette: [
    {
      id: 'auto-scaling-group',
      label: 'Auto Scaling group',
      pictogram: 'group',
      group: 'AWS compute',
      into: ['place.Region'],
      line: (into, _world, n) => {
        const region = into?.id.slice('place.Region/'.length) ?? 'us-east-1'
        if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return { refuse: `${region} is no region of AWS` }
        const image = 'resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'
        const template = `aws ec2 create-launch-template --region ${region} --launch-template-name fleet-${n} --launch-template-data '{"ImageId":"${image}","InstanceType":"t3.micro"}'`
        const group = `aws autoscaling create-auto-scaling-group --region ${region} --auto-scaling-group-name fleet-${n} --launch-template LaunchTemplateName=fleet-${n} --min-size 1 --max-size 4 --desired-capacity 2 --availability-zones ${region}a ${region}b`
        return { line: `${template} && ${group}` }
      },
    },
  ],
  marks: { Created: 'deploy', Changed: 'state' },
}

const ends = (target: string, description: string) => ({ target, description })

const refreshKind = defineKind<Refresh>({
  kind: REFRESH,
  lifecycle: defineLifecycle({
    id: 'autoscalingRefresh',
    initial: 'Pending',
    states: {
      Pending: {
        description: 'It is about to begin.',
        tags: ['prog'],
        on: { Began: ends('InProgress', 'It begins.'), Cancelled: ends('Cancelled', 'Someone cancels it.') },
      },
      InProgress: {
        description: 'Instances are replaced a few at a time.',
        tags: ['prog'],
        on: {
          Completed: ends('Successful', 'All are replaced and warm.'),
          Cancelled: ends('Cancelled', 'Someone cancels it.'),
          Deleted: ends('Gone', 'Its group is deleted.'),
        },
      },
      Successful: {
        description: 'All instances were replaced.',
        tags: ['ok'],
        on: { Deleted: ends('Gone', 'Its group is deleted.') },
      },
      Cancelled: {
        description: 'It was cancelled; those replaced stay.',
        tags: ['idle'],
        on: { Deleted: ends('Gone', 'Its group is deleted.') },
      },
      Gone: { description: 'Nobody remembers it.', type: 'final' },
    },
  }),
  apply: {
    Completed: (_refresh, event) => event.data as Fields,
    Cancelled: (_refresh, event) => ({ endedAt: event.at }),
  },
})

/** How long a hook waits, in ms, when its default result is `result`; for ever otherwise. */
function heartbeat(member: Member, group: Group | undefined, result: string): number {
  const hook = group?.hooks.find(({ LifecycleHookName }) => LifecycleHookName === member.hook)
  return (hook?.DefaultResult ?? 'ABANDON') === result
    ? (hook?.HeartbeatTimeout ?? 3600) * 1000
    : Number.POSITIVE_INFINITY
}

const memberKind = defineKind<Member>({
  kind: MEMBER,
  lifecycle: memberLifecycle,
  delays: {
    continued: (member, world) => heartbeat(member, world.get(member.group) as Group | undefined, 'CONTINUE'),
    abandoned: (member, world) => heartbeat(member, world.get(member.group) as Group | undefined, 'ABANDON'),
  },
  apply: {
    HookWaited: (_member, event) => event.data as Fields,
    Continued: () => ({ hook: undefined, token: undefined }),
    EnteredService: (_member, event) => event.data as Fields,
    MarkedUnhealthy: () => ({ HealthStatus: 'Unhealthy' }),
    TargetsChanged: (_member, event) => event.data as Fields,
    ProtectionSet: (_member, event) => event.data as Fields,
    TerminationBegan: (_member, event) => (event.data ?? {}) as Fields,
  },
  tell: {
    EnteredService: (_event, member) =>
      `[${member?.InstanceId ?? ''}](${INSTANCE}/${member?.region}/${member?.InstanceId}) enters service.`,
    MarkedUnhealthy: (_event, member) => `\`${member?.InstanceId ?? ''}\` is unhealthy: the group will replace it.`,
    TerminationBegan: (_event, member) => `\`${member?.InstanceId ?? ''}\` is taken out of service.`,
  },
})

/** Kinds of Auto Scaling. */
export const kinds: readonly Kind[] = [
  recordKind<Group>({
    kind: GROUP,
    noun: 'an Auto Scaling group',
    face: groupFace,
    tell: {
      Created: (event, group) => `The Auto Scaling group [${group?.AutoScalingGroupName ?? ''}](${event.to}) is made.`,
      Changed: (event, group) => {
        const { DesiredCapacity } = event.data as Partial<Group>
        const name = `[${group?.AutoScalingGroupName ?? ''}](${event.to})`
        return DesiredCapacity === undefined
          ? `${name} is changed.`
          : `${name} is to have ${DesiredCapacity} instances.`
      },
    },
  }),
  memberKind,
  activityKind,
  recordKind<Policy>({ kind: POLICY, noun: 'a scaling policy' }),
  refreshKind,
  recordKind({ kind: CONFIGURATION, noun: 'a launch configuration' }),
]
