import type { Emission, World } from '../../../kernel/index.ts'
import { findImage, parseReference, pullTime, RESOLVE_TIME } from '../../containerd/index.ts'
import { containersOn } from '../container/container.ts'
import { serverOf } from '../container/launch.ts'
import { contentOf, familiar, findLocalImage, imagesOf, pulledImage } from '../image/index.ts'
import { registryOf } from './registry.ts'

/** One pull as the program tells it: lines at once, lines at the end, the events of the end, and how long it takes. */
export interface Fetching {
  readonly first: string
  readonly last: string
  readonly emit: readonly Emission[]
  readonly ms: number
  readonly digest: string
}

/**
 * Pulls a reference to an engine. The error is the engine's own words.
 * Models: moby daemon/containerd/image_pull.go and the progress lines of the docker CLI
 */
export function fetching(world: World, engine: string, text: string): Fetching | { readonly error: string } {
  const reference = parseReference(text)
  if (!reference)
    return {
      error: /[A-Z]/.test(text)
        ? `invalid reference format: repository name (${text.replace(/:[^:/]*$/, '')}) must be lowercase`
        : 'invalid reference format',
    }
  const allowed = registryOf(reference.registry)?.pull(world, reference, engine)
  if (allowed && !allowed.allowed) return { error: allowed.error }
  const down = localProblem(world, engine, reference.registry, reference.full)
  if (down !== undefined) return { error: down }
  const found = findImage(world, text)
  if ('error' in found) return { error: engineWords(found.error, familiar(reference)) }
  const { image } = found
  const name = familiar(reference)
  const repo = reference.name.slice(reference.registry.length + 1)
  const first = `${reference.digest === undefined ? reference.tag : reference.digest}: Pulling from ${reference.registry === 'docker.io' ? repo : reference.name.slice(reference.name.indexOf('/') + 1)}\n`
  const present = findLocalImage(world, engine, text)
  const digest = `Digest: ${image.digest}\n`
  if (present?.repoDigests.some((one) => one.endsWith(image.digest)))
    return {
      first,
      last: `${digest}Status: Image is up to date for ${name}\n`,
      emit: [],
      ms: RESOLVE_TIME,
      digest: image.digest,
    }
  const has = new Set(imagesOf(world, engine).flatMap(({ layers }) => layers.map((layer) => layer.digest)))
  const lines = contentOf(image)
    .layers.filter((layer) => !layer.emptyLayer)
    .map((layer) =>
      `${layer.digest.slice(7, 19)}: ${has.has(layer.digest) ? 'Already exists' : 'Pull complete'} \n`.replace(
        ' \n',
        '\n',
      ),
    )
  return {
    first,
    last: `${lines.join('')}${digest}Status: Downloaded newer image for ${name}\n`,
    emit: pulledImage(world, engine, image),
    ms: pullTime(image),
    digest: image.digest,
  }
}

/** The runtime's words about a failed pull as the engine hands them on. */
export function engineWords(error: string, name: string): string {
  if (error.includes('pull access denied'))
    return `pull access denied for ${name.replace(/[:@][^/]*$/, '')}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`
  const at = error.indexOf('failed to resolve reference')
  return at < 0 ? error.replace(/^.*: (invalid reference format)$/, '$1') : error.slice(at)
}

/** Why a registry on the machine itself does not answer; undefined when it does, or is no such registry. */
export function localProblem(world: World, engine: string, registry: string, full: string): string | undefined {
  const [host = '', port = '80'] = registry.split(':')
  if (host !== 'localhost' && host !== '127.0.0.1') return undefined
  if (registryContainer(world, engine, Number(port))) return undefined
  const [name = '', tag = 'latest'] = full.slice(registry.length + 1).split(':')
  return `failed to resolve reference "${full}": failed to do request: Head "http://${registry}/v2/${name}/manifests/${tag}": dial tcp 127.0.0.1:${port}: connect: connection refused`
}

/** Whether a container serves as a registry on a port of the machine. */
export function registryContainer(world: World, engine: string, port: number): boolean {
  return containersOn(world, engine).some(
    (container) =>
      container.ports.some(({ host }) => host === port) &&
      (serverOf(world, container)?.listensAt ?? Number.POSITIVE_INFINITY) <= world.now,
  )
}
