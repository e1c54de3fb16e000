import type { Command } from '../cli/command.ts'
import { imageNamed } from '../cli/pick.ts'
import { refused } from '../cli/problem.ts'
import { tagImage } from '../image/index.ts'

/** Models: docker/cli cli/command/image/tag.go */
export const tag: Command = {
  path: 'tag',
  aliases: ['image tag'],
  summary: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  args: [2, 2],
  completes: 'images',
  run(ask) {
    const [source = '', target = ''] = ask.args
    const image = imageNamed(ask, source)
    const events = tagImage(ask.world, image, target)
    if (!events)
      throw refused(
        `${/[A-Z]/.test(target) ? `invalid reference format: repository name (${target.replace(/:[^:/]*$/, '')}) must be lowercase` : `"${target}" is not a valid repository/tag: invalid reference format`}`,
      )
    ask.emit(events)
    return { exit: 0 }
  },
}
