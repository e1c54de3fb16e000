import type { World } from '../../../kernel/index.ts'
import { ACCOUNT } from '../core/index.ts'
import { PREDEFINED } from './ec2Outcome.rule.ts'
import {
  type Application,
  CONFIG,
  type Config,
  type Deployment,
  dated,
  type EventRecord,
  findDeployment,
  type Group,
  isOver,
  type OnPremises,
  type Target,
  targetsOf,
} from './records.ts'
import { defaultConfig } from './starting.ts'
import { predefinedTraffic, TRAFFIC_NAMES } from './trafficConfig.ts'
import type * as api from './types.generated.ts'

export function shownApplication(one: Application): api.ApplicationInfo {
  return {
    applicationId: one.applicationId,
    applicationName: one.name,
    createTime: dated(one.created),
    linkedToGitHub: false,
    computePlatform: one.platform,
  }
}

function last(world: World, region: string, id: string | undefined): api.LastDeploymentInfo | undefined {
  const found = findDeployment(world, region, id)
  return (
    found && {
      deploymentId: found.deploymentId,
      status: found.state,
      endTime: dated(found.completed),
      createTime: dated(found.created),
    }
  )
}

export function shownGroup(application: Application, group: Group, world: World): api.DeploymentGroupInfo {
  const { tags: _tags, autoScalingGroups, ...settings } = group.settings
  return {
    ec2TagFilters: [],
    onPremisesInstanceTagFilters: [],
    triggerConfigurations: [],
    deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
    autoRollbackConfiguration: { enabled: false },
    ...settings,
    applicationName: application.name,
    deploymentGroupName: group.name,
    deploymentGroupId: group.groupId,
    deploymentConfigName: settings.deploymentConfigName ?? defaultConfig(application.platform),
    autoScalingGroups: (autoScalingGroups ?? []).map((name) => ({
      name,
      hook: `CodeDeploy-managed-automatic-launch-deployment-hook-${group.name}-${group.groupId}`,
    })),
    targetRevision: findDeployment(world, group.region, group.lastAttempted)?.revision,
    outdatedInstancesStrategy: settings.outdatedInstancesStrategy ?? 'UPDATE',
    lastSuccessfulDeployment: last(world, group.region, group.lastSuccessful),
    lastAttemptedDeployment: last(world, group.region, group.lastAttempted),
    computePlatform: application.platform,
    terminationHookEnabled: settings.terminationHookEnabled ?? false,
  }
}

/** A deployment as `get-deployment` gives it. */
export function shownDeployment(one: Deployment, world: World): api.DeploymentInfo {
  const targets = targetsOf(world, one)
  const count = (state: string) => targets.filter((target) => target.state === state).length
  const { settings, input } = one
  return {
    applicationName: one.application,
    deploymentGroupName: one.group,
    deploymentConfigName: one.config,
    deploymentId: one.deploymentId,
    previousRevision: one.previous,
    revision: one.revision,
    status: one.state,
    errorInformation:
      one.error && one.state !== 'Succeeded' && isOver(one)
        ? { ...one.error, code: one.error.code === 'MANUAL_STOP_ROLLBACK' ? 'MANUAL_STOP' : one.error.code }
        : undefined,
    createTime: dated(one.created),
    startTime: dated(one.started),
    completeTime: dated(one.completed),
    deploymentOverview: {
      Pending: count('Pending'),
      InProgress: count('InProgress'),
      Succeeded: count('Succeeded'),
      Failed: count('Failed'),
      Skipped: count('Skipped'),
      Ready: 0,
    },
    description: one.description,
    creator: one.creator,
    ignoreApplicationStopFailures: input.ignoreApplicationStopFailures ?? false,
    autoRollbackConfiguration: input.autoRollbackConfiguration ?? settings.autoRollbackConfiguration,
    updateOutdatedInstancesOnly: input.updateOutdatedInstancesOnly ?? false,
    rollbackInfo:
      one.rollback !== undefined || one.rollbackOf !== undefined
        ? {
            rollbackDeploymentId: one.rollback,
            rollbackTriggeringDeploymentId: one.rollbackOf,
            rollbackMessage: one.rollbackMessage,
          }
        : undefined,
    deploymentStyle: settings.deploymentStyle ?? {
      deploymentType: 'IN_PLACE',
      deploymentOption: 'WITHOUT_TRAFFIC_CONTROL',
    },
    targetInstances: input.targetInstances,
    instanceTerminationWaitTimeStarted: one.terminating !== undefined,
    blueGreenDeploymentConfiguration: settings.blueGreenDeploymentConfiguration,
    loadBalancerInfo: settings.loadBalancerInfo,
    fileExistsBehavior: input.fileExistsBehavior ?? 'DISALLOW',
    deploymentStatusMessages: [],
    computePlatform: one.platform,
    overrideAlarmConfiguration: input.overrideAlarmConfiguration,
  }
}

