import type { Json, JsonObject } from '../../../kernel/index.ts'
import { callService, type ResourceCall, type ResourceType } from '../core/index.ts'
import { POLICY, type Policy, type ScalableTarget, TARGET } from './target.ts'

const NUMBERS = new Set([
  'MinCapacity',
  'MaxCapacity',
  'TargetValue',
  'ScaleInCooldown',
  'ScaleOutCooldown',
  'Cooldown',
  'ScalingAdjustment',
  'MetricIntervalLowerBound',
  'MetricIntervalUpperBound',
  'MinAdjustmentMagnitude',
])

function numbered(value: Json): Json {
  if (Array.isArray(value)) return value.map(numbered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, one]) => [
      key,
      NUMBERS.has(key) ? Number(one) : numbered(one as Json),
    ]),
  )
}

const run = ({ world, principal, region }: ResourceCall, operation: string, input: JsonObject) =>
  callService({ world, service: 'application-autoscaling', operation, input, principal, region })

const DIMENSION = 'ecs:service:DesiredCount'

/** CloudFormation resource types of Application Auto Scaling. */
export const resources: readonly ResourceType[] = [
  {
    type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    required: ['MaxCapacity', 'MinCapacity', 'ResourceId', 'ScalableDimension', 'ServiceNamespace'],
    replaces: ['ResourceId', 'ScalableDimension', 'ServiceNamespace'],
    create: (p, call) => {
      const { ScheduledActions: _actions, ...input } = numbered(p) as JsonObject
      const answer = run(call, 'RegisterScalableTarget', input)
      return 'error' in answer
        ? answer
        : { physicalId: `${p.ResourceId}|${p.ScalableDimension}|${p.ServiceNamespace}`, emit: answer.emit ?? [] }
    },
    update: (physicalId, p, _before, call) => {
      const { ScheduledActions: _actions, ...input } = numbered(p) as JsonObject
      const answer = run(call, 'RegisterScalableTarget', input)
      return 'error' in answer ? answer : { physicalId, emit: answer.emit ?? [] }
    },
    remove: (physicalId, _p, call) => {
      const [ResourceId = '', ScalableDimension = DIMENSION, ServiceNamespace = 'ecs'] = physicalId.split('|')
      const answer = run(call, 'DeregisterScalableTarget', { ResourceId, ScalableDimension, ServiceNamespace })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit ?? [] }
    },
    state: (physicalId, world) => {
      const [resource] = physicalId.split('|')
      for (const one of world.all(TARGET)) if ((one as ScalableTarget).ResourceId === resource) return 'ready'
      return 'gone'
    },
    watches: [TARGET],
  },
  {
    type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
    required: ['PolicyName', 'PolicyType'],
    replaces: ['PolicyName', 'ScalingTargetId', 'ResourceId'],
    create: (p, call) => put(p, call),
    update: (_physicalId, p, _before, call) => put(p, call),
    remove: (physicalId, p, call) => {
      const answer = run(call, 'DeleteScalingPolicy', { PolicyName: String(p.PolicyName), ...placeOf(p) })
      return 'error' in answer ? answer : { physicalId, emit: answer.emit ?? [] }
    },
    state: (physicalId, world) => {
      for (const one of world.all(POLICY)) if ((one as Policy).config.PolicyARN === physicalId) return 'ready'
      return 'gone'
    },
    watches: [POLICY],
  },
]

function placeOf(p: JsonObject) {
  const [resource = '', dimension = DIMENSION, namespace = 'ecs'] = String(p.ScalingTargetId ?? '').split('|')
  return {
    ResourceId: String(p.ResourceId ?? resource),
    ScalableDimension: String(p.ScalableDimension ?? dimension),
    ServiceNamespace: String(p.ServiceNamespace ?? namespace),
  }
}

function put(p: JsonObject, call: ResourceCall) {
  const { ScalingTargetId: _target, ...input } = numbered(p) as JsonObject
  const answer = run(call, 'PutScalingPolicy', { ...input, ...placeOf(p) })
  if ('error' in answer) return answer
  return { physicalId: String((answer.output as { readonly PolicyARN?: string }).PolicyARN), emit: answer.emit ?? [] }
}
