import type { World } from '../../../kernel/index.ts'
import { findImage, type Image, parseReference } from '../../containerd/index.ts'
import { findingsIn } from './knownFindings.ts'
import { type EcrImage, registryHost, type Scan } from './repository.ts'

/** What a scan of an image comes to now. */
export function scanResult(world: World, image: EcrImage): Scan {
  const [tag] = image.tags
  const found =
    tag === undefined ? undefined : findImage(world, `${registryHost(image.region)}/${image.repositoryName}:${tag}`)
  if (!found || !('image' in found))
    return {
      status: 'COMPLETE',
      description: 'The scan was completed successfully.',
      completedAt: world.now,
      findings: [],
    }
  return {
    status: 'COMPLETE',
    description: 'The scan was completed successfully.',
    completedAt: world.now,
    findings: findingsIn(basesOf(found.image)),
  }
}

/** The well-known image at the bottom of an image, and the system below that. */
function basesOf(image: Image): readonly { readonly name: string; readonly version: string }[] {
  const root = (image.manifest as { readonly root?: string } | undefined)?.root
  const reference = root === undefined ? undefined : parseReference(root)
  if (!reference) return [{ name: image.base, version: 'latest' }]
  const tag = reference.tag ?? 'latest'
  const system = /-(alpine|bookworm|bullseye|buster|slim-buster|slim-bullseye|slim-bookworm)([\d.]*)$/.exec(tag)
  const [, word = '', number = ''] = system ?? []
  const debian = DEBIAN[word.replace('slim-', '')]
  return [
    {
      name: reference.name.slice(reference.name.lastIndexOf('/') + 1),
      version: DEBIAN[tag.replace(/-slim$/, '')] ?? tag,
    },
    ...(word === 'alpine' && number !== '' ? [{ name: 'alpine', version: number }] : []),
    ...(debian === undefined ? [] : [{ name: 'debian', version: debian }]),
  ]
}

const DEBIAN: { readonly [name: string]: string } = { buster: '10', bullseye: '11', bookworm: '12', trixie: '13' }

/** How many findings of each severity. */
export function severityCounts(scan: Scan): { readonly [severity: string]: number } {
  const counts: { [severity: string]: number } = {}
  for (const { severity } of scan.findings ?? []) counts[severity] = (counts[severity] ?? 0) + 1
  return counts
}
