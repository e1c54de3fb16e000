import type { World } from '../../../kernel/index.ts'
import { withChanges } from '../../../shell/index.ts'
import { type Image, imageOfReference, imageTree } from '../../containerd/index.ts'
import { type DockerImage, runnable } from '../image/index.ts'
import type { Container } from './container.ts'

/** The image that a container is made of, as the runtime runs it; undefined when it was deleted by force. */
export function imageOf(world: World, container: Pick<Container, 'imageId'>): Image | undefined {
  const image = world.get(container.imageId) as DockerImage | undefined
  if (!image) return undefined
  const made = runnable(image)
  return made.daemons.length > 0 || image.root === undefined ? made : uponOwn(world, image, made)
}

/** An image upon one of the learner's own (`lab image add`) has its server, programs and files. */
function uponOwn(world: World, image: DockerImage, made: Image): Image {
  const own = world.get(`containerd.Image/${image.root}`) && imageOfReference(world, image.root ?? '')
  if (!own || own.manifest) return made
  const known = merged.get(image)
  if (known?.own === own) return known.image
  const binaries = [...(own.family.binaries ?? []), ...(made.family.binaries ?? [])]
  let tree = imageTree(own)
  for (const { files } of image.layers) if (files) tree = withChanges(tree, files)
  const both: Image = {
    ...made,
    base: own.base,
    daemons: own.daemons,
    family: { ...made.family, base: own.base, binaries },
    tree,
  }
  merged.set(image, { own, image: both })
  return both
}

/** Images upon own ones: a function of both records. */
const merged = new WeakMap<DockerImage, { readonly own: Image; readonly image: Image }>()
