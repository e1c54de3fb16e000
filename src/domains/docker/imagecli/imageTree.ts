import { digestOf, parseReference, wellKnown } from '../../containerd/index.ts'
import type { Ask } from '../cli/ask.ts'
import { containersOn } from '../container/container.ts'
import { type DockerImage, manifestDigest, packed, shortId, sizeText } from '../image/index.ts'

/** `docker image ls --tree`: each image with the platforms of its index. Models: docker/cli cli/command/image/tree.go */
export function imageTree(
  ask: Ask,
  images: readonly (readonly [image: DockerImage, names: readonly string[]])[],
): string {
  const rows: Row[] = []
  for (const [image, names] of images) {
    const used = containersOn(ask.world, ask.engine).some(({ imageId }) => imageId === image.id) ? ' U' : ''
    const content = packed(image.layers)
    const present = { disk: sizeText(image.size + content), content: sizeText(content), extra: used }
    const platforms = platformsOf(image)
    for (const name of names.length === 0 ? ['<untagged>'] : names) {
      const index = image.repoDigests[0]?.split('@')[1] ?? manifestDigest(image)
      rows.push({ name, id: shortId(platforms.length > 1 ? index : manifestDigest(image)), ...present })
      for (const [i, platform] of platforms.entries()) {
        const own = platform === `${image.os}/${image.architecture}`
        const id = own ? manifestDigest(image) : digestOf(`${index} ${platform}`)
        const branch = i === platforms.length - 1 ? '└─' : '├─'
        const sizes = own ? present : { disk: '0B', content: '0B', extra: '' }
        rows.push({ name: `${branch} ${platform}`, id: shortId(id), ...sizes })
      }
    }
  }
  const width = Math.max(21, ...rows.map(({ name }) => name.length)) + 3
  const line = (row: Row): string =>
    `${row.name.padEnd(width)}${row.id.padEnd(12)}   ${row.disk.padStart(10)}   ${row.content.padStart(12)}   ${row.extra}`.trimEnd()
  const head = `${'IMAGE'.padEnd(width)}${'ID'.padEnd(12)}   DISK USAGE   CONTENT SIZE   EXTRA`
  return `${[head, ...rows.map(line)].join('\n')}\n`
}

interface Row {
  readonly name: string
  readonly id: string
  readonly disk: string
  readonly content: string
  readonly extra: string
}

/** The platforms that an image's index lists: what was built here has its own alone. */
export function platformsOf(image: DockerImage): readonly string[] {
  const own = `${image.os}/${image.architecture}`
  const [name] = image.repoTags
  const reference = name === undefined || image.root === undefined ? undefined : parseReference(name)
  const family = reference && reference.full === image.root ? wellKnown(reference)?.family : undefined
  if (!family?.name.startsWith('docker.io/library/')) return [own]
  return family.base === 'alpine' || family.name.endsWith('/alpine') ? ALPINE : DEBIAN
}

const ALPINE = [
  'linux/amd64',
  'linux/arm/v6',
  'linux/arm/v7',
  'linux/arm64/v8',
  'linux/386',
  'linux/ppc64le',
  'linux/riscv64',
  'linux/s390x',
]
const DEBIAN = [
  'linux/amd64',
  'linux/arm/v5',
  'linux/arm/v7',
  'linux/arm64/v8',
  'linux/386',
  'linux/ppc64le',
  'linux/riscv64',
  'linux/s390x',
]
