import type { Face, Segment } from '../../../kernel/index.ts'
import { regionId } from '../../places/index.ts'
import { flows } from '../../traffic/index.ts'
import { INSTANCE, instancesByAddress } from '../ec2/index.ts'
import { passingGroup } from './metrics.ts'
import { balancersOf, type Target, type TargetGroup, targetsOf } from './records.ts'
import { eligible } from './serving.ts'

const FILL: { readonly [state: string]: Segment['fill'] } = {
  healthy: 'new',
  initial: 'half',
  unhealthy: 'failed',
  draining: 'ending',
  unused: 'dashed',
}

/** How a target group looks: a card with a segment for the health of each target, and the traffic to what answers. */
export const targetGroupFace: Face<TargetGroup> = {
  label: 'Target group',
  plural: 'Target groups',
  pictogram: 'targetgroup',
  shape: 'card',
  rank: 3,
  within: ({ region }) => regionId(region),
  look: (group, world) => {
    const targets = targetsOf(world, group.id)
    const count = (state: string) => targets.filter((target) => target.state === state).length
    const healthy = count('healthy')
    const used = balancersOf(world, group.arn).length > 0
    const { failOpen } = eligible(world, group)
    const { rate } = passingGroup(world, group)
    const failing = targets.find(({ state, reason }) => state === 'unhealthy' && reason)
    return {
      title: group.TargetGroupName,
      note: `${group.Protocol ?? 'Lambda'}${group.Port === undefined ? '' : ` ${group.Port}`}`,
      tone:
        !used || targets.length === 0
          ? 'idle'
          : failOpen
            ? 'err'
            : count('unhealthy') > 0
              ? 'warn'
              : healthy > 0
                ? 'ok'
                : 'prog',
      word: !used
        ? 'Not used'
        : targets.length === 0
          ? 'Empty'
          : failOpen
            ? 'Fails open'
            : `${healthy} of ${targets.length} healthy`,
      detail: failing?.reason?.Description,
      segments: targets.slice(0, 24).map(({ state }): Segment => ({ fill: FILL[state] ?? 'dashed' })),
      figures: rate > 0 ? [`${rate < 10 ? Number(rate.toFixed(1)) : Math.round(rate)}/s`] : [],
      facts: [
        ['Targets', `${targets.length} of type ${group.TargetType}`],
        [
          'Health check',
          `${group.HealthCheckProtocol} ${group.HealthCheckPath ?? ''} every ${group.HealthCheckIntervalSeconds} s`,
        ],
        [
          'Thresholds',
          `${group.HealthyThresholdCount} to be healthy, ${group.UnhealthyThresholdCount} to be unhealthy`,
        ],
        ['Deregistration delay', `${group.attributes['deregistration_delay.timeout_seconds']} s`],
      ],
    }
  },
  links: (group, world) => {
    const { edges } = flows(world)
    const flowing = edges.filter(({ from }) => from === group.id)
    const known = new Set(flowing.map(({ to }) => to))
    const machines = targetsOf(world, group.id).flatMap((target: Target) => {
      const instance = world.lookup(instancesByAddress, target.address ?? '')[0]
      return instance?.kind === INSTANCE &&
        target.state !== 'draining' &&
        !known.has(instance.id) &&
        flowing.length === 0
        ? [{ to: instance.id, kind: 'control' as const }]
        : []
    })
    return [
      ...flowing.map(({ to, rate, p95, errors }) => ({ to, kind: 'traffic' as const, rate, p95, errors })),
      ...machines,
    ]
  },
  actions: (group) => [
    {
      id: 'delete',
      label: 'Delete',
      line: `aws elbv2 delete-target-group --region ${group.region} --target-group-arn ${group.arn}`,
      sort: 'danger',
    },
  ],
  connect: {
    [INSTANCE]: (group, to) =>
      group.TargetType === 'instance'
        ? {
            line: `aws elbv2 register-targets --region ${group.region} --target-group-arn ${group.arn} --targets Id=${to.id.slice(to.id.lastIndexOf('/') + 1)}`,
          }
        : { refuse: `Its targets are of type ${group.TargetType}, not instances` },
  },
  palette: [
    {
      id: 'target-group',
      label: 'Target group',
      pictogram: 'targetgroup',
      group: 'AWS network',
      into: ['place.Region'],
      line: (into, _world, n) => {
        const region = into?.id.slice('place.Region/'.length) ?? 'us-east-1'
        if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return { refuse: `${region} is no region of AWS` }
        const vpc = `$(aws ec2 describe-vpcs --region ${region} --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)`
        return {
          line: `aws elbv2 create-target-group --region ${region} --name targets-${n} --protocol HTTP --port 80 --target-type ip --vpc-id ${vpc}`,
        }
      },
    },
  ],
}
