import type { Command } from '../cli/command.ts'
import { load, save } from './archive.ts'
import { imageHistory } from './imageHistory.ts'
import { listImages } from './listImages.ts'
import { imagePrune } from './pruneImages.ts'
import { pull } from './pull.ts'
import { push } from './push.ts'
import { removeImages } from './removeImages.ts'
import { exportContainer, importImage } from './rootfs.ts'
import { search } from './search.ts'
import { tag } from './tag.ts'

/** Everything about images but building them. */
export const imageCommands: readonly Command[] = [
  listImages,
  pull,
  push,
  tag,
  removeImages,
  imageHistory,
  imagePrune,
  search,
  save,
  load,
  importImage,
  exportContainer,
]
