import './reachable.ts'
import type { Derived } from '../../../kernel/index.ts'
import { defineService } from '../core/index.ts'
import { announces } from './announcing.ts'
import { api } from './api.generated.ts'
import { accountSettingKind, accountSettingOperations } from './cluster/accountSetting.ts'
import { capacityController } from './cluster/capacity.controller.ts'
import { capacityProviderKind, capacityProviderOperations } from './cluster/capacityProvider.ts'
import { ofCluster, tasksOfCluster } from './cluster/cluster.ts'
import { clusterKind } from './cluster/clusterKind.ts'
import { clusterOperations } from './cluster/clusterOperations.ts'
import { identity, logSource } from './containerSide.ts'
import { definitionKind } from './definition/definitionKind.ts'
import { definitionOperations } from './definition/definitionOperations.ts'
import { revisionsOf } from './definition/taskDefinition.ts'
import { ecsVerb } from './ecsVerb.ts'
import { bookings } from './instance/bookings.ts'
import { agentKind, containerInstanceKind } from './instance/instanceKinds.ts'
import { instanceOperations } from './instance/instanceOperations.ts'
import { machinesController } from './instance/machines.controller.ts'
import { metrics } from './metrics.ts'
import { ecsDeploy } from './pipeline/provider.ts'
import { releaseController } from './pipeline/release.controller.ts'
import { releaseKind, releasesUnderWay } from './pipeline/release.ts'
import { receives } from './receiving.ts'
import { resources } from './resources.ts'
import './rules.ts'
import { exported } from './exported.ts'
import { servicesOfTargetGroup } from './service/balancing.ts'
import { deploymentKind } from './service/deployment.ts'
import { failuresController } from './service/failures.controller.ts'
import { schedulerController } from './service/scheduler.controller.ts'
import { revisionsOfService, servicesOfAlarm, servicesOfDefinition } from './service/service.ts'
import { serviceKind } from './service/serviceKind.ts'
import { serviceOperations } from './service/serviceOperations.ts'
import { targetsController } from './service/targets.controller.ts'
import { taskSetKind } from './service/taskSet.ts'
import { tagOperations } from './tagOperations.ts'
import { agentController } from './task/agent.controller.ts'
import { provisioningController } from './task/provisioning.controller.ts'
import { tasksOfInstance, tasksOfService, waitingTasks } from './task/task.ts'
import { taskKind } from './task/taskKind.ts'
import { taskOperations } from './task/taskOperations.ts'

/** Tasks and services on clusters of instances or on Fargate. */
export const ecs = defineService({
  name: 'ecs',
  verbs: [ecsVerb],
  files: [
    {
      extensions: ['json'],
      has: /^\s*"containerDefinitions"\s*:/m,
      line: (path) => `aws ecs register-task-definition --cli-input-json file://${path}`,
    },
    {
      extensions: ['json'],
      has: /^\s*"serviceName"\s*:/m,
      line: (path) => `aws ecs create-service --cli-input-json file://${path}`,
    },
  ],
  api,
  operations: [
    ...clusterOperations,
    ...capacityProviderOperations,
    ...accountSettingOperations,
    ...instanceOperations,
    ...definitionOperations,
    ...taskOperations,
    ...serviceOperations,
    ...tagOperations,
  ],
  kinds: [
    clusterKind,
    capacityProviderKind,
    accountSettingKind,
    containerInstanceKind,
    agentKind,
    definitionKind,
    taskKind,
    serviceKind,
    deploymentKind,
    taskSetKind,
    releaseKind,
  ],
  controllers: [
    machinesController,
    provisioningController,
    capacityController,
    schedulerController,
    targetsController,
    failuresController,
    agentController,
    releaseController,
  ],
  derived: [
    bookings,
    ofCluster,
    tasksOfCluster,
    revisionsOf,
    tasksOfService,
    tasksOfInstance,
    waitingTasks,
    servicesOfDefinition,
    servicesOfAlarm,
    revisionsOfService,
    servicesOfTargetGroup,
    releasesUnderWay,
  ] as unknown as readonly Derived<never>[],
  exports: exported,
  resources,
  actions: [ecsDeploy],
  receives,
  announces,
  metrics,
  identity,
  logSource,
})

export { type DefinitionInput, definitionProblem } from './definition/checkDefinition.ts'
export { definitionFileProblems } from './definition/definitionFile.ts'
export { arnOfDefinition, definitionNamed, type TaskDefinition } from './definition/taskDefinition.ts'
export type { ContainerInstance } from './instance/containerInstance.ts'
export { type MachineFacts, registerInstance } from './instance/registerInstance.ts'
export { useOf } from './metrics.ts'
export type { Deployment } from './service/deployment.ts'
export { arnOfService, deploymentsOf, type Service, serviceNamed, taskSetsOf } from './service/service.ts'
export type { TaskSet } from './service/taskSet.ts'
export { type Task, tasksOfService } from './task/task.ts'
