import type { Domain, Kind } from '../../kernel/index.ts'
import { buildKind } from './build/build.ts'
import { buildsController } from './build/builds.controller.ts'
import { cacheKind } from './build/cache.ts'
import { stepKind } from './build/step.ts'
import { builderKind, buildersByEngine } from './builder/builder.ts'
import { afterlifeController } from './container/afterlife.controller.ts'
import {
  containersByEngine,
  containersByIp,
  containersByName,
  containersByPort,
  membersOfNetwork,
} from './container/container.ts'
import { containerKind } from './container/containerKind.ts'
import { healthController } from './container/health.controller.ts'
import './container/host.ts'
import './network/wire.ts'
import { runtimeController } from './container/runtime.controller.ts'
import { engineKind } from './engine/engine.ts'
import { containerFace } from './faces/containerFace.ts'
import { engineFace } from './faces/engineFace.ts'
import { networkFace } from './faces/networkFace.ts'
import { volumeFace } from './faces/volumeFace.ts'
import { dockerFacts } from './facts.ts'
import { dockerImageKind } from './image/index.ts'
import { lintDockerfile } from './lint/lintDockerfile.ts'
import { exportDocker } from './live/exportDocker.ts'
import { networkKind, networksByEngine } from './network/network.ts'
import { pluginKind, pluginsByEngine } from './plugin/plugin.ts'
import { swarmControllers, swarmIndexes, swarmKinds } from './swarm/index.ts'
import { volumeKind, volumesByEngine } from './volume/volume.ts'

/** Docker: engines with their images, containers, networks and volumes. Knows no orchestrator but its own compose. */
export const dockerDomain: Domain = {
  name: 'docker',
  kinds: [
    { ...engineKind, face: engineFace } as Kind,
    { ...containerKind, face: containerFace } as Kind,
    dockerImageKind,
    { ...networkKind, face: networkFace } as Kind,
    { ...volumeKind, face: volumeFace } as Kind,
    pluginKind,
    builderKind,
    buildKind,
    stepKind,
    cacheKind,
    ...swarmKinds,
  ],
  controllers: [runtimeController, afterlifeController, healthController, buildsController, ...swarmControllers],
  derived: [
    containersByEngine as never,
    containersByName as never,
    membersOfNetwork as never,
    containersByPort as never,
    containersByIp as never,
    networksByEngine as never,
    volumesByEngine as never,
    pluginsByEngine as never,
    buildersByEngine as never,
    ...swarmIndexes,
  ],
  views: [],
  files: [
    {
      extensions: ['yaml', 'yml'],
      has: /^services:\s*$/m,
      line: (path) => `docker compose -f ${path} up -d`,
    },
  ],
  lint: lintDockerfile,
  exports: exportDocker,
  facts: dockerFacts,
}
