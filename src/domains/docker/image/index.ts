export {
  addImage,
  contentOf,
  type DockerImage,
  dockerImageKind,
  findLocalImage,
  type ImageContent,
  imagesOf,
  type Pushed,
  pulledImage,
  removeImage,
  shortId,
  tagImage,
  untagImage,
} from './image.ts'
export type { DockerConfig, Healthcheck } from './imageConfig.ts'
export { type Layer, makeLayer } from './layer.ts'
export { familiar } from './names.ts'
export {
  filesOfImage,
  manifestDigest,
  packed,
  runnable,
  toRegistry,
} from './runnable.ts'
export { sizeText } from './sizeText.ts'
