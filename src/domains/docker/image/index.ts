export {
  addImage,
  configOf,
  contentOf,
  type DockerImage,
  dockerImageKind,
  findLocalImage,
  type ImageContent,
  imageIdOf,
  imagesOf,
  type Pushed,
  pulledImage,
  removeImage,
  shortId,
  tagImage,
  untagImage,
} from './image.ts'
export { type DockerConfig, envOf, envTable, type Healthcheck } from './imageConfig.ts'
export { type Layer, makeLayer } from './layer.ts'
export { familiar } from './names.ts'
export {
  baseOf,
  filesOfImage,
  manifestDigest,
  packed,
  packedSize,
  programsIn,
  runnable,
  toRegistry,
} from './runnable.ts'
export { sizeText } from './sizeText.ts'
