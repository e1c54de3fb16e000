import type { Emission, World } from '../../../kernel/index.ts'
import { defineOperation, type Operation, pageOf, refuse } from '../core/index.ts'
import { endEvent, failEvent } from './events.ts'
import {
  DEPLOYMENT,
  type Deployment,
  dated,
  findDeployment,
  groupArn,
  groupsOf,
  isOver,
  sameRevision,
  type Target,
  targetsOf,
} from './records.ts'
import { applicationOr, deploymentOr, groupOr, isRefused } from './refusals.ts'
import { configNamed, shownDeployment, shownInstance, shownTarget } from './shown.ts'
import { startDeployment } from './starting.ts'
import type * as api from './types.generated.ts'

const noTarget = (id: string) =>
  refuse('DeploymentTargetDoesNotExistException', `No deployment target found for id: ${id}`)

function targetNamed(world: World, deployment: Deployment, id: string): Target | undefined {
  const name = id.slice(id.lastIndexOf('/') + 1)
  return targetsOf(world, deployment).find(({ targetId }) => targetId === id || targetId === name)
}

const notServer = (deployment: Deployment) =>
  deployment.platform === 'Server'
    ? undefined
    : refuse(
        'InvalidComputePlatformException',
        `The computePlatform is invalid. This operation is not supported for the ${deployment.platform} compute platform.`,
      )

