import type { Json, JsonObject } from '../../../kernel/index.ts'
import { callService, type ResourceAnswer, type ResourceCall, type ResourceType } from '../core/index.ts'
import { CHECK, findZone, fullName, type HostedZone, NAME, nameId, ZONE } from './zone.ts'

const run = ({ world, principal, region }: ResourceCall, operation: string, input: JsonObject) =>
  callService({ world, service: 'route53', operation, input, principal, region })

const done = (physicalId: string, answer: ReturnType<typeof run>): ResourceAnswer =>
  'error' in answer ? answer : { physicalId, emit: answer.emit ?? [] }

/** A record as the API has it, from its properties. */
function recordOf(p: JsonObject): JsonObject {
  const {
    HostedZoneId: _zone,
    HostedZoneName: _name,
    Comment: _comment,
    ResourceRecords,
    TTL,
    Weight,
    AliasTarget,
    ...rest
  } = p
  const alias = AliasTarget as JsonObject | undefined
  return {
    ...rest,
    Name: fullName(String(p.Name)),
    ...(TTL === undefined ? {} : { TTL: Number(TTL) }),
    ...(Weight === undefined ? {} : { Weight: Number(Weight) }),
    ...(ResourceRecords === undefined
      ? {}
      : { ResourceRecords: (ResourceRecords as readonly Json[]).map((Value) => ({ Value })) }),
    ...(alias
      ? {
          AliasTarget: {
            ...alias,
            EvaluateTargetHealth: alias.EvaluateTargetHealth === true || alias.EvaluateTargetHealth === 'true',
          },
        }
      : {}),
  } as JsonObject
}

function zoneIdOf(p: JsonObject, call: ResourceCall): string {
  if (p.HostedZoneId !== undefined) return String(p.HostedZoneId)
  for (const one of call.world.all(ZONE))
    if ((one as HostedZone).Name === fullName(String(p.HostedZoneName ?? ''))) return (one as HostedZone).zoneId
  return String(p.HostedZoneName ?? '')
}

function change(p: JsonObject, call: ResourceCall, Action: string): ResourceAnswer {
  const HostedZoneId = zoneIdOf(p, call)
  const record = recordOf(p)
  const answer = run(call, 'ChangeResourceRecordSets', {
    HostedZoneId,
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet: record }] },
  })
  return done(`${HostedZoneId}|${String(record.Name)}|${String(p.Type)}|${String(p.SetIdentifier ?? '')}`, answer)
}

/** CloudFormation resource types of Route 53. */
export const resources: readonly ResourceType[] = [
  {
    type: 'AWS::Route53::HostedZone',
    required: ['Name'],
    replaces: ['Name'],
    create: (p, call) => {
      const answer = run(call, 'CreateHostedZone', { Name: String(p.Name), CallerReference: call.generatedName })
      if ('error' in answer) return answer
      const { HostedZone } = answer.output as { readonly HostedZone: { readonly Id: string } }
      return { physicalId: HostedZone.Id.replace('/hostedzone/', ''), emit: answer.emit ?? [] }
    },
    remove: (physicalId, _p, call) => done(physicalId, run(call, 'DeleteHostedZone', { Id: physicalId })),
    state: (physicalId, world) => (findZone(world, physicalId) ? 'ready' : 'gone'),
    watches: [ZONE],
    attributes: (physicalId, world) => ({
      Id: physicalId,
      NameServers: [...(findZone(world, physicalId)?.nameServers ?? [])],
    }),
  },
  {
    type: 'AWS::Route53::RecordSet',
    required: ['Name', 'Type'],
    replaces: ['Name', 'Type', 'HostedZoneId', 'HostedZoneName', 'SetIdentifier'],
    create: (p, call) => change(p, call, 'CREATE'),
    update: (_physicalId, p, _before, call) => change(p, call, 'UPSERT'),
    remove: (_physicalId, p, call) => change(p, call, 'DELETE'),
    state: (physicalId, world) => {
      const [zone = '', name = '', type = ''] = physicalId.split('|')
      return world.get(nameId(zone, name, type)) ? 'ready' : 'gone'
    },
    watches: [NAME],
    ref: (physicalId) => (physicalId.split('|')[1] ?? '').replace(/\.$/, ''),
  },
  {
    type: 'AWS::Route53::HealthCheck',
    required: ['HealthCheckConfig'],
    replaces: ['*'],
    create: (p, call) => {
      const numbers = ['Port', 'RequestInterval', 'FailureThreshold', 'HealthThreshold']
      const config = Object.fromEntries(
        Object.entries(p.HealthCheckConfig as JsonObject).map(([key, value]) => [
          key,
          numbers.includes(key) ? Number(value) : value,
        ]),
      )
      const answer = run(call, 'CreateHealthCheck', {
        CallerReference: call.generatedName,
        HealthCheckConfig: config as JsonObject,
      })
      if ('error' in answer) return answer
      return {
        physicalId: (answer.output as { readonly HealthCheck: { readonly Id: string } }).HealthCheck.Id,
        emit: answer.emit ?? [],
      }
    },
    remove: (physicalId, _p, call) => done(physicalId, run(call, 'DeleteHealthCheck', { HealthCheckId: physicalId })),
    state: (physicalId, world) => (world.get(`${CHECK}/${physicalId}`) ? 'ready' : 'gone'),
    watches: [CHECK],
    attributes: (physicalId) => ({ HealthCheckId: physicalId }),
  },
]
