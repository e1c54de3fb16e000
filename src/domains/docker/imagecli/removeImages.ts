import { parseReference } from '../../containerd/index.ts'
import type { Command } from '../cli/command.ts'
import { usedBy } from '../cli/filesystem.ts'
import { eachArgument, imageNamed } from '../cli/pick.ts'
import { Problem, refused } from '../cli/problem.ts'
import { containersOn, isAlive, shortHex } from '../container/container.ts'
import { familiar, removeImage, shortId, untagImage } from '../image/index.ts'

/** Models: docker/cli cli/command/image/remove.go and moby daemon/images/image_delete.go */
export const removeImages: Command = {
  path: 'rmi',
  aliases: ['image rm', 'image remove'],
  summary: 'Remove one or more images',
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  args: [1, Number.POSITIVE_INFINITY],
  completes: 'images',
  flags: [
    { name: 'force', short: 'f', says: 'Force removal of the image' },
    { name: 'no-prune', says: 'Do not delete untagged parents' },
    { name: 'platform', type: 'list', says: 'Remove only the given platform variant' },
  ],
  run(ask) {
    const force = ask.flag('force')
    const platforms = ask.all('platform')
    if (platforms.length > 0 && !force)
      throw refused('Content will be removed from all images referencing this variant. Use —-force to force delete.')
    if (platforms.length > 0)
      throw new Problem('docker image rm --platform: not modelled here; an image has one variant')
    const gone = new Map<string, Set<string>>()
    return eachArgument(ask, (text) => {
      const image = imageNamed(ask, text)
      const taken = gone.get(image.id) ?? new Set<string>()
      gone.set(image.id, taken)
      const byId =
        /^(?:sha256:)?[0-9a-f]{4,64}$/.test(text) &&
        image.imageId.includes(text.replace('sha256:', '')) &&
        !image.repoTags.some((one) => one.startsWith(`${text}:`))
      const reference = parseReference(text)
      const name = reference ? familiar(reference) : text
      const left = image.repoTags.filter((one) => !taken.has(one))
      const removing = byId ? left : left.filter((one) => one === name)
      const rest = left.length - removing.length
      const user = usedBy(containersOn(ask.world, ask.engine), image)
      if (byId && left.length > 1 && !force)
        throw refused(
          `conflict: unable to delete ${shortId(image.imageId)} (must be forced) - image is referenced in multiple repositories`,
        )
      if (user && rest === 0) {
        const running = isAlive(user)
        if (running && byId)
          throw refused(
            `conflict: unable to delete ${shortId(image.imageId)} (cannot be forced) - image is being used by running container ${shortHex(user)}`,
          )
        if (!force)
          throw refused(
            `conflict: unable to ${byId ? 'delete' : 'remove repository reference'} ${byId ? shortId(image.imageId) : `"${text}"`} (must be forced) - ${byId ? 'image is being used by stopped container' : 'container'} ${shortHex(user)}${byId ? '' : ` is using its referenced image ${shortId(image.imageId)}`}`,
          )
      }
      for (const one of removing) {
        taken.add(one)
        ask.out(`Untagged: ${one}\n`)
      }
      if (rest > 0 || (user && isAlive(user))) {
        ask.emit(removing.map((one) => untagImage(image, one)))
        return
      }
      for (const digest of image.repoDigests) ask.out(`Untagged: ${digest}\n`)
      ask.out(`Deleted: ${image.imageId}\n`)
      ask.emit([removeImage(image)])
    })
  },
}