function shownEvent({ name, status, began, ended, diagnostics }: EventRecord): api.LifecycleEvent {
  return { lifecycleEventName: name, diagnostics, startTime: dated(began), endTime: dated(ended), status }
}

/** A target as `get-deployment-target` gives it. */
export function shownTarget(one: Target, deployment: Deployment): api.DeploymentTarget {
  const common = {
    deploymentId: deployment.deploymentId,
    targetId: one.targetId,
    targetArn: targetArn(one),
    status: one.state,
    lastUpdatedAt: dated(one.updated),
    lifecycleEvents: one.events.map(shownEvent),
  }
  if (one.type === 'ECSTarget') {
    const { blue, green, weight = 0 } = deployment.ecs ?? {}
    const set = (label: string, of: typeof blue, share: number) =>
      of
        ? [
            {
              identifer: of.taskSet.slice(of.taskSet.lastIndexOf('/') + 1),
              taskSetLabel: label,
              trafficWeight: share,
              targetGroup: { name: of.targetGroup.split('/')[1] },
            },
          ]
        : []
    return {
      deploymentTargetType: one.type,
      ecsTarget: { ...common, taskSetsInfo: [...set('Blue', blue, 100 - weight), ...set('Green', green, weight)] },
    }
  }
  if (one.type === 'LambdaTarget') {
    const spec = deployment.spec?.platform === 'Lambda' ? deployment.spec : undefined
    return {
      deploymentTargetType: one.type,
      lambdaTarget: {
        ...common,
        lambdaFunctionInfo: spec && {
          functionName: spec.functionName,
          functionAlias: spec.alias,
          currentVersion: spec.currentVersion,
          targetVersion: spec.targetVersion,
          targetVersionWeight: (one.weight ?? 0) / 100,
        },
      },
    }
  }
  return { deploymentTargetType: one.type, instanceTarget: { ...common, instanceLabel: one.label } }
}

function targetArn(one: Target): string {
  const name = one.targetId
  if (one.type === 'ECSTarget') return `arn:aws:ecs:${one.region}:${ACCOUNT}:service/${name.replace(':', '/')}`
  if (one.type === 'LambdaTarget') return `arn:aws:lambda:${one.region}:${ACCOUNT}:function:${name.split(':')[0] ?? ''}`
  return `arn:aws:ec2:${one.region}:${ACCOUNT}:instance/${name}`
}

/** The same in the older form. */
export function shownInstance(one: Target, deployment: Deployment): api.InstanceSummary {
  return {
    deploymentId: deployment.deploymentId,
    instanceId: targetArn(one),
    status: one.state,
    lastUpdatedAt: dated(one.updated),
    lifecycleEvents: one.events.map(shownEvent),
    instanceType: one.label,
  }
}

export function shownOnPremises(one: OnPremises): api.InstanceInfo {
  return {
    instanceName: one.name,
    iamSessionArn: one.sessionArn,
    iamUserArn: one.userArn,
    instanceArn: one.arn,
    registerTime: dated(one.registered),
    deregisterTime: dated(one.deregistered),
    tags: one.tags,
  }
}

/** A deployment configuration, predefined or own; undefined when there is none. */
export function configNamed(world: World, region: string, name: string): api.DeploymentConfigInfo | undefined {
  const own = world.get(`${CONFIG}/${region}/${name}`) as Config | undefined
  if (own) return own.info
  const hosts = PREDEFINED[name]
  const common = {
    deploymentConfigId: `00000000-0000-0000-0000-${String(configNames.indexOf(name) + 1).padStart(12, '0')}`,
    deploymentConfigName: name,
    createTime: dated(0),
  }
  if (hosts) return { ...common, minimumHealthyHosts: hosts, computePlatform: 'Server' }
  const traffic = predefinedTraffic(name)
  if (!traffic) return undefined
  return {
    ...common,
    computePlatform: name.includes('.ECS') ? 'ECS' : 'Lambda',
    trafficRoutingConfig:
      traffic.type === 'AllAtOnce'
        ? { type: 'AllAtOnce' }
        : traffic.type === 'TimeBasedCanary'
          ? {
              type: traffic.type,
              timeBasedCanary: { canaryPercentage: traffic.percentage, canaryInterval: traffic.intervalMinutes },
            }
          : {
              type: traffic.type,
              timeBasedLinear: { linearPercentage: traffic.percentage, linearInterval: traffic.intervalMinutes },
            },
  }
}

/** Names of the predefined configurations. */
export const configNames: readonly string[] = [...Object.keys(PREDEFINED), ...TRAFFIC_NAMES]
