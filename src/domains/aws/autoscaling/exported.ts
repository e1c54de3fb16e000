import { lean, refer, type ServiceExporter } from '../core/index.ts'
import { GROUP, type Group } from './group.ts'

/** Auto Scaling groups. Their instances come with them. */
export const exported: ServiceExporter = (region, world) => ({
  resources: ([...world.all(GROUP)] as Group[])
    .filter((one) => one.region === region && !one.deleting)
    .sort((a, b) => (a.AutoScalingGroupName < b.AutoScalingGroupName ? -1 : 1))
    .map((group) => {
      const name = group.AutoScalingGroupName
      const { LaunchTemplateId, Version } = group.LaunchTemplate ?? {}
      const subnets = group.VPCZoneIdentifier.split(',').filter((subnet) => subnet !== '')
      return {
        type: 'AWS::AutoScaling::AutoScalingGroup',
        name,
        physicalId: name,
        properties: lean({
          AutoScalingGroupName: name,
          MinSize: String(group.MinSize),
          MaxSize: String(group.MaxSize),
          DesiredCapacity: String(group.DesiredCapacity),
          LaunchTemplate:
            LaunchTemplateId === undefined
              ? undefined
              : {
                  LaunchTemplateId: refer('AWS::EC2::LaunchTemplate', LaunchTemplateId),
                  Version: Version === undefined || Version.startsWith('$') ? '1' : Version,
                },
          VPCZoneIdentifier: subnets,
          AvailabilityZones: subnets.length > 0 ? undefined : group.AvailabilityZones,
          TargetGroupARNs: group.TargetGroupARNs,
          HealthCheckType: group.HealthCheckType === 'EC2' ? undefined : group.HealthCheckType,
          HealthCheckGracePeriod: group.HealthCheckGracePeriod === 0 ? undefined : group.HealthCheckGracePeriod,
          Cooldown: group.DefaultCooldown === 300 ? undefined : String(group.DefaultCooldown),
          DefaultInstanceWarmup: group.DefaultInstanceWarmup,
          NewInstancesProtectedFromScaleIn: group.NewInstancesProtectedFromScaleIn || undefined,
          Tags: group.Tags.filter(({ Key = '' }) => Key !== 'AmazonECSManaged').map(
            ({ Key, Value, PropagateAtLaunch }) => ({ Key, Value, PropagateAtLaunch: PropagateAtLaunch ?? false }),
          ),
        }),
      }
    }),
})
