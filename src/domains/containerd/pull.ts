import type { World } from '../../kernel/index.ts'
import { familyOf, wellKnown } from './catalogue.ts'
import type { Image } from './image.ts'
import { ownImage } from './ownImage.ts'
import { parseReference, type Reference } from './reference.ts'

/** What asking a registry for an image comes to: the image, or the runtime's words why not. */
export type Found = { readonly image: Image } | { readonly error: string; readonly invalid?: true }

/** Asks the registries for an image. Models: containerd pull.go and remotes/docker resolver.go. */
export function findImage(world: World, text: string): Found {
  const reference = parseReference(text)
  if (!reference)
    return {
      error: `Failed to apply default image tag "${text}": couldn't parse image name "${text}": invalid reference format`,
      invalid: true,
    }
  const image = ownImage(world, reference) ?? wellKnown(reference)
  if (image) return { image }
  return { error: pullError(world, reference) }
}

/** The image behind a reference that is known to exist on a node. */
export function imageOfReference(world: World, text: string): Image | undefined {
  const found = findImage(world, text)
  return 'image' in found ? found.image : undefined
}

/**
 * How long a pull takes on an idle node, in ms: asking the registry, fetching at 60 MB/s, unpacking at 120 MB/s. `slowness` multiplies
 * the time of fetching.
 */
export function pullTime(image: Image, slowness = 1): number {
  return 350 + Math.round((image.bytes / 60_000) * slowness + image.bytes / 120_000)
}

/** How long it takes to find that the image on the node is still the registry's newest, in ms. */
export const RESOLVE_TIME = 320

function pullError(world: World, reference: Reference): string {
  const { full, registry } = reference
  const wrapped = `failed to pull and unpack image "${full}": failed to resolve reference "${full}"`
  const known = familyOf(reference.name) !== undefined || hasOther(world, reference.name)
  if (known) return `rpc error: code = NotFound desc = ${wrapped}: ${full}: not found`
  if (registry === 'docker.io')
    return `${wrapped}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`
  if (REGISTRIES.has(registry) || registry.endsWith('.pkg.dev') || registry.endsWith('.gcr.io'))
    return `rpc error: code = NotFound desc = ${wrapped}: ${full}: not found`
  if (registry.endsWith('.amazonaws.com'))
    return `${wrapped}: pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials`
  const [host = registry, port] = registry.split(':')
  const path = `https://${registry}/v2/${reference.name.slice(registry.length + 1)}/manifests/${reference.digest ?? reference.tag}`
  if (/^[\d.]+$/.test(host) || host === 'localhost')
    return `${wrapped}: failed to do request: Head "${path}": dial tcp ${host === 'localhost' ? '127.0.0.1' : host}:${port ?? '443'}: connect: connection refused`
  return `${wrapped}: failed to do request: Head "${path}": dial tcp: lookup ${host} on 10.0.0.2:53: no such host`
}

/** Registries that answer although they have no such image. */
const REGISTRIES = new Set([
  'registry.k8s.io',
  'k8s.gcr.io',
  'gcr.io',
  'ghcr.io',
  'quay.io',
  'public.ecr.aws',
  'mcr.microsoft.com',
  'nvcr.io',
  'registry.istio.io',
  'cr.fluentbit.io',
  'registry.gitlab.com',
])

/** Whether the learner has pushed the repository under another tag. */
function hasOther(world: World, name: string): boolean {
  for (const image of world.all('containerd.Image')) if (image.id.startsWith(`containerd.Image/${name}:`)) return true
  return false
}
