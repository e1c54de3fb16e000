import { digestOf } from './digestOf.ts'
import type { Image, ImageFamily } from './image.ts'
import { agents } from './images/agents.ts'
import { applications } from './images/applications.ts'
import { languages } from './images/languages.ts'
import { samples } from './images/samples.ts'
import { stores } from './images/stores.ts'
import { systems } from './images/systems.ts'
import { webServers } from './images/webServers.ts'
import type { Reference } from './reference.ts'
import { tagMatches } from './tagPattern.ts'

/** What the public registries of the lab hold. */
export const catalogue: readonly ImageFamily[] = [
  ...webServers,
  ...systems,
  ...languages,
  ...stores,
  ...samples,
  ...applications,
  ...agents,
]

/** The family of a normal name (`docker.io/library/nginx`), also under its other names. */
export function familyOf(name: string): ImageFamily | undefined {
  return byName.get(name)
}

/** The image that a reference names among the well-known ones; undefined when the registry has none such. */
export function wellKnown(reference: Reference): Image | undefined {
  const cached = images.get(reference.full)
  if (cached !== undefined) return cached ?? undefined
  const family = byName.get(reference.name)
  const tag = reference.tag
  const exists =
    family &&
    (tag === undefined || reference.digest !== undefined || family.tags.some((pattern) => tagMatches(pattern, tag)))
  const image = exists ? imageOf(family, reference) : undefined
  images.set(reference.full, image ?? null)
  return image
}

const byName = new Map<string, ImageFamily>()
for (const family of catalogue) {
  for (const name of [family.name, ...(family.aliases ?? [])]) if (!byName.has(name)) byName.set(name, family)
}

/** Images by full reference: a function of the catalogue alone. */
const images = new Map<string, Image | null>()

function imageOf(family: ImageFamily, reference: Reference): Image {
  const tag = reference.tag ?? 'latest'
  return {
    family,
    full: reference.full,
    name: reference.name,
    tag,
    version: versionOf(tag, family.latest ?? tag),
    digest: reference.digest ?? digestOf(`${reference.name}:${tag}`),
    bytes: typeof family.bytes === 'number' ? family.bytes : family.bytes(tag),
    base: typeof family.base === 'function' ? family.base(tag) : family.base,
    config: family.config ?? {},
    daemons: family.daemons ?? [],
  }
}

/** `1.27.4-alpine` is version 1.27.4, `2.0` is 2.0.0, `alpine` is that of latest. */
function versionOf(tag: string, latest: string): string {
  const match = /^v?(\d+(?:\.\d+)*)/.exec(tag)
  if (!match) return latest
  const parts = (match[1] as string).split('.')
  if (parts.length === 1 && latest.startsWith(`${parts[0]}.`)) return latest
  while (parts.length < 3) parts.push('0')
  return parts.join('.')
}
