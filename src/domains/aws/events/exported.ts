import { lean, type ServiceExporter } from '../core/index.ts'
import { RULE, type Rule } from './records.ts'

/** Rules with their targets, but for those that services keep for themselves. */
export const exported: ServiceExporter = (region, world) => ({
  resources: ([...world.all(RULE)] as Rule[])
    .filter((one) => one.region === region && !/^(AutoScalingManagedRule|codepipeline-)/.test(one.name))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((rule) => ({
      type: 'AWS::Events::Rule',
      name: rule.name,
      physicalId: `${rule.bus}|${rule.name}`,
      properties: lean({
        Name: rule.name,
        EventBusName: rule.bus === 'default' ? undefined : rule.bus,
        Description: rule.description,
        ScheduleExpression: rule.schedule,
        EventPattern: rule.pattern,
        State: rule.state === 'DISABLED' ? 'DISABLED' : undefined,
        RoleArn: rule.roleArn,
        Targets: rule.targets,
      }),
    })),
})
