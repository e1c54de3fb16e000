import type { Emission, World } from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'
import type { ContainerSpec, HealthCheck, Mount } from '../container/containerSpec.ts'
import { imageFilesBelow } from '../container/files.ts'
import { healthCheck } from '../container/orders.ts'
import type { DockerImage, Healthcheck } from '../image/index.ts'
import { createVolume, volumeId } from '../volume/volume.ts'

/**
 * Completes a spec with what its image says (health check, stop signal, volumes), and makes the volumes that are not there: named ones, and
 * one of its own for each mount without a source. A new volume begins with what the image has at its place.
 */
export function prepare(
  world: World,
  engine: string,
  spec: ContainerSpec,
  image: DockerImage,
  options: { readonly noHealth?: boolean; readonly volumeLabels?: { readonly [name: string]: string } } = {},
): { readonly spec: ContainerSpec; readonly emit: readonly Emission[] } {
  const { config } = image
  const emit: Emission[] = []
  const asked = new Set((spec.mounts ?? []).map(({ target }) => target))
  const own = Object.keys(config.Volumes ?? {}).flatMap((target): Mount[] =>
    asked.has(target) ? [] : [{ type: 'volume', target }],
  )
  const mounts = [...(spec.mounts ?? []), ...own].map((mount): Mount => {
    if (mount.type !== 'volume') return mount
    const anonymous = mount.source === undefined || mount.source === ''
    const name = anonymous
      ? digestOf(`volume ${engine} ${world.revision} ${world.now} ${spec.image} ${mount.target} ${emit.length}`).slice(
          7,
        )
      : (mount.source as string)
    if (!world.get(volumeId(engine, name)) && !emit.some(({ to }) => to === volumeId(engine, name))) {
      const files = imageFilesBelow(world, { imageId: image.id }, mount.target)
      emit.push(createVolume(world, engine, name, { files, ...(anonymous ? { anonymous: true } : {}) }))
    }
    return { ...mount, source: name }
  })
  const health = spec.health ?? (options.noHealth ? undefined : fromImage(config.Healthcheck))
  return {
    spec: {
      ...spec,
      ...(mounts.length > 0 ? { mounts } : {}),
      ...(health ? { health } : {}),
      ...(spec.stopSignal === undefined && config.StopSignal
        ? { stopSignal: config.StopSignal.replace(/^SIG/, '') }
        : {}),
      ...(config.Labels ? { labels: { ...config.Labels, ...spec.labels } } : {}),
    },
    emit,
  }
}

/** A health check of an image, which has its times in nanoseconds. */
function fromImage(check: Healthcheck | undefined): HealthCheck | undefined {
  if (!check?.Test) return undefined
  const ms = (time: number | undefined): number => Math.round((time ?? 0) / 1e6)
  return healthCheck({
    test: check.Test,
    interval: ms(check.Interval),
    timeout: ms(check.Timeout),
    startPeriod: ms(check.StartPeriod),
    startInterval: ms(check.StartInterval),
    retries: check.Retries ?? 0,
  })
}
