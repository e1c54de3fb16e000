export { type Build, isOver as isBuildOver } from './build/build.ts'
export { type DockerfileCase, readDockerfileCase } from './build/dockerfileCase.ts'
export { docker } from './cli/docker.ts'
export { composeProblem } from './compose/load.ts'
export {
  type Container,
  type ContainerFault,
  containersOn,
  type Ended,
  findContainer,
  type Health,
  hexOf,
  isAlive,
  shortHex,
} from './container/container.ts'
export type { ContainerSpec, HealthCheck, Mount, PortMapping, RestartPolicy } from './container/containerSpec.ts'
export { envOf as environmentOf, hostnameOf } from './container/environment.ts'
export { runHealthCheck } from './container/health.controller.ts'
export { type Server, serverOf } from './container/launch.ts'
export { type LogLine, logsOf } from './container/logs.ts'
export {
  type ContainerOrder,
  createContainer,
  engineWorks,
  healthCheck,
  type Ordered,
  removeContainer,
  startContainer,
  startTime,
  stopContainer,
} from './container/orders.ts'
export { type Answered, answer, idleUse, listens, stationOf } from './container/serving.ts'
export { dockerDomain } from './domain.ts'
export {
  type Engine,
  type EngineOptions,
  engineAt,
  engineId,
  engineOf,
  hostOf,
  installEngine,
  LOCAL,
} from './engine/engine.ts'
export { engineVerb } from './engine/engineVerb.ts'
export { type PullOrder, pullImage } from './engine/pull.ts'
export { type DockerImage, findLocalImage, imagesOf, pulledImage, toRegistry } from './image/index.ts'
export { addressOf } from './network/address.ts'
export { published } from './network/wire.ts'
export { defineRegistry, type Permission, type Registry } from './registry/registry.ts'
export { createVolume } from './volume/volume.ts'
export { swarmVerb } from './swarm/swarmVerb.ts'
