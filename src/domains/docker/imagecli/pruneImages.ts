import type { Ask } from '../cli/ask.ts'
import { asking } from '../cli/asking.ts'
import type { Command, Reply } from '../cli/command.ts'
import { usedBy } from '../cli/filesystem.ts'
import { decimalSize } from '../cli/units.ts'
import { containersOn } from '../container/container.ts'
import { imagesOf, removeImage } from '../image/index.ts'

/** Images that a prune takes, and the bytes that this frees. */
export function pruneImages(ask: Ask, all: boolean): { readonly lines: readonly string[]; readonly bytes: number } {
  const lines: string[] = []
  let bytes = 0
  const containers = containersOn(ask.world, ask.engine)
  for (const image of imagesOf(ask.world, ask.engine)) {
    if (usedBy(containers, image) || (!all && image.repoTags.length > 0)) continue
    for (const name of image.repoTags) lines.push(`untagged: ${name}`)
    lines.push(`deleted: ${image.imageId}`)
    bytes += image.size
    ask.emit([removeImage(image)])
  }
  return { lines, bytes }
}

/** `docker image prune`. */
export const imagePrune: Command = {
  path: 'image prune',
  summary: 'Remove unused images',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'all', short: 'a', says: 'Remove all unused images, not just dangling ones' },
    { name: 'filter', type: 'filter', says: 'Provide filter values (e.g. "until=<timestamp>")' },
    { name: 'force', short: 'f', says: 'Do not prompt for confirmation' },
  ],
  run: (ask) => pruning(ask),
  resume: (ask) => pruning(ask),
}

function pruning(ask: Ask): Reply {
  const all = ask.flag('all')
  return asking(
    ask,
    all
      ? 'WARNING! This will remove all images without at least one container associated to them.'
      : 'WARNING! This will remove all dangling images.',
    () => {
      const { lines, bytes } = pruneImages(ask, all)
      if (lines.length > 0) ask.out(`Deleted Images:\n${lines.join('\n')}\n\n`)
      ask.out(`Total reclaimed space: ${decimalSize(bytes)}\n`)
    },
  )
}
