import type { Emission, World } from '../../../kernel/index.ts'
import { parseReference, type Reference } from '../../containerd/index.ts'
import { defineRegistry, type Permission } from '../../docker/index.ts'
import { tokenProblem } from './authorization.ts'
import {
  findImageOf,
  findRepository,
  IMAGE,
  imageId,
  imagesOf,
  regionOfHost,
  registryHost,
  repositoryId,
  tagMoves,
} from './repository.ts'

const ALLOWED: Permission = { allowed: true }
const denied = (error: string): Permission => ({ allowed: false, error })

/** Amazon ECR as docker sees it: logins by token, pushes to repositories that there are, and tags that may not move. */
defineRegistry({
  name: 'ecr',
  matches: (host) => regionOfHost(host) !== undefined,
  login(world, host, user, password) {
    const problem = user === 'AWS' ? tokenProblem(world, regionOfHost(host) ?? '', password) : 'no AWS user'
    return problem === undefined
      ? ALLOWED
      : denied(`login attempt to https://${host}/v2/ failed with status: 400 Bad Request`)
  },
  pull(world, reference, engine) {
    if (!loggedIn(world, engine, reference.registry))
      return denied(`Head "${manifestUrl(reference)}": no basic auth credentials`)
    const region = regionOfHost(reference.registry) ?? ''
    const name = nameOf(reference)
    const repository = findRepository(world, region, name)
    if (!repository)
      return denied(
        `failed to resolve reference "${reference.full}": ${reference.registry}/${name}: name unknown: The repository with name '${name}' does not exist in the registry with id '${reference.registry.slice(0, 12)}'`,
      )
    const { digest, tag = 'latest' } = reference
    if (findImageOf(world, repository.id, digest === undefined ? { imageTag: tag } : { imageDigest: digest }))
      return ALLOWED
    return denied(`failed to resolve reference "${reference.full}": ${reference.full}: not found`)
  },
  push(world, reference, engine) {
    if (!loggedIn(world, engine, reference.registry)) return denied('no basic auth credentials')
    const region = regionOfHost(reference.registry) ?? ''
    const name = nameOf(reference)
    const repository = findRepository(world, region, name)
    if (!repository)
      return denied(
        `name unknown: The repository with name '${name}' does not exist in the registry with id '${reference.registry.slice(0, 12)}'`,
      )
    const { tag = 'latest' } = reference
    const there = findImageOf(world, repository.id, { imageTag: tag })
    if (there && !tagMoves(repository, tag))
      return denied(
        `tag invalid: The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
      )
    return ALLOWED
  },
  stored(world, reference, digest, bytes) {
    const region = regionOfHost(reference.registry) ?? ''
    return storeImage(world, region, nameOf(reference), reference.tag ?? 'latest', digest, bytes)
  },
})

function loggedIn(world: World, engine: string, host: string): boolean {
  const { logins } = (world.get(engine) ?? {}) as { readonly logins?: { readonly [host: string]: string } }
  return logins?.[host] !== undefined
}

function nameOf(reference: Reference): string {
  return reference.name.slice(reference.registry.length + 1)
}

function manifestUrl(reference: Reference): string {
  return `https://${reference.registry}/v2/${nameOf(reference)}/manifests/${reference.digest ?? reference.tag ?? 'latest'}`
}

/** What happens when an image arrives in a repository: it takes its tag from whoever has it, and may be scanned. */
export function storeImage(
  world: World,
  region: string,
  name: string,
  tag: string | undefined,
  digest: string,
  bytes: number,
  manifest = manifestOf(digest, bytes),
): readonly Emission[] {
  const repository = findRepository(world, region, name)
  if (!repository) return []
  const to = imageId(repositoryId(region, name), digest)
  const holder = tag === undefined ? undefined : findImageOf(world, repository.id, { imageTag: tag })
  const emissions: Emission[] = []
  if (holder && holder.digest !== digest) emissions.push({ to: holder.id, type: 'Untagged', data: { tag } })
  const there = imagesOf(world, repository.id).some((image) => image.digest === digest)
  if (!there) {
    const data = {
      owner: repository.id,
      region,
      repository: repository.id,
      repositoryName: name,
      digest,
      tags: tag === undefined ? [] : [tag],
      bytes,
      pushedAt: world.now,
      manifest,
    }
    emissions.push({ to, kind: IMAGE, type: 'Pushed', data })
  } else if (tag !== undefined && holder?.digest !== digest) emissions.push({ to, type: 'Tagged', data: { tag } })
  if (repository.imageScanningConfiguration.scanOnPush && !there) emissions.push({ to, type: 'ScanStarted' })
  return emissions
}

/** A manifest that stands for an image whose own is not told: its digest and size. */
function manifestOf(digest: string, bytes: number): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: 2048, digest },
    layers: [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', size: bytes, digest }],
  })
}

/** What lets a tag of a repository go: runtimes cannot pull it any more. */
export function forget(world: World, region: string, name: string, tag: string): readonly Emission[] {
  const reference = parseReference(`${registryHost(region)}/${name}:${tag}`)
  const to = reference && `containerd.Image/${reference.name}:${tag}`
  return to !== undefined && world.get(to) ? [{ to, type: 'Deleted' }] : []
}

/** Gives what runtimes pull under one tag another tag as well. */
export function alsoAs(world: World, region: string, name: string, from: string, tag: string): readonly Emission[] {
  const base = `containerd.Image/${registryHost(region)}/${name}`
  const image = world.get(`${base}:${from}`)
  if (!image) return []
  const {
    id: _id,
    kind,
    state: _state,
    entry: _entry,
    since: _since,
    born: _born,
    declined: _declined,
    ...fields
  } = image
  const reference = `${registryHost(region)}/${name}:${tag}`
  return [{ to: `${base}:${tag}`, kind, type: 'Pushed', data: { ...fields, reference } }]
}
