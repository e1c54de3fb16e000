import { capitals, lean, refer, type ServiceExporter, templateTags } from '../core/index.ts'
import { APPLICATION, type Application, CONFIG, type Config, GROUP, type Group } from './records.ts'

/** Applications, deployment groups and configurations of one's own. */
export const exported: ServiceExporter = (region, world) => {
  const mine = <T extends { readonly region: string; readonly id: string }>(kind: string) =>
    ([...world.all(kind)] as unknown as T[])
      .filter((one) => one.region === region)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  return {
    resources: [
      ...mine<Application>(APPLICATION).map(({ name, platform, tags }) => ({
        type: 'AWS::CodeDeploy::Application',
        name,
        physicalId: name,
        properties: lean({ ApplicationName: name, ComputePlatform: platform, Tags: templateTags(tags) }),
      })),
      ...mine<Config>(CONFIG).map(({ info }) => {
        const {
          deploymentConfigName: name = '',
          computePlatform,
          minimumHealthyHosts,
          trafficRoutingConfig,
          zonalConfig,
        } = info
        return {
          type: 'AWS::CodeDeploy::DeploymentConfig',
          name,
          physicalId: name,
          properties: lean({
            DeploymentConfigName: name,
            ComputePlatform: computePlatform,
            MinimumHealthyHosts: capitals(minimumHealthyHosts),
            TrafficRoutingConfig: capitals(trafficRoutingConfig),
            ZonalConfig: capitals(zonalConfig),
          }),
        }
      }),
      ...mine<Group>(GROUP).map(({ name, settings, tags }) => {
        const { applicationName = '', deploymentGroupName: _name, ecsServices, tags: _tags, ...rest } = settings
        return {
          type: 'AWS::CodeDeploy::DeploymentGroup',
          name,
          physicalId: name,
          runs: true as const,
          properties: lean({
            ApplicationName: refer('AWS::CodeDeploy::Application', applicationName),
            DeploymentGroupName: name,
            ...(capitals(rest) as object),
            ECSServices: capitals(ecsServices),
            Tags: templateTags(tags),
          }),
          after: (ecsServices ?? []).map(
            ({ clusterName = '', serviceName = '' }) =>
              [
                'AWS::ECS::Service',
                `arn:aws:ecs:${region}:123456789012:service/${clusterName}/${serviceName}`,
              ] as const,
          ),
        }
      }),
    ],
  }
}
