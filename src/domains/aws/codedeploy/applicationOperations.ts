import type { Emission, World } from '../../../kernel/index.ts'
import { arnOf, defineOperation, type Operation, pageOf, parseArn, refuse, uuid } from '../core/index.ts'
import {
  APPLICATION,
  type Application,
  applicationArn,
  applicationNamed,
  applicationsOf,
  CONFIG,
  type Config,
  DEPLOYMENT,
  type Deployment,
  dated,
  GROUP,
  type Group,
  groupArn,
  groupsOf,
  isOver,
  type KnownRevision,
  ON_PREMISES,
  type OnPremises,
  sameRevision,
} from './records.ts'
import { applicationOr, groupOr, isRefused } from './refusals.ts'
import { configNamed, configNames, shownApplication, shownGroup, shownOnPremises } from './shown.ts'
import type * as api from './types.generated.ts'

const noConfig = (name: string) =>
  refuse('DeploymentConfigDoesNotExistException', `No deployment configuration found for name: ${name}`)

const onApplication = ({
  input,
  region,
}: {
  readonly input: { readonly applicationName?: string | undefined }
  readonly region: string
}) => ({
  resource: applicationArn(region, input.applicationName ?? ''),
})
const onGroup = ({
  input,
  region,
}: {
  readonly input: {
    readonly applicationName?: string | undefined
    readonly deploymentGroupName?: string | undefined
    readonly currentDeploymentGroupName?: string | undefined
  }
  readonly region: string
}) => ({
  resource: groupArn(
    region,
    input.applicationName ?? '',
    input.deploymentGroupName ?? input.currentDeploymentGroupName ?? '',
  ),
})

function settingsProblem(
  world: World,
  region: string,
  application: Application,
  settings: Partial<api.CreateDeploymentGroupInput>,
) {
  const { deploymentConfigName: config, serviceRoleArn: role } = settings
  if (config !== undefined && !configNamed(world, region, config)) return noConfig(config)
  if (role !== undefined && !/^arn:[\w-]+:iam::\S+:role\/.+/.test(role))
    return refuse('InvalidRoleException', 'The service role ARN was specified in an invalid format.')
  if (application.platform === 'ECS') {
    if (!settings.ecsServices?.length)
      return refuse('InvalidECSServiceException', 'For ECS deployment group, ecsServices must be specified')
    if (!settings.loadBalancerInfo?.targetGroupPairInfoList?.length)
      return refuse('InvalidLoadBalancerInfoException', 'For ECS deployment group, loadBalancerInfo must be specified')
    if (settings.deploymentStyle?.deploymentType !== 'BLUE_GREEN')
      return refuse(
        'InvalidDeploymentStyleException',
        'For ECS deployment group, deployment type must be BLUE_GREEN with WITH_TRAFFIC_CONTROL option',
      )
    if (!settings.blueGreenDeploymentConfiguration)
      return refuse(
        'InvalidBlueGreenDeploymentConfigurationException',
        'For ECS deployment group, blueGreenDeploymentConfiguration must be specified',
      )
  }
  const alarms = settings.alarmConfiguration
  if (alarms?.enabled && !alarms.alarms?.length)
    return refuse('InvalidAlarmConfigException', 'The alarm configuration is enabled but no alarm is specified.')
  return undefined
}

/** What a tag operation is about. */
function tagged(world: World, arn: string): Application | Group | undefined {
  const { region = '', resource = '' } = parseArn(arn) ?? {}
  const [sort, name = ''] = resource.split(':')
  if (sort === 'application') return applicationNamed(world, region, name)
  const [application = '', group = ''] = name.split('/')
  const owner = applicationNamed(world, region, application)
  return owner && groupsOf(world, owner).find((one) => one.name === group)
}
const noResource = (arn: string) => refuse('ArnNotSupportedException', `The specified ARN is not supported: ${arn}`)