/** Operations on deployments. */
export const deploymentOperations: readonly Operation[] = [
  defineOperation<api.CreateDeploymentInput>(
    'CreateDeployment',
    ({ input, world, region }) => {
      const application = applicationOr(world, region, input.applicationName)
      if (isRefused(application)) return application
      if (input.deploymentGroupName === undefined)
        return refuse('DeploymentGroupNameRequiredException', 'Deployment group name is required.')
      const found = groupOr(world, region, input.applicationName, input.deploymentGroupName)
      if (isRefused(found)) return found
      const { group } = found
      if (input.deploymentConfigName !== undefined && !configNamed(world, region, input.deploymentConfigName))
        return refuse(
          'DeploymentConfigDoesNotExistException',
          `No deployment configuration found for name: ${input.deploymentConfigName}`,
        )
      const last = findDeployment(world, region, group.lastSuccessful)
      const revision = input.revision ?? (input.updateOutdatedInstancesOnly ? last?.revision : undefined)
      if (!revision) return refuse('RevisionRequiredException', 'The revision ID was not specified.')
      if (application.platform === 'Server' && revision.appSpecContent)
        return refuse(
          'InvalidRevisionException',
          'Revision type AppSpecContent is not supported for the Server compute platform.',
        )
      const running = world.ownedBy(group.id).find((one) => one.kind === DEPLOYMENT && !isOver(one)) as
        | Deployment
        | undefined
      if (running)
        return refuse(
          'DeploymentLimitExceededException',
          `The Deployment Group '${group.name}' already has an active Deployment '${running.deploymentId}'`,
        )
      const known = application.revisions.find(({ location }) => sameRevision(location, revision))
      const { id, emit } = startDeployment(world, application, group, {
        input,
        revision,
        creator: 'user',
        ...(known?.files ? { files: known.files } : {}),
      })
      return { output: { deploymentId: id }, emit }
    },
    ({ input, region }) => ({ resource: groupArn(region, input.applicationName, input.deploymentGroupName ?? '') }),
  ),
  defineOperation<api.GetDeploymentInput>('GetDeployment', ({ input, world, region }) => {
    const found = deploymentOr(world, region, input.deploymentId)
    return isRefused(found) ? found : { output: { deploymentInfo: shownDeployment(found, world) } }
  }),
  defineOperation<api.BatchGetDeploymentsInput>('BatchGetDeployments', ({ input, world, region }) => ({
    output: {
      deploymentsInfo: input.deploymentIds.flatMap((id) => {
        const found = findDeployment(world, region, id)
        return found ? [shownDeployment(found, world)] : []
      }),
    },
  })),
  defineOperation<api.ListDeploymentsInput>('ListDeployments', ({ input, world, region }) => {
    if (input.applicationName !== undefined) {
      const application = applicationOr(world, region, input.applicationName)
      if (isRefused(application)) return application
      if (
        input.deploymentGroupName !== undefined &&
        !groupsOf(world, application).some(({ name }) => name === input.deploymentGroupName)
      )
        return refuse(
          'DeploymentGroupDoesNotExistException',
          `No Deployment Group found for name: ${input.deploymentGroupName}`,
        )
    }
    const { start = 0, end = Number.POSITIVE_INFINITY } = input.createTimeRange ?? {}
    const found = [...world.all(DEPLOYMENT)]
      .map((one) => one as Deployment)
      .filter((one) => one.region === region)
      .filter((one) => input.applicationName === undefined || one.application === input.applicationName)
      .filter((one) => input.deploymentGroupName === undefined || one.group === input.deploymentGroupName)
      .filter((one) => !input.includeOnlyStatuses?.length || input.includeOnlyStatuses.includes(one.state))
      .filter((one) => dated(one.created) >= start && dated(one.created) <= end)
      .sort((a, b) => b.created - a.created || b.born - a.born)
    const { items, nextToken } = pageOf(
      found.map(({ deploymentId }) => deploymentId),
      input.nextToken,
      100,
    )
    return { output: { deployments: items, nextToken } }
  }),
  defineOperation<api.StopDeploymentInput>('StopDeployment', ({ input, world, region }) => {
    const found = deploymentOr(world, region, input.deploymentId)
    if (isRefused(found)) return found
    if (isOver(found))
      return refuse('DeploymentAlreadyCompletedException', `The deployment ${input.deploymentId} is already completed`)
    const code = input.autoRollbackEnabled ? 'MANUAL_STOP_ROLLBACK' : 'MANUAL_STOP'
    const message = 'The deployment was stopped by a user.'
    return {
      output: {
        status: 'Succeeded',
        statusMessage: 'No more commands will be scheduled for execution in the deployment instances',
      },
      emit: [{ to: found.id, type: 'Stopped', data: { error: { code, message } } }],
    }
  }),
  defineOperation<api.ContinueDeploymentInput>('ContinueDeployment', ({ input, world, region }) => {
    const found = deploymentOr(world, region, input.deploymentId)
    if (isRefused(found)) return found
    if (isOver(found))
      return refuse('DeploymentAlreadyCompletedException', `The deployment ${found.deploymentId} is already completed`)
    if (input.deploymentWaitType === 'TERMINATION_WAIT') {
      if (found.terminating === undefined)
        return refuse('InvalidDeploymentStatusException', 'The deployment is not in its termination wait time.')
      return { output: {}, emit: [{ to: found.id, type: 'Hurried', data: { terminatesNow: true } }] }
    }
    if (found.state !== 'Ready')
      return refuse(
        'DeploymentIsNotInReadyStateException',
        `Deployment ${found.deploymentId} is not in Ready state. Currently it is in ${found.state} state`,
      )
    return { output: {}, emit: [{ to: found.id, type: 'Continued', data: { goesOn: true } }] }
  }),
  defineOperation<api.SkipWaitTimeForInstanceTerminationInput>(
    'SkipWaitTimeForInstanceTermination',
    ({ input, world, region }) => {
      const found = deploymentOr(world, region, input.deploymentId)
      if (isRefused(found)) return found
      if (isOver(found))
        return refuse(
          'DeploymentAlreadyCompletedException',
          `The deployment ${found.deploymentId} is already completed`,
        )
      return { output: {}, emit: [{ to: found.id, type: 'Hurried', data: { terminatesNow: true } }] }
    },
  ),
  defineOperation<api.ListDeploymentTargetsInput>('ListDeploymentTargets', ({ input, world, region }) => {
    const found = deploymentOr(world, region, input.deploymentId)
    if (isRefused(found)) return found
    const { TargetStatus: status, ServerInstanceLabel: label } = input.targetFilters ?? {}
    const ids = targetsOf(world, found)
      .filter((one) => (!status || status.includes(one.state)) && (!label || label.includes(one.label ?? '')))
      .map(({ targetId }) => targetId)
    const { items, nextToken } = pageOf(ids, input.nextToken, 100)
    return { output: { targetIds: items, nextToken } }
  }),
  defineOperation<api.GetDeploymentTargetInput>('GetDeploymentTarget', ({ input, world, region }) => {
    const found = deploymentOr(world, region, input.deploymentId)
    if (isRefused(found)) return found
    const target = targetNamed(world, found, input.targetId)
    return target ? { output: { deploymentTarget: shownTarget(target, found) } } : noTarget(input.targetId)
  }),
  defineOperation<api.BatchGetDeploymentTargetsInput>('BatchGetDeploymentTargets', ({ input, world, region }) => {
    const found = deploymentOr(world, region, input.deploymentId)
    if (isRefused(found)) return found
    const targets = input.targetIds.map((id) => targetNamed(world, found, id))
    const missing = input.targetIds.find((_id, i) => !targets[i])
    if (missing !== undefined) return noTarget(missing)
    return { output: { deploymentTargets: targets.flatMap((one) => (one ? [shownTarget(one, found)] : [])) } }
  }),
  defineOperation<api.ListDeploymentInstancesInput>('ListDeploymentInstances', ({ input, world, region }) => {
    const found = deploymentOr(world, region, input.deploymentId)
    if (isRefused(found)) return found
    const wrong = notServer(found)
    if (wrong) return wrong
    const ids = targetsOf(world, found)
      .filter((one) => !input.instanceStatusFilter?.length || input.instanceStatusFilter.includes(one.state))
      .filter((one) => !input.instanceTypeFilter?.length || input.instanceTypeFilter.includes(one.label ?? ''))
      .map(({ targetId }) => targetId)
    const { items, nextToken } = pageOf(ids, input.nextToken, 100)
    return { output: { instancesList: items, nextToken } }
  }),
  defineOperation<api.GetDeploymentInstanceInput>('GetDeploymentInstance', ({ input, world, region }) => {
    const found = deploymentOr(world, region, input.deploymentId)
    if (isRefused(found)) return found
    const target = targetNamed(world, found, input.instanceId)
    return target
      ? { output: { instanceSummary: shownInstance(target, found) } }
      : refuse('InstanceDoesNotExistException', `No instance found for id: ${input.instanceId}`)
  }),
  defineOperation<api.BatchGetDeploymentInstancesInput>('BatchGetDeploymentInstances', ({ input, world, region }) => {
    const found = deploymentOr(world, region, input.deploymentId)
    if (isRefused(found)) return found
    const targets = input.instanceIds.flatMap((id) => targetNamed(world, found, id) ?? [])
    return { output: { instancesSummary: targets.map((one) => shownInstance(one, found)) } }
  }),
  defineOperation<api.PutLifecycleEventHookExecutionStatusInput>(
    'PutLifecycleEventHookExecutionStatus',
    ({ input, world, region }) => {
      const found = deploymentOr(world, region, input.deploymentId)
      if (isRefused(found)) return found
      const token = input.lifecycleEventHookExecutionId
      for (const target of targetsOf(world, found)) {
        const event = target.events.find((one) => one.token === token)
        if (!event) continue
        if (event.status !== 'InProgress')
          return refuse(
            'LifecycleEventAlreadyCompletedException',
            'An attempt to return the status of an already completed lifecycle event occurred.',
          )
        if (input.status !== 'Succeeded' && input.status !== 'Failed')
          return refuse(
            'InvalidLifecycleEventHookExecutionStatusException',
            'The result of a Lambda validation function that verifies a lifecycle event is invalid. It should return Succeeded or Failed.',
          )
        const answers =
          input.status === 'Succeeded'
            ? endEvent(target, event.name, world)
            : failEvent(target, event.name, world, {
                errorCode: 'UnknownError',
                scriptName: 'hook',
                message: `The deployment failed because the lifecycle event hook function for ${event.name} reported Failed.`,
                logTail: '',
              })
        return { output: { lifecycleEventHookExecutionId: token }, emit: answers as readonly Emission[] }
      }
      return refuse(
        'InvalidLifecycleEventHookExecutionIdException',
        'A lifecycle event hook is invalid. Review the hooks section in your AppSpec file to ensure the lifecycle events and hooks functions are valid.',
      )
    },
  ),
]
