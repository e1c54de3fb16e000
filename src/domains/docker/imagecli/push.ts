import type { Json } from '../../../kernel/index.ts'
import { parseReference } from '../../containerd/index.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command } from '../cli/command.ts'
import { Problem } from '../cli/problem.ts'
import { familiar, findLocalImage, manifestDigest, packed, toRegistry } from '../image/index.ts'
import { localProblem } from '../registry/fetching.ts'
import { registryOf } from '../registry/registry.ts'

/** Models: docker/cli cli/command/image/push.go and moby's push by layer. */
export const push: Command = {
  path: 'push',
  aliases: ['image push'],
  summary: 'Upload an image to a registry',
  usage: '[OPTIONS] NAME[:TAG]',
  args: [1, 1],
  completes: 'images',
  flags: [
    { name: 'all-tags', short: 'a', says: 'Push all tags of an image to the repository' },
    { name: 'disable-content-trust', says: 'Skip image signing (default true)' },
    {
      name: 'platform',
      type: 'string',
      says: 'Push a platform-specific manifest as a single-platform image to the registry',
    },
    { name: 'quiet', short: 'q', says: 'Suppress verbose output' },
  ],
  run(ask) {
    const [text = ''] = ask.args
    const reference = parseReference(text)
    if (!reference) throw new Problem('invalid reference format')
    if (!/[:@][^/]*$/.test(text)) ask.out('Using default tag: latest\n')
    ask.out(`The push refers to repository [${reference.name}]\n`)
    const image = findLocalImage(ask.world, ask.engine, text)
    if (!image) throw new Problem(`An image does not exist locally with the tag: ${text.replace(/:[^:/]*$/, '')}`)
    const down = localProblem(ask.world, ask.engine, reference.registry, reference.full)
    if (down !== undefined) throw new Problem(down.replace(/^failed to resolve reference "[^"]*": /, ''))
    const registry = registryOf(reference.registry)
    const allowed = registry?.push(ask.world, reference, ask.engine)
    if (allowed && !allowed.allowed) throw new Problem(allowed.error)
    const own = registry !== undefined || /^(?:localhost|127\.0\.0\.1)(?::|$)/.test(reference.registry)
    const [owner] = reference.name.slice(reference.registry.length + 1).split('/')
    const user = ask.engineRecord.logins?.[reference.registry]
    if (!own && (user === undefined || (reference.registry === 'docker.io' && owner !== user))) {
      if (reference.registry === 'docker.io') throw new Problem('denied: requested access to the resource is denied')
      throw new Problem('no basic auth credentials')
    }
    return { wait: { after: 300 + Math.round(packed(image.layers) / 30_000) }, state: null as Json }
  },
  resume(ask) {
    const [text = ''] = ask.args
    const reference = parseReference(text)
    const image = findLocalImage(ask.world, ask.engine, text)
    if (!reference || !image) return { exit: 1 }
    const there = new Set(storedLayers(ask, reference.name))
    for (const layer of image.layers) {
      if (layer.emptyLayer) continue
      ask.out(`${layer.digest.slice(7, 19)}: ${there.has(layer.digest) ? 'Layer already exists' : 'Pushed'}\n`)
    }
    const digest = manifestDigest(image)
    const stored = toRegistry(image, reference.full)
    if (stored) ask.emit([stored])
    const repository = familiar({ name: reference.name })
    ask.emit([{ to: image.id, type: 'Pulled', data: { repoDigest: `${repository}@${digest}` } }])
    ask.emit(registryOf(reference.registry)?.stored?.(ask.world, reference, digest, packed(image.layers)) ?? [])
    ask.out(
      `${reference.tag ?? 'latest'}: digest: ${digest} size: ${500 + 110 * image.layers.filter((layer) => !layer.emptyLayer).length}\n`,
    )
    return { exit: 0 }
  },
}

/** Layers that a repository has already under any tag, and those of the public images it was built upon. */
function storedLayers(ask: Ask, repository: string): readonly string[] {
  const layers: string[] = []
  for (const entity of ask.world.all('containerd.Image')) {
    if (!entity.id.startsWith(`containerd.Image/${repository}:`)) continue
    const manifest = (entity as { manifest?: { layers?: readonly { digest: string }[] } }).manifest
    for (const layer of manifest?.layers ?? []) layers.push(layer.digest)
  }
  return layers
}
