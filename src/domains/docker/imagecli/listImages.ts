import { EPOCH } from '../../../kernel/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command } from '../cli/command.ts'
import { filtersOf, hasLabel, untilOf } from '../cli/filters.ts'
import { formatRows, type Row } from '../cli/format.ts'
import { Problem } from '../cli/problem.ts'
import { createdText, humanDuration } from '../cli/units.ts'
import { containersOn } from '../container/container.ts'
import { type DockerImage, findLocalImage, imagesOf, shortId, sizeText } from '../image/index.ts'
import { imageTree } from './imageTree.ts'

/** Models: docker/cli cli/command/image/list.go */
export const listImages: Command = {
  path: 'images',
  aliases: ['image ls', 'image list'],
  summary: 'List images',
  usage: '[OPTIONS] [REPOSITORY[:TAG]]',
  args: [0, 1],
  completes: 'images',
  flags: [
    { name: 'all', short: 'a', says: 'Show all images (default hides intermediate and dangling images)' },
    { name: 'digests', says: 'Show digests' },
    { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    { name: 'no-trunc', says: "Don't truncate output" },
    { name: 'quiet', short: 'q', says: 'Only show image IDs' },
    { name: 'tree', says: 'List multi-platform images as a tree (EXPERIMENTAL)' },
  ],
  run(ask) {
    const { world } = ask
    const filters = filtersOf(ask, ['before', 'dangling', 'label', 'reference', 'since', 'until'])
    const [pattern] = ask.args
    const full = ask.flag('no-trunc')
    const born = (name: string | undefined): number | undefined =>
      name === undefined ? undefined : findLocalImage(world, ask.engine, name)?.created
    const before = born(filters.get('before')?.[0])
    const since = born(filters.get('since')?.[0])
    const until = filters.get('until')?.[0]
    const rows: Row[] = []
    const branches: (readonly [DockerImage, readonly string[]])[] = []
    for (const image of imagesOf(world, ask.engine)) {
      const dangling = image.repoTags.length === 0
      if (filters.has('dangling') && (filters.get('dangling')?.[0] === 'true') !== dangling) continue
      if (before !== undefined && image.created >= before) continue
      if (since !== undefined && image.created <= since) continue
      if (until !== undefined && image.created >= untilOf(world, until, EPOCH)) continue
      if (!(filters.get('label') ?? []).every((label) => hasLabel(image.config.Labels, label))) continue
      const names = dangling ? ['<none>:<none>'] : image.repoTags
      const kept: string[] = []
      for (const name of names) {
        const cut = name.lastIndexOf(':')
        const [repository, tag] = [name.slice(0, cut), name.slice(cut + 1)]
        if (pattern !== undefined && !fits(name, pattern)) continue
        const references = filters.get('reference')
        if (references && !references.some((one) => fits(name, one))) continue
        kept.push(name)
        rows.push(imageRow(ask, image, repository, tag, full))
      }
      if (kept.length > 0) branches.push([image, image.repoTags.filter((name) => kept.includes(name))])
    }
    if (ask.flag('tree')) {
      for (const other of ['quiet', 'no-trunc', 'digests'])
        if (ask.flag(other)) throw new Problem(`--${other} is not yet supported with --tree`)
      if (ask.has('format')) throw new Problem('--format is not yet supported with --tree')
      ask.out(imageTree(ask, branches))
      return { exit: 0 }
    }
    if (ask.flag('quiet')) {
      for (const id of new Set(rows.map((row) => row.ID))) ask.out(`${id}\n`)
      return { exit: 0 }
    }
    const digests = ask.flag('digests')
    const columns = [
      ['REPOSITORY', 'Repository'],
      ['TAG', 'Tag'],
      ...(digests ? [['DIGEST', 'Digest'] as const] : []),
      ['IMAGE ID', 'ID'],
      ['CREATED', 'CreatedSince'],
      ['SIZE', 'Size'],
    ] as readonly (readonly [string, string])[]
    ask.out(formatRows(rows, columns, { ID: 'IMAGE ID' }, ask.text('format')))
    return { exit: 0 }
  },
}

function imageRow(ask: Ask, image: DockerImage, repository: string, tag: string, full: boolean): Row {
  const digest = image.repoDigests.find((one) => one.startsWith(`${repository}@`))?.split('@')[1] ?? '<none>'
  const used = containersOn(ask.world, ask.engine).filter((container) => container.imageId === image.id).length
  return {
    Repository: repository,
    Tag: tag,
    Digest: digest,
    ID: full ? image.imageId : shortId(image.imageId),
    CreatedSince: `${humanDuration(ask.world.now - image.created)} ago`,
    CreatedAt: createdText(image.created),
    Size: sizeText(image.size),
    Containers: used === 0 ? 'N/A' : String(used),
    SharedSize: 'N/A',
    UniqueSize: 'N/A',
    VirtualSize: sizeText(image.size),
  }
}

/** Whether a name fits a reference with stars. Models: distribution/reference FamiliarMatch */
function fits(name: string, pattern: string): boolean {
  const cut = pattern.lastIndexOf(':')
  const whole = cut > pattern.lastIndexOf('/') ? pattern : `${pattern}:*`
  const source = whole
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
  return new RegExp(`^${source}$`).test(name)
}
