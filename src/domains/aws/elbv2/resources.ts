import type { Emission, Json, JsonObject, World } from '../../../kernel/index.ts'
import { callService, type ResourceAnswer, type ResourceCall, type ResourceType } from '../core/index.ts'
import { balancerDimension, groupDimension } from './metrics.ts'
import {
  balancersOf,
  byArn,
  LISTENER,
  LOAD_BALANCER,
  type LoadBalancer,
  RULE,
  TARGET_GROUP,
  type TargetGroup,
} from './records.ts'

type Answered =
  | { readonly output: JsonObject; readonly emit: readonly Emission[] }
  | Extract<ResourceAnswer, { readonly error: unknown }>

function ask(call: ResourceCall, operation: string, input: object): Answered {
  const { world, principal, region } = call
  const answer = callService({
    world,
    service: 'elasticloadbalancing',
    operation,
    input: input as JsonObject,
    principal,
    region,
  })
  return 'error' in answer ? answer : { output: answer.output as JsonObject, emit: answer.emit ?? [] }
}

/** Numbers and booleans are often written as text in templates. */
function settled(value: Json | undefined): Json | undefined {
  if (typeof value === 'string' && /^\d+$/.test(value)) return Number(value)
  if (value === 'true' || value === 'false') return value === 'true'
  return value
}

const NUMBERS = new Set([
  'Port',
  'Priority',
  'Weight',
  'HealthCheckIntervalSeconds',
  'HealthCheckTimeoutSeconds',
  'HealthyThresholdCount',
  'UnhealthyThresholdCount',
  'Order',
  'DurationSeconds',
  'HealthCheckEnabled',
  'Enabled',
])

function numbered(value: Json): Json {
  if (Array.isArray(value)) return value.map(numbered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, one]) => [
      key,
      NUMBERS.has(key) ? (settled(one) ?? null) : numbered(one as Json),
    ]),
  )
}

function tagged(properties: JsonObject, call: ResourceCall) {
  const own = (properties.Tags ?? []) as readonly JsonObject[]
  const Tags = [...Object.entries(call.tags).map(([Key, Value]) => ({ Key, Value })), ...own]
  return Tags.length > 0 ? { Tags } : {}
}

/** Attributes of a load balancer or a target group, set after it was made. */
function attributes(
  to: string,
  before: { readonly [key: string]: string },
  list: Json | undefined,
): readonly Emission[] {
  const wanted = (list ?? []) as readonly { readonly Key?: string; readonly Value?: Json }[]
  if (wanted.length === 0) return []
  const changed = Object.fromEntries(wanted.map(({ Key = '', Value = '' }) => [Key, String(Value)]))
  return [{ to, type: 'Changed', data: { attributes: { ...before, ...changed } } }]
}

const there = (arn: string, world: World) => world.lookup(byArn, arn).length > 0
const short = (name: string) => name.slice(0, 32).replace(/-$/, '')

/** The data of the emission that makes a thing: it is not in the world yet. */
function madeBy(
  emit: readonly Emission[],
  kind: string,
): { readonly to: string; readonly attributes: { readonly [key: string]: string } } {
  const made = emit.find((one) => one.kind === kind)
  return { to: made?.to ?? '', attributes: (made?.data as LoadBalancer | undefined)?.attributes ?? {} }
}

