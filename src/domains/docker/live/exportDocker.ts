import { stringify } from 'yaml'
import { type Exported, type ExportedFile, type ExportedStep, STEP, type World } from '../../../kernel/index.ts'
import { type Container, containersOn } from '../container/container.ts'
import { LOCAL } from '../engine/engine.ts'
import type { DockerImage } from '../image/image.ts'
import { networkNamed } from '../network/network.ts'
import { volumesOn } from '../volume/volume.ts'
import { buildFolder, buildLine } from './buildFolder.ts'
import { composeService, serviceName } from './composeService.ts'

const BUILT_IN: ReadonlySet<string> = new Set(['bridge', 'host', 'none'])
/** Where AWS keeps images; whoever has the registry exports what is in it. */
const REGISTRY = /^\d{12}\.dkr\.ecr\./

/**
 * The containers of the learner's own machine as a compose file, and the Dockerfiles with the contexts of the images that were built there.
 * Containers that were started by `docker run` become services of the same name.
 */
export function exportDocker(world: World): Exported {
  const containers = containersOn(world, LOCAL)
    .filter(({ owner, state }) => owner === LOCAL && state !== 'removing')
    .sort((a, b) => a.born - b.born)
  const tags = builtTags(world)
  const folders = new Map(
    tags.flatMap((tag) => {
      const folder = buildFolder(world, tag)
      return folder ? [[tag, folder] as const] : []
    }),
  )
  const used = new Set(containers.flatMap(({ spec }) => buildFolder(world, spec.image)?.path ?? []))
  const files: ExportedFile[] = [
    ...new Map([...folders.values()].map((folder) => [folder.path, folder])).values(),
  ].flatMap((folder) => folder.files)
  const alone = [...folders].filter(([, { path }]) => !used.has(path)).map(([tag, folder]) => buildLine(folder, tag))
  const steps: ExportedStep[] = []
  if (alone.length > 0) steps.push({ order: STEP.images, says: 'Images', lines: alone })
  if (containers.length > 0) {
    files.push({
      path: 'compose.yaml',
      text: stringify(composeFile(world, containers), { lineWidth: 0, version: '1.1' }),
    })
    const build = used.size > 0 ? ['docker compose build'] : []
    steps.push({ order: STEP.running, says: 'Containers', lines: [...build, 'docker compose up -d'] })
  }
  return { files, steps }
}

/** Names of images that a build of this machine made and that are still there, but for those of a registry that is exported itself. */
function builtTags(world: World): readonly string[] {
  const tags: string[] = []
  for (const entity of world.all('docker.Image')) {
    const { owner, repoTags } = entity as DockerImage
    if (owner === LOCAL) tags.push(...repoTags.filter((tag) => !REGISTRY.test(tag)))
  }
  return tags.sort()
}

function composeFile(world: World, containers: readonly Container[]): object {
  const networks = new Map<string, object>()
  const volumes = new Map<string, object>()
  const known = new Map(volumesOn(world, LOCAL).map((volume) => [volume.name, volume]))
  for (const { spec } of containers) {
    for (const { name } of spec.networks ?? []) {
      const network = networkNamed(world, LOCAL, name)
      if (!network || BUILT_IN.has(name)) continue
      const { driver, internal, attachable, options } = network
      networks.set(name, {
        name,
        ...(driver === 'bridge' ? {} : { driver }),
        ...(internal ? { internal } : {}),
        ...(attachable ? { attachable } : {}),
        ...(options && Object.keys(options).length > 0 ? { driver_opts: options } : {}),
      })
    }
    for (const { type, source } of spec.mounts ?? []) {
      const volume = type === 'volume' && source !== undefined ? known.get(source) : undefined
      if (volume === undefined || volume.anonymous) continue
      volumes.set(volume.name, {
        name: volume.name,
        ...(volume.driver === 'local' ? {} : { driver: volume.driver }),
        ...(volume.options && Object.keys(volume.options).length > 0 ? { driver_opts: volume.options } : {}),
      })
    }
  }
  const project = containers
    .map(({ spec }) => spec.labels?.['com.docker.compose.project'])
    .find((name) => name !== undefined)
  return {
    name: project ?? 'live',
    services: Object.fromEntries(containers.map((one) => [serviceName(one), composeService(world, one)])),
    ...(networks.size > 0 ? { networks: Object.fromEntries(networks) } : {}),
    ...(volumes.size > 0 ? { volumes: Object.fromEntries(volumes) } : {}),
  }
}
