import { lean, refer, type ServiceExporter } from '../core/index.ts'
import { ecsNames, POLICY, type Policy, type ScalableTarget, TARGET } from './target.ts'

/** Scalable targets and their policies. */
export const exported: ServiceExporter = (region, world) => {
  const physical = ({ ResourceId, ScalableDimension, ServiceNamespace }: ScalableTarget) =>
    `${ResourceId}|${ScalableDimension}|${ServiceNamespace}`
  const targets = ([...world.all(TARGET)] as ScalableTarget[]).filter((one) => one.region === region)
  return {
    resources: [
      ...targets.map((target) => {
        const names = ecsNames(target.ResourceId)
        return {
          type: 'AWS::ApplicationAutoScaling::ScalableTarget',
          name: names?.service ?? target.ResourceId,
          physicalId: physical(target),
          runs: true as const,
          after: names
            ? [
                [
                  'AWS::ECS::Service',
                  `arn:aws:ecs:${region}:123456789012:service/${names.cluster}/${names.service}`,
                ] as const,
              ]
            : [],
          properties: lean({
            ServiceNamespace: target.ServiceNamespace,
            ResourceId: target.ResourceId,
            ScalableDimension: target.ScalableDimension,
            MinCapacity: target.MinCapacity,
            MaxCapacity: target.MaxCapacity,
          }),
        }
      }),
      ...([...world.all(POLICY)] as Policy[])
        .filter((one) => one.region === region)
        .flatMap(({ target, config }) => {
          const owner = targets.find(({ id }) => id === target)
          if (!owner) return []
          const settings = config as { readonly [key: string]: unknown }
          return [
            {
              type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
              name: String(settings['PolicyName']),
              physicalId: String(settings['PolicyARN']),
              runs: true as const,
              properties: lean({
                PolicyName: settings['PolicyName'],
                PolicyType: settings['PolicyType'],
                ScalingTargetId: refer('AWS::ApplicationAutoScaling::ScalableTarget', physical(owner)),
                TargetTrackingScalingPolicyConfiguration: settings['TargetTrackingScalingPolicyConfiguration'],
                StepScalingPolicyConfiguration: settings['StepScalingPolicyConfiguration'],
              }),
            },
          ]
        }),
    ],
  }
}
