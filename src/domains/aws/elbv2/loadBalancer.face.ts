import type { Face } from '../../../kernel/index.ts'
import { regionId } from '../../places/index.ts'
import { flows } from '../../traffic/index.ts'
import { passingBalancer } from './metrics.ts'
import {
  below,
  LISTENER,
  type Listener,
  type LoadBalancer,
  ofArn,
  TARGET_GROUP,
  type TargetGroup,
  weightsOf,
} from './records.ts'
import { rulesOf } from './serving.ts'

/** How a load balancer looks: a card in its region, with the traffic to its target groups. */
export const loadBalancerFace: Face<LoadBalancer> = {
  label: 'Load balancer',
  plural: 'Load balancers',
  pictogram: 'loadbalancer',
  shape: 'card',
  rank: 2,
  within: ({ region }) => regionId(region),
  look: (balancer, world) => {
    const listeners = world.lookup(below, balancer.id).filter(({ kind }) => kind === LISTENER) as unknown as Listener[]
    const passing = passingBalancer(world, balancer)
    const failing = passing.rate > 0 && (passing.bad + passing.lost) / passing.rate > 0.01
    const active = balancer.state === 'active'
    return {
      title: balancer.LoadBalancerName,
      note: TYPES[balancer.Type],
      tone: !active ? 'prog' : failing ? 'warn' : 'ok',
      word: active ? 'Active' : 'Provisioning',
      detail: failing
        ? `${Math.round(((passing.bad + passing.lost) / passing.rate) * 100)} % of requests fail.`
        : listeners.length === 0 && active
          ? 'It has no listener yet.'
          : undefined,
      figures: passing.rate > 0 ? [`${round(passing.rate)}/s`] : [],
      facts: [
        ['DNS name', balancer.DNSName],
        ['Scheme', balancer.Scheme],
        ['Zones', balancer.nodes.map(({ ZoneName }) => ZoneName).join(', ')],
        ...listeners.map(
          ({ Protocol, Port, id }) => [`${Protocol} ${Port}`, `${rulesOf(world, id).length + 1} rules`] as const,
        ),
      ],
    }
  },
  links: (balancer, world) => {
    const weights = new Map<string, number>()
    for (const listener of world.lookup(below, balancer.id) as unknown as readonly Listener[])
      for (const actions of [listener.DefaultActions, ...rulesOf(world, listener.id).map(({ Actions }) => Actions)])
        for (const action of actions)
          for (const { arn, weight } of weightsOf(action)) weights.set(arn, Math.max(weight, weights.get(arn) ?? 0))
    const { edges } = flows(world)
    return [...weights].flatMap(([arn, weight]) => {
      const group = ofArn<TargetGroup>(world, TARGET_GROUP, arn)
      if (!group) return []
      const edge = edges.find(({ from, to }) => from === balancer.id && to === group.id)
      return [
        {
          to: group.id,
          kind: weight > 0 ? ('traffic' as const) : ('control' as const),
          ...(edge ? { rate: edge.rate, p95: edge.p95, errors: edge.errors } : {}),
        },
      ]
    })
  },
  actions: (balancer) => [
    {
      id: 'send',
      label: 'Send requests to it',
      line: `lab traffic start to-${balancer.LoadBalancerName.toLowerCase()} --to http://${balancer.DNSName}/ --rate 20`,
    },
    {
      id: 'delete',
      label: 'Delete',
      line: `aws elbv2 delete-load-balancer --region ${balancer.region} --load-balancer-arn ${balancer.arn}`,
      sort: 'danger',
    },
  ],
  connect: {
    [TARGET_GROUP]: (balancer, to, world) => {
      const group = to as TargetGroup
      if (group.VpcId !== undefined && group.VpcId !== balancer.VpcId) return { refuse: 'They are in different VPCs' }
      const listener = world.lookup(below, balancer.id).find(({ kind }) => kind === LISTENER) as Listener | undefined
      const action = `Type=forward,TargetGroupArn=${group.arn}`
      const region = `--region ${balancer.region}`
      return {
        line: listener
          ? `aws elbv2 modify-listener ${region} --listener-arn ${listener.arn} --default-actions ${action}`
          : `aws elbv2 create-listener ${region} --load-balancer-arn ${balancer.arn} --protocol ${balancer.Type === 'application' ? 'HTTP' : 'TCP'} --port 80 --default-actions ${action}`,
      }
    },
  },
  palette: [
    {
      id: 'application-load-balancer',
      label: 'Application Load Balancer',
      pictogram: 'loadbalancer',
      group: 'AWS network',
      into: ['place.Region'],
      line: (into, _world, n) => {
        const region = into?.id.slice('place.Region/'.length) ?? 'us-east-1'
        if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return { refuse: `${region} is no region of AWS` }
        const subnets = `$(aws ec2 describe-subnets --region ${region} --filters Name=default-for-az,Values=true --query 'Subnets[].SubnetId' --output text)`
        return { line: `aws elbv2 create-load-balancer --region ${region} --name web-${n} --subnets ${subnets}` }
      },
    },
  ],
  marks: { Created: 'deploy', 'after.provision': 'state' },
}

const TYPES = { application: 'Application', network: 'Network', gateway: 'Gateway' } as const

function round(rate: number): string {
  return rate < 10 ? String(Number(rate.toFixed(1))) : String(Math.round(rate))
}
