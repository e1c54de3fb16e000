import { parsePlatform, platformText } from '../build/platform.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command } from '../cli/command.ts'
import { imageNamed } from '../cli/pick.ts'
import { Problem, refused } from '../cli/problem.ts'
import { addImage, type DockerImage } from '../image/index.ts'

/** Models: docker/cli cli/command/image/save.go and load.go; the archive is the lab's own: a list of images in JSON. */
export const save: Command = {
  path: 'save',
  aliases: ['image save'],
  summary: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
  usage: '[OPTIONS] IMAGE [IMAGE...]',
  args: [1, Number.POSITIVE_INFINITY],
  completes: 'images',
  flags: [
    { name: 'output', short: 'o', type: 'string', says: 'Write to a file, instead of STDOUT' },
    { name: 'platform', type: 'list', says: 'Save only the given platform variant' },
  ],
  run(ask) {
    const saved = ask.args.map((text) => {
      const image = imageNamed(ask, text)
      for (const platform of ask.all('platform').flatMap((one) => one.split(',')))
        if (!hasPlatform(image, platform))
          throw refused(`no suitable export target found for platform ${platformText(parsePlatform(platform))}`)
      const { config, layers, root, created, repoTags, repoDigests } = image
      return { config, layers, root, created, repoTags, repoDigests }
    })
    const output = ask.text('output')
    if (output === undefined && ask.call.terminal)
      throw new Problem('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    const text = JSON.stringify(saved)
    if (output === undefined) ask.out(text)
    else ask.call.files.write(output.startsWith('/') ? output : `${ask.call.cwd}/${output}`, text)
    return { exit: 0 }
  },
}

/** Lines of `docker load`. */
export const load: Command = {
  path: 'load',
  aliases: ['image load'],
  summary: 'Load an image from a tar archive or STDIN',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'input', short: 'i', type: 'string', says: 'Read from tar archive file, instead of STDIN' },
    { name: 'platform', type: 'list', says: 'Load only the given platform variant' },
    { name: 'quiet', short: 'q', says: 'Suppress the load output' },
  ],
  run(ask) {
    const input = ask.text('input')
    const file =
      input === undefined
        ? { text: ask.call.stdin ?? '' }
        : ask.call.files.read(input.startsWith('/') ? input : `${ask.call.cwd}/${input}`)
    if ('error' in file) throw new Problem(`open ${input}: ${file.error.toLowerCase()}`)
    if (input === undefined && ask.call.stdin === undefined)
      throw new Problem('requested load from stdin, but stdin is empty')
    let saved: readonly DockerImage[]
    try {
      saved = JSON.parse(file.text) as readonly DockerImage[]
    } catch {
      throw refused('unrecognized image format')
    }
    if (!Array.isArray(saved)) throw refused('unrecognized image format')
    for (const content of saved) {
      for (const platform of ask.all('platform').flatMap((one) => one.split(',')))
        if (!hasPlatform(content, platform))
          throw new Problem(
            `requested platform (${platformText(parsePlatform(platform))}) not found: image might be filtered out`,
          )
      ask.emit(addLoaded(ask, content))
      for (const name of content.repoTags) ask.out(`Loaded image: ${name}\n`)
    }
    return { exit: 0 }
  },
}

function addLoaded(ask: Ask, content: DockerImage) {
  return addImage(ask.world, ask.engine, content)
}

/** Whether the content of a platform is here: `linux/amd64`. */
function hasPlatform(image: Pick<DockerImage, 'os' | 'architecture'>, text: string): boolean {
  const { os, architecture } = parsePlatform(text)
  return os === (image.os ?? 'linux') && architecture === (image.architecture ?? 'amd64')
}