function revisionInfo(one: KnownRevision): api.GenericRevisionInfo {
  return {
    description: one.description,
    deploymentGroups: one.groups,
    firstUsedTime: dated(one.firstUsed),
    lastUsedTime: dated(one.lastUsed),
    registerTime: dated(one.registered),
  }
}

/** Operations on applications, groups, configurations, revisions and on-premises instances. */
export const applicationOperations: readonly Operation[] = [
  defineOperation<api.CreateApplicationInput>(
    'CreateApplication',
    ({ input, world, region }) => {
      const name = input.applicationName
      if (applicationNamed(world, region, name))
        return refuse('ApplicationAlreadyExistsException', `Application already exists with name: ${name}`)
      const applicationId = uuid(world, APPLICATION, region, name)
      const data = {
        region,
        name,
        applicationId,
        platform: input.computePlatform ?? 'Server',
        created: world.now,
        revisions: [],
        tags: input.tags ?? [],
      }
      return {
        output: { applicationId },
        emit: [{ to: `${APPLICATION}/${region}/${name}`, kind: APPLICATION, type: 'Created', data }],
      }
    },
    onApplication,
  ),
  defineOperation<api.UpdateApplicationInput>(
    'UpdateApplication',
    ({ input, world, region }) => {
      const found = applicationOr(world, region, input.applicationName)
      if (isRefused(found)) return found
      const name = input.newApplicationName ?? found.name
      if (name !== found.name && applicationNamed(world, region, name))
        return refuse('ApplicationAlreadyExistsException', `Application already exists with name: ${name}`)
      return { output: {}, emit: [{ to: found.id, type: 'Changed', data: { name } }] }
    },
    onApplication,
  ),
  defineOperation<api.DeleteApplicationInput>(
    'DeleteApplication',
    ({ input, world, region }) => {
      const found = applicationNamed(world, region, input.applicationName)
      const below = found ? groupsOf(world, found) : []
      return { output: {}, emit: found ? [...below, found].map(({ id }) => ({ to: id, type: 'Deleted' })) : [] }
    },
    onApplication,
  ),
  defineOperation<api.GetApplicationInput>(
    'GetApplication',
    ({ input, world, region }) => {
      const found = applicationOr(world, region, input.applicationName)
      return isRefused(found) ? found : { output: { application: shownApplication(found) } }
    },
    onApplication,
  ),
  defineOperation<api.BatchGetApplicationsInput>('BatchGetApplications', ({ input, world, region }) => {
    const found = input.applicationNames.map((name) => applicationOr(world, region, name))
    const wrong = found.find(isRefused)
    return wrong ?? { output: { applicationsInfo: (found as readonly Application[]).map(shownApplication) } }
  }),
  defineOperation<api.ListApplicationsInput>('ListApplications', ({ input, world, region }) => {
    const names = applicationsOf(world, region)
      .map(({ name }) => name)
      .sort()
    const { items, nextToken } = pageOf(names, input.nextToken, 100)
    return { output: { applications: items, nextToken } }
  }),
  defineOperation<api.CreateDeploymentGroupInput>(
    'CreateDeploymentGroup',
    ({ input, world, region }) => {
      const application = applicationOr(world, region, input.applicationName)
      if (isRefused(application)) return application
      const name = input.deploymentGroupName
      if (groupsOf(world, application).some((one) => one.name === name))
        return refuse('DeploymentGroupAlreadyExistsException', `Deployment group already exists with name: ${name}`)
      const problem = settingsProblem(world, region, application, input)
      if (problem) return problem
      const groupId = uuid(world, GROUP, application.id, name)
      const data = { owner: application.id, region, name, groupId, settings: input, tags: input.tags ?? [] }
      return {
        output: { deploymentGroupId: groupId },
        emit: [{ to: `${GROUP}/${region}/${application.name}/${name}`, kind: GROUP, type: 'Created', data }],
      }
    },
    onGroup,
  ),
  defineOperation<api.UpdateDeploymentGroupInput>(
    'UpdateDeploymentGroup',
    ({ input, world, region }) => {
      const found = groupOr(world, region, input.applicationName, input.currentDeploymentGroupName)
      if (isRefused(found)) return found
      const { currentDeploymentGroupName: _name, newDeploymentGroupName, ...changes } = input
      const name = newDeploymentGroupName ?? found.group.name
      const settings = {
        ...found.group.settings,
        ...changes,
        deploymentGroupName: name,
      } as api.CreateDeploymentGroupInput
      const problem = settingsProblem(world, region, found.application, settings)
      if (problem) return problem
      return {
        output: { hooksNotCleanedUp: [] },
        emit: [{ to: found.group.id, type: 'Changed', data: { name, settings } }],
      }
    },
    onGroup,
  ),
  defineOperation<api.DeleteDeploymentGroupInput>(
    'DeleteDeploymentGroup',
    ({ input, world, region }) => {
      const found = groupOr(world, region, input.applicationName, input.deploymentGroupName)
      if (isRefused(found))
        return found.error.code === 'DeploymentGroupDoesNotExistException'
          ? { output: { hooksNotCleanedUp: [] } }
          : found
      return { output: { hooksNotCleanedUp: [] }, emit: [{ to: found.group.id, type: 'Deleted' }] }
    },
    onGroup,
  ),
  defineOperation<api.GetDeploymentGroupInput>(
    'GetDeploymentGroup',
    ({ input, world, region }) => {
      const found = groupOr(world, region, input.applicationName, input.deploymentGroupName)
      return isRefused(found)
        ? found
        : { output: { deploymentGroupInfo: shownGroup(found.application, found.group, world) } }
    },
    onGroup,
  ),
  defineOperation<api.BatchGetDeploymentGroupsInput>('BatchGetDeploymentGroups', ({ input, world, region }) => {
    const application = applicationOr(world, region, input.applicationName)
    if (isRefused(application)) return application
    const all = groupsOf(world, application)
    const missing = input.deploymentGroupNames.filter((name) => !all.some((one) => one.name === name))
    const found = input.deploymentGroupNames.flatMap((name) => all.filter((one) => one.name === name))
    return {
      output: {
        deploymentGroupsInfo: found.map((one) => shownGroup(application, one, world)),
        ...(missing.length > 0
          ? { errorMessage: `The following deployment groups do not exist: ${missing.join(', ')}` }
          : {}),
      },
    }
  }),
  defineOperation<api.ListDeploymentGroupsInput>(
    'ListDeploymentGroups',
    ({ input, world, region }) => {
      const application = applicationOr(world, region, input.applicationName)
      if (isRefused(application)) return application
      const { items, nextToken } = pageOf(
        groupsOf(world, application).map(({ name }) => name),
        input.nextToken,
        100,
      )
      return { output: { applicationName: application.name, deploymentGroups: items, nextToken } }
    },
    onApplication,
  ),
  defineOperation<api.CreateDeploymentConfigInput>('CreateDeploymentConfig', ({ input, world, region }) => {
    const name = input.deploymentConfigName
    if (configNamed(world, region, name))
      return refuse(
        'DeploymentConfigAlreadyExistsException',
        `Deployment configuration already exists with name: ${name}`,
      )
    const platform = input.computePlatform ?? 'Server'
    if (platform === 'Server' && !input.minimumHealthyHosts)
      return refuse(
        'InvalidMinimumHealthyHostValueException',
        'The minimum healthy hosts value is required for the Server compute platform.',
      )
    const hosts = input.minimumHealthyHosts
    if (hosts && ((hosts.value ?? 0) < 0 || (hosts.type === 'FLEET_PERCENT' && (hosts.value ?? 0) > 100)))
      return refuse(
        'InvalidMinimumHealthyHostValueException',
        'The minimum healthy instance value was specified in an invalid format.',
      )
    const deploymentConfigId = uuid(world, CONFIG, region, name)
    const info = {
      deploymentConfigId,
      deploymentConfigName: name,
      minimumHealthyHosts: hosts,
      createTime: dated(world.now),
      computePlatform: platform,
      trafficRoutingConfig: input.trafficRoutingConfig,
      zonalConfig: input.zonalConfig,
    }
    return {
      output: { deploymentConfigId },
      emit: [{ to: `${CONFIG}/${region}/${name}`, kind: CONFIG, type: 'Created', data: { region, info } }],
    }
  }),
  defineOperation<api.GetDeploymentConfigInput>('GetDeploymentConfig', ({ input, world, region }) => {
    const info = configNamed(world, region, input.deploymentConfigName)
    return info ? { output: { deploymentConfigInfo: info } } : noConfig(input.deploymentConfigName)
  }),
  defineOperation<api.DeleteDeploymentConfigInput>('DeleteDeploymentConfig', ({ input, world, region }) => {
    const name = input.deploymentConfigName
    if (configNames.includes(name))
      return refuse('InvalidOperationException', `Cannot delete default deployment configuration: ${name}`)
    const isUsed =
      [...world.all(GROUP)].some(
        (one) => (one as Group).region === region && (one as Group).settings.deploymentConfigName === name,
      ) || [...world.all(DEPLOYMENT)].some((one) => (one as Deployment).config === name && !isOver(one))
    if (isUsed) return refuse('DeploymentConfigInUseException', `Deployment configuration ${name} is in use`)
    const found = world.get(`${CONFIG}/${region}/${name}`)
    return { output: {}, emit: found ? [{ to: found.id, type: 'Deleted' }] : [] }
  }),
  defineOperation<api.ListDeploymentConfigsInput>('ListDeploymentConfigs', ({ input, world, region }) => {
    const own = [...world.all(CONFIG)].map((one) => one as Config).filter((one) => one.region === region)
    const names = [...own.flatMap(({ info }) => info.deploymentConfigName ?? []), ...configNames]
    const { items, nextToken } = pageOf(names, input.nextToken, 100)
    return { output: { deploymentConfigsList: items, nextToken } }
  }),
  defineOperation<api.RegisterApplicationRevisionInput>(
    'RegisterApplicationRevision',
    ({ input, world, region }) => {
      const application = applicationOr(world, region, input.applicationName)
      if (isRefused(application)) return application
      return {
        output: {},
        emit: registered(application, input.revision, { description: input.description }, world.now),
      }
    },
    onApplication,
  ),
  defineOperation<api.GetApplicationRevisionInput>(
    'GetApplicationRevision',
    ({ input, world, region }) => {
      const application = applicationOr(world, region, input.applicationName)
      if (isRefused(application)) return application
      const found = application.revisions.find(({ location }) => sameRevision(location, input.revision))
      if (!found)
        return refuse(
          'RevisionDoesNotExistException',
          'The named revision does not exist with the user or AWS account.',
        )
      return {
        output: { applicationName: application.name, revision: found.location, revisionInfo: revisionInfo(found) },
      }
    },
    onApplication,
  ),
  defineOperation<api.BatchGetApplicationRevisionsInput>(
    'BatchGetApplicationRevisions',
    ({ input, world, region }) => {
      const application = applicationOr(world, region, input.applicationName)
      if (isRefused(application)) return application
      const found = input.revisions.flatMap((one) =>
        application.revisions.filter(({ location }) => sameRevision(location, one)),
      )
      return {
        output: {
          applicationName: application.name,
          revisions: found.map((one) => ({ revisionLocation: one.location, genericRevisionInfo: revisionInfo(one) })),
        },
      }
    },
    onApplication,
  ),
  defineOperation<api.ListApplicationRevisionsInput>(
    'ListApplicationRevisions',
    ({ input, world, region }) => {
      const application = applicationOr(world, region, input.applicationName)
      if (isRefused(application)) return application
      const key = (one: KnownRevision) =>
        input.sortBy === 'firstUsedTime'
          ? (one.firstUsed ?? 0)
          : input.sortBy === 'lastUsedTime'
            ? (one.lastUsed ?? 0)
            : one.registered
      const found = application.revisions
        .filter(
          ({ location: { s3Location: s3 }, groups }) =>
            (input.s3Bucket === undefined || s3?.bucket === input.s3Bucket) &&
            (input.s3KeyPrefix === undefined || (s3?.key ?? '').startsWith(input.s3KeyPrefix)) &&
            (input.deployed === undefined ||
              input.deployed === 'ignore' ||
              (input.deployed === 'include') === groups.length > 0),
        )
        .sort((a, b) => (input.sortOrder === 'descending' ? -1 : 1) * (key(a) - key(b)))
      const { items, nextToken } = pageOf(found, input.nextToken, 100)
      return { output: { revisions: items.map(({ location }) => location), nextToken } }
    },
    onApplication,
  ),
  defineOperation<api.RegisterOnPremisesInstanceInput>('RegisterOnPremisesInstance', ({ input, world, region }) => {
    const name = input.instanceName
    const known = world.get(`${ON_PREMISES}/${region}/${name}`) as OnPremises | undefined
    if (known && known.deregistered === undefined)
      return refuse('InstanceNameAlreadyRegisteredException', `On-premises instance name ${name} is already registered`)
    if (input.iamUserArn === undefined && input.iamSessionArn === undefined)
      return refuse('IamArnRequiredException', 'Either an IAM user ARN or an IAM session ARN is required.')
    const suffix = uuid(world, ON_PREMISES, name).replaceAll('-', '').slice(0, 10)
    const data = {
      region,
      name,
      userArn: input.iamUserArn,
      sessionArn: input.iamSessionArn,
      arn: arnOf('codedeploy', region, `instance/${name}_${suffix}`),
      registered: world.now,
      deregistered: undefined,
      tags: [],
    }
    const to = `${ON_PREMISES}/${region}/${name}`
    return {
      output: {},
      emit: [known ? { to, type: 'Changed', data } : { to, kind: ON_PREMISES, type: 'Created', data }],
    }
  }),
  defineOperation<api.DeregisterOnPremisesInstanceInput>('DeregisterOnPremisesInstance', ({ input, world, region }) => {
    const known = world.get(`${ON_PREMISES}/${region}/${input.instanceName}`)
    if (!known) return { output: {} }
    return { output: {}, emit: [{ to: known.id, type: 'Changed', data: { deregistered: world.now, tags: [] } }] }
  }),
  defineOperation<api.GetOnPremisesInstanceInput>('GetOnPremisesInstance', ({ input, world, region }) => {
    const known = world.get(`${ON_PREMISES}/${region}/${input.instanceName}`) as OnPremises | undefined
    return known ? { output: { instanceInfo: shownOnPremises(known) } } : notRegistered(input.instanceName)
  }),
  defineOperation<api.BatchGetOnPremisesInstancesInput>('BatchGetOnPremisesInstances', ({ input, world, region }) => {
    const found = input.instanceNames.flatMap((name) => {
      const one = world.get(`${ON_PREMISES}/${region}/${name}`) as OnPremises | undefined
      return one ? [shownOnPremises(one)] : []
    })
    return { output: { instanceInfos: found } }
  }),
  defineOperation<api.ListOnPremisesInstancesInput>('ListOnPremisesInstances', ({ input, world, region }) => {
    const found = [...world.all(ON_PREMISES)]
      .map((one) => one as OnPremises)
      .filter(
        (one) =>
          one.region === region &&
          (input.registrationStatus === undefined ||
            (input.registrationStatus === 'Registered') === (one.deregistered === undefined)),
      )
      .filter((one) =>
        (input.tagFilters ?? []).every((filter) =>
          one.tags.some(
            (tag) =>
              (filter.Type === 'VALUE_ONLY' || tag.Key === filter.Key) &&
              (filter.Type === 'KEY_ONLY' || tag.Value === filter.Value),
          ),
        ),
      )
    const { items, nextToken } = pageOf(
      found.map(({ name }) => name),
      input.nextToken,
      100,
    )
    return { output: { instanceNames: items, nextToken } }
  }),
  defineOperation<api.AddTagsToOnPremisesInstancesInput>('AddTagsToOnPremisesInstances', ({ input, world, region }) =>
    onPremisesTags(input.instanceNames, world, region, (tags) => [
      ...tags.filter((tag) => !input.tags.some((one) => one.Key === tag.Key && one.Value === tag.Value)),
      ...input.tags,
    ]),
  ),
  defineOperation<api.RemoveTagsFromOnPremisesInstancesInput>(
    'RemoveTagsFromOnPremisesInstances',
    ({ input, world, region }) =>
      onPremisesTags(input.instanceNames, world, region, (tags) =>
        tags.filter(
          (tag) =>
            !input.tags.some((one) => one.Key === tag.Key && (one.Value === undefined || one.Value === tag.Value)),
        ),
      ),
  ),
  defineOperation<api.TagResourceInput>('TagResource', ({ input, world }) => {
    const found = tagged(world, input.ResourceArn)
    if (!found) return noResource(input.ResourceArn)
    const keys = new Set(input.Tags.map(({ Key }) => Key))
    return {
      output: {},
      emit: [
        {
          to: found.id,
          type: 'Changed',
          data: { tags: [...found.tags.filter(({ Key }) => !keys.has(Key)), ...input.Tags] },
        },
      ],
    }
  }),
  defineOperation<api.UntagResourceInput>('UntagResource', ({ input, world }) => {
    const found = tagged(world, input.ResourceArn)
    if (!found) return noResource(input.ResourceArn)
    return {
      output: {},
      emit: [
        {
          to: found.id,
          type: 'Changed',
          data: { tags: found.tags.filter(({ Key }) => !input.TagKeys.includes(Key ?? '')) },
        },
      ],
    }
  }),
  defineOperation<api.ListTagsForResourceInput>('ListTagsForResource', ({ input, world }) => {
    const found = tagged(world, input.ResourceArn)
    return found ? { output: { Tags: found.tags } } : noResource(input.ResourceArn)
  }),
  defineOperation<api.ListGitHubAccountTokenNamesInput>('ListGitHubAccountTokenNames', () => ({
    output: { tokenNameList: [] },
  })),
]

const notRegistered = (name: string) =>
  refuse('InstanceNotRegisteredException', `On-premises instance ${name} is not registered`)

function onPremisesTags(
  names: readonly string[],
  world: World,
  region: string,
  change: (tags: readonly api.Tag[]) => readonly api.Tag[],
) {
  const missing = names.find((name) => !world.get(`${ON_PREMISES}/${region}/${name}`))
  if (missing !== undefined) return notRegistered(missing)
  return {
    output: {},
    emit: names.map((name) => {
      const one = world.get(`${ON_PREMISES}/${region}/${name}`) as OnPremises
      return { to: one.id, type: 'Changed', data: { tags: change(one.tags) } }
    }),
  }
}

/** The event by which an application knows a revision. */
export function registered(
  application: Application,
  location: api.RevisionLocation,
  more: Partial<KnownRevision>,
  now: number,
): readonly Emission[] {
  const known = application.revisions.find((one) => sameRevision(one.location, location))
  const revision: KnownRevision = { registered: now, groups: [], ...known, location, ...more }
  return [
    {
      to: application.id,
      type: 'Changed',
      data: { revisions: [...application.revisions.filter((one) => one !== known), revision] },
    },
  ]
}
