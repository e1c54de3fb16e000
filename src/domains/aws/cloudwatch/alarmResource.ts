import type { JsonObject } from '../../../kernel/index.ts'
import { arnOf, callService, type ResourceCall, type ResourceType } from '../core/index.ts'
import { ALARM, alarmId } from './alarm.ts'

function put(name: string, properties: JsonObject, { world, principal, region }: ResourceCall) {
  const answer = callService({
    world,
    service: 'cloudwatch',
    operation: 'PutMetricAlarm',
    input: { ...properties, AlarmName: name },
    principal,
    region,
  })
  return 'error' in answer ? answer : { physicalId: name, emit: answer.emit ?? [] }
}

/** `AWS::CloudWatch::Alarm`. */
export const alarmResource: ResourceType = {
  type: 'AWS::CloudWatch::Alarm',
  required: ['ComparisonOperator', 'EvaluationPeriods'],
  replaces: ['AlarmName'],
  create: (properties, call) => put(String(properties['AlarmName'] ?? call.generatedName), properties, call),
  update: (name, properties, _before, call) => put(name, properties, call),
  remove: (name, _properties, { region, world }) => ({
    physicalId: name,
    emit: world.get(alarmId(region, name)) ? [{ to: alarmId(region, name), type: 'Deleted' }] : [],
  }),
  state: (name, world) => ([...world.all(ALARM)].some((one) => one.id.endsWith(`/${name}`)) ? 'ready' : 'gone'),
  watches: [ALARM],
  attributes: (name) => ({ Arn: arnOf('cloudwatch', 'us-east-1', `alarm:${name}`) }),
}
