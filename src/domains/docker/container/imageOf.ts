import type { World } from '../../../kernel/index.ts'
import type { Image } from '../../containerd/index.ts'
import { type DockerImage, runnable } from '../image/index.ts'
import type { Container } from './container.ts'

/** The image that a container is made of, as the runtime runs it; undefined when it was deleted by force. */
export function imageOf(world: World, container: Pick<Container, 'imageId'>): Image | undefined {
  const image = world.get(container.imageId) as DockerImage | undefined
  return image && runnable(image)
}
