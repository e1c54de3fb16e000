import { lean, type ServiceExporter, templateTags } from '../core/index.ts'
import { ALARM, type Alarm } from './alarm.ts'

/** Metric alarms. Those that target tracking makes come back with its policy. */
export const exported: ServiceExporter = (region, world) => ({
  resources: ([...world.all(ALARM)] as Alarm[])
    .filter((one) => one.region === region)
    .filter(({ config: { AlarmName, AlarmRule } }) => AlarmRule === undefined && !/^TargetTracking-/.test(AlarmName))
    .sort((a, b) => (a.config.AlarmName < b.config.AlarmName ? -1 : 1))
    .map(({ config, Tags }) => ({
      type: 'AWS::CloudWatch::Alarm',
      name: config.AlarmName,
      physicalId: config.AlarmName,
      properties: lean({
        ...config,
        ActionsEnabled: config.ActionsEnabled ? undefined : false,
        Tags: templateTags(Tags),
      }),
    })),
})
