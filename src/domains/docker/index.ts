export type { Build } from './build/build.ts'
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
} from './container/container.ts'
export type { ContainerSpec, HealthCheck, Mount, PortMapping, RestartPolicy } from './container/containerSpec.ts'
export { envOf as environmentOf } from './container/environment.ts'

export { type Server, serverOf } from './container/launch.ts'
export { type LogLine, logsOf } from './container/logs.ts'
export {
  type ContainerOrder,
  createContainer,
  engineWorks,
  type Ordered,
  startContainer,
  stopContainer,
} from './container/orders.ts'
export { type Answered, answer, idleUse, listens, stationOf } from './container/serving.ts'
export { dockerDomain } from './domain.ts'
export {
  type Engine,
  type EngineOptions,
  installEngine,
  LOCAL,
} from './engine/engine.ts'
export { engineVerb } from './engine/engineVerb.ts'
export { type PullOrder, pullImage } from './engine/pull.ts'
export { type DockerImage, findLocalImage } from './image/index.ts'

export { type BuildFolder, buildFolder, buildLine } from './live/buildFolder.ts'
export { published } from './network/wire.ts'
export { defineRegistry, type Permission, type Registry } from './registry/registry.ts'

export { swarmVerb } from './swarm/swarmVerb.ts'