/** CloudFormation resource types of Elastic Load Balancing. */
export const resources: readonly ResourceType[] = [
  {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    required: [],
    replaces: ['Name', 'Scheme', 'Type'],
    create: (p, call) => {
      const { LoadBalancerAttributes, Tags: _tags, ...rest } = p
      const answer = ask(call, 'CreateLoadBalancer', {
        ...rest,
        Name: p.Name ?? short(call.generatedName),
        ...tagged(p, call),
      })
      if ('error' in answer) return answer
      const [made] = answer.output.LoadBalancers as readonly JsonObject[]
      const { to, attributes: before } = madeBy(answer.emit, LOAD_BALANCER)
      return {
        physicalId: String(made?.LoadBalancerArn),
        emit: [...answer.emit, ...attributes(to, before, LoadBalancerAttributes)],
      }
    },
    update: (physicalId, p, _before, call) => {
      const balancer = call.world.lookup(byArn, physicalId)[0] as LoadBalancer | undefined
      if (!balancer) return { physicalId, emit: [] }
      const groups =
        p.SecurityGroups === undefined
          ? undefined
          : ask(call, 'SetSecurityGroups', { LoadBalancerArn: physicalId, SecurityGroups: p.SecurityGroups })
      if (groups && 'error' in groups) return groups
      return {
        physicalId,
        emit: [...(groups?.emit ?? []), ...attributes(balancer.id, balancer.attributes, p.LoadBalancerAttributes)],
      }
    },
    remove: (physicalId, _p, call) => {
      const answer = ask(call, 'DeleteLoadBalancer', { LoadBalancerArn: physicalId })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => {
      const [balancer] = world.lookup(byArn, physicalId)
      return !balancer ? 'gone' : balancer.state === 'active' ? 'ready' : 'working'
    },
    watches: [LOAD_BALANCER],
    attributes: (physicalId, world): { readonly [name: string]: Json } => {
      const balancer = world.lookup(byArn, physicalId)[0] as LoadBalancer | undefined
      if (!balancer) return {}
      return {
        DNSName: balancer.DNSName,
        CanonicalHostedZoneID: balancer.CanonicalHostedZoneId,
        LoadBalancerArn: balancer.arn,
        LoadBalancerName: balancer.LoadBalancerName,
        LoadBalancerFullName: balancerDimension(balancer),
        SecurityGroups: balancer.SecurityGroups as Json,
      }
    },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
    required: [],
    replaces: ['Name', 'Port', 'Protocol', 'ProtocolVersion', 'TargetType', 'VpcId'],
    create: (p, call) => {
      const { TargetGroupAttributes, Targets: _targets, Tags: _tags, ...rest } = numbered(p) as JsonObject
      const answer = ask(call, 'CreateTargetGroup', {
        ...rest,
        Name: p.Name ?? short(call.generatedName),
        ...tagged(p, call),
      })
      if ('error' in answer) return answer
      const [made] = answer.output.TargetGroups as readonly JsonObject[]
      const { to, attributes: before } = madeBy(answer.emit, TARGET_GROUP)
      return {
        physicalId: String(made?.TargetGroupArn),
        emit: [...answer.emit, ...attributes(to, before, TargetGroupAttributes)],
      }
    },
    update: (physicalId, p, _before, call) => {
      const group = call.world.lookup(byArn, physicalId)[0] as TargetGroup | undefined
      if (!group) return { physicalId, emit: [] }
      const checks = Object.fromEntries(
        Object.entries(numbered(p) as JsonObject).filter(
          ([key]) => /^Health|^Unhealthy/.test(key) || key === 'Matcher',
        ),
      )
      const answer = ask(call, 'ModifyTargetGroup', { TargetGroupArn: physicalId, ...checks })
      if ('error' in answer) return answer
      return { physicalId, emit: [...answer.emit, ...attributes(group.id, group.attributes, p.TargetGroupAttributes)] }
    },
    remove: (physicalId, _p, call) => {
      const answer = ask(call, 'DeleteTargetGroup', { TargetGroupArn: physicalId })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => (there(physicalId, world) ? 'ready' : 'gone'),
    watches: [TARGET_GROUP],
    attributes: (physicalId, world): { readonly [name: string]: Json } => {
      const group = world.lookup(byArn, physicalId)[0] as TargetGroup | undefined
      if (!group) return {}
      return {
        TargetGroupArn: group.arn,
        TargetGroupName: group.TargetGroupName,
        TargetGroupFullName: groupDimension(group),
        LoadBalancerArns: balancersOf(world, group.arn).map(({ arn }) => arn),
      }
    },
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    required: ['DefaultActions', 'LoadBalancerArn'],
    replaces: ['LoadBalancerArn'],
    create: (p, call) => {
      const answer = ask(call, 'CreateListener', numbered(p) as JsonObject)
      if ('error' in answer) return answer
      const [made] = answer.output.Listeners as readonly JsonObject[]
      return { physicalId: String(made?.ListenerArn), emit: answer.emit }
    },
    update: (physicalId, p, _before, call) => {
      const { LoadBalancerArn: _arn, ...rest } = numbered(p) as JsonObject
      const answer = ask(call, 'ModifyListener', { ListenerArn: physicalId, ...rest })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    remove: (physicalId, _p, call) => {
      const answer = ask(call, 'DeleteListener', { ListenerArn: physicalId })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => (there(physicalId, world) ? 'ready' : 'gone'),
    watches: [LISTENER],
    attributes: (physicalId) => ({ ListenerArn: physicalId }),
  },
  {
    type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    required: ['Actions', 'Conditions', 'ListenerArn', 'Priority'],
    replaces: ['ListenerArn'],
    create: (p, call) => {
      const answer = ask(call, 'CreateRule', numbered(p) as JsonObject)
      if ('error' in answer) return answer
      const [made] = answer.output.Rules as readonly JsonObject[]
      return { physicalId: String(made?.RuleArn), emit: answer.emit }
    },
    update: (physicalId, p, before, call) => {
      const { Actions, Conditions, Priority } = numbered(p) as JsonObject
      const answer = ask(call, 'ModifyRule', { RuleArn: physicalId, Actions, Conditions })
      if ('error' in answer) return answer
      if (Priority === (numbered(before) as JsonObject).Priority) return { physicalId, emit: answer.emit }
      const moved = ask(call, 'SetRulePriorities', { RulePriorities: [{ RuleArn: physicalId, Priority }] })
      return 'error' in moved ? moved : { physicalId, emit: [...answer.emit, ...moved.emit] }
    },
    remove: (physicalId, _p, call) => {
      const answer = ask(call, 'DeleteRule', { RuleArn: physicalId })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit }
    },
    state: (physicalId, world) => (there(physicalId, world) ? 'ready' : 'gone'),
    watches: [RULE],
    attributes: (physicalId) => ({ RuleArn: physicalId }),
  },
]
