import './reachable.ts'
import { defineService } from '../core/index.ts'
import { api } from './api.generated.ts'
import { balancerOperations } from './balancerOperations.ts'
import './deregistration.rule.ts'
import { groupOperations } from './groupOperations.ts'
import { healthController } from './health.controller.ts'
import { derived, kinds } from './kinds.ts'
import { listenerOperations } from './listenerOperations.ts'
import { metrics } from './metrics.ts'
import { resources } from './resources.ts'

/** Application and Network Load Balancers with their target groups. */
export const elbv2 = defineService({
  name: 'elasticloadbalancing',
  cli: 'elbv2',
  api,
  operations: [...balancerOperations, ...listenerOperations, ...groupOperations],
  kinds,
  controllers: [healthController],
  derived,
  metrics,
  exports: exported,
  resources,
})

export { healthOf } from './descriptions.ts'
export { balancerDimension, groupDimension, type Passing, passingBalancer, passingGroup } from './metrics.ts'
export { addressRecords, balancerAt } from './reachable.ts'
export {
  balancersOf,
  LISTENER,
  type Listener,
  type ListenerRule,
  LOAD_BALANCER,
  type LoadBalancer,
  ofArn,
  RULE,
  TARGET,
  TARGET_GROUP,
  type Target,
  type TargetGroup,
  targetsByAddress,
  targetsOf,
  weightsOf,
} from './records.ts'

import { exported } from './exported.ts'
