import { EPOCH, type World } from '../../../kernel/index.ts'
import { type BusEvent, defineService, type Happened, type ResourceType } from '../core/index.ts'
import { alarmController } from './alarm.controller.ts'
import { ALARM, type Alarm, alarmArn } from './alarm.ts'
import { alarmOperations } from './alarmOperations.ts'
import { alarmResource } from './alarmResource.ts'
import { api } from './api.generated.ts'
import { exported } from './exported.ts'
import { cloudwatchKinds } from './kinds.ts'
import { metricOperations } from './metricOperations.ts'
import { putMetricArguments } from './putMetricArguments.ts'
import { settingOperations } from './settingOperations.ts'

export { type AlarmState, alarmRule } from './alarm.rule.ts'
export { ALARM, type Alarm, alarmId } from './alarm.ts'
export { valueAt } from './sampling.ts'

function announce(event: Happened, world: World): BusEvent | undefined {
  const alarm = world.get(event.to) as Alarm | undefined
  if (!alarm || event.from === event.into) return undefined
  const at = new Date(EPOCH + world.now).toISOString().replace('Z', '+0000')
  return {
    source: 'aws.cloudwatch',
    detailType: 'CloudWatch Alarm State Change',
    resources: [alarmArn(alarm)],
    detail: {
      alarmName: alarm.config.AlarmName,
      state: { value: event.into, reason: alarm.StateReason, reasonData: alarm.StateReasonData ?? '', timestamp: at },
      previousState: { value: event.from ?? 'INSUFFICIENT_DATA', timestamp: at },
      configuration: { description: alarm.config.AlarmDescription ?? '' },
    },
  }
}

/** Amazon CloudWatch: metrics, and alarms on them. */
export const cloudwatch = defineService({
  name: 'cloudwatch',
  api,
  operations: [...alarmOperations, ...metricOperations, ...settingOperations],
  kinds: cloudwatchKinds,
  controllers: [alarmController],
  exports: exported,
  resources: [alarmResource] satisfies readonly ResourceType[],
  cliArguments: putMetricArguments,
  announces: { [ALARM]: { Alarmed: announce, Recovered: announce, Starved: announce } },
})
