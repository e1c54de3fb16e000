// Every rule of ECS and Fargate enters the registry here.
export { capacityProviders } from './capacityProviders.rule.ts'
export { circuitBreakerThreshold } from './circuitBreaker.rule.ts'
export { clusterQuery } from './clusterQuery.rule.ts'
export { deploymentBounds } from './deploymentBounds.rule.ts'
export { eniCapacity } from './eniCapacity.rule.ts'
export { fargateSize } from './fargateSize.rule.ts'
export { placement } from './placement.rule.ts'
export { traffic } from './traffic.rule.ts'
