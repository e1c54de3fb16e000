import type { Face } from '../../../kernel/index.ts'
import type { DockerImage } from './image.ts'
import { filled } from './layer.ts'
import { shortReference } from './names.ts'
import { sizeText } from './sizeText.ts'

/** An image as a card within its engine: one segment a layer. */
export const imageFace: Face<DockerImage> = {
  label: 'Image',
  plural: 'Images',
  pictogram: 'image',
  shape: 'chip',
  rank: 4,
  // Images outlive the machine of a task that has ended; nobody sees them there any more.
  within: (image, world) => (world.get(image.owner) ? image.owner : null),
  look: (image) => {
    const layers = filled(image.layers)
    return {
      title: shortReference(image.repoTags[0]) ?? `<none> ${image.imageId.slice(7, 19)}`,
      note: image.repoTags.length > 1 ? `and ${image.repoTags.length - 1} more names` : undefined,
      tone: image.repoTags.length > 0 ? 'ok' : 'idle',
      word: image.repoTags.length > 0 ? 'present' : 'dangling',
      figures: [sizeText(image.size)],
      segments: layers.map((layer) => ({
        fill: layer.comment === undefined || layer.files === undefined ? 'old' : 'new',
      })),
      facts: [
        ['id', image.imageId.slice(7, 19)],
        ...image.repoTags.map((name) => ['name', name] as const),
        ['layers', String(layers.length)],
        ['size', sizeText(image.size)],
        ...(image.root === undefined ? [] : [['built upon', image.root] as const]),
      ],
    }
  },
  actions: (image) => [
    {
      id: 'history',
      label: 'Show its layers',
      line: `docker history ${image.repoTags[0] ?? image.imageId.slice(7, 19)}`,
    },
    {
      id: 'remove',
      label: 'Delete',
      line: `docker rmi ${image.repoTags[0] ?? image.imageId.slice(7, 19)}`,
      sort: 'danger',
    },
  ],
  source: {
    language: 'json',
    text: (image) =>
      `${JSON.stringify({ Id: image.imageId, RepoTags: image.repoTags, Config: image.config }, undefined, 2)}\n`,
    apply: (_image, file) => `docker image load -i ${file}`,
  },
}
