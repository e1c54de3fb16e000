import { EPOCH, type Json } from '../../../kernel/index.ts'
import { catalogue, parseReference } from '../../containerd/index.ts'
import { containersOn, isAlive, shortHex } from '../container/container.ts'
import {
  addImage,
  type DockerImage,
  familiar,
  findLocalImage,
  imagesOf,
  manifestDigest,
  packed,
  removeImage,
  shortId,
  sizeText,
  tagImage,
  toRegistry,
  untagImage,
} from '../image/index.ts'
import { fetching, localProblem } from '../registry/fetching.ts'
import { registryOf } from '../registry/registry.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { usedBy } from './filesystem.ts'
import { filtersOf, hasLabel, untilOf } from './filters.ts'
import { formatRows, type Row } from './format.ts'
import { eachArgument, imageNamed } from './pick.ts'
import { Problem, refused } from './problem.ts'
import { createdText, decimalSize, humanDuration, nanoTime } from './units.ts'

/** Models: docker/cli cli/command/image/list.go */
const images: Command = {
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
    for (const image of imagesOf(world, ask.engine)) {
      const dangling = image.repoTags.length === 0
      if (filters.has('dangling') && (filters.get('dangling')?.[0] === 'true') !== dangling) continue
      if (before !== undefined && image.created >= before) continue
      if (since !== undefined && image.created <= since) continue
      if (until !== undefined && image.created >= untilOf(world, until, EPOCH)) continue
      if (!(filters.get('label') ?? []).every((label) => hasLabel(image.config.Labels, label))) continue
      const names = dangling ? ['<none>:<none>'] : image.repoTags
      for (const name of names) {
        const cut = name.lastIndexOf(':')
        const [repository, tag] = [name.slice(0, cut), name.slice(cut + 1)]
        if (pattern !== undefined && !fits(name, pattern)) continue
        const references = filters.get('reference')
        if (references && !references.some((one) => fits(name, one))) continue
        rows.push(imageRow(ask, image, repository, tag, full))
      }
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

/** Models: docker/cli cli/command/image/pull.go */
const pull: Command = {
  path: 'pull',
  aliases: ['image pull'],
  summary: 'Download an image from a registry',
  usage: '[OPTIONS] NAME[:TAG|@DIGEST]',
  args: [1, 1],
  completes: 'images',
  flags: [
    { name: 'all-tags', short: 'a', says: 'Download all tagged images in the repository' },
    { name: 'disable-content-trust', says: 'Skip image verification (default true)' },
    { name: 'platform', type: 'string', says: 'Set platform if server is multi-platform capable' },
    { name: 'quiet', short: 'q', says: 'Suppress verbose output' },
  ],
  run(ask) {
    const [text = ''] = ask.args
    const reference = parseReference(text)
    if (!reference)
      throw new Problem(
        `${/[A-Z]/.test(text) ? `invalid reference format: repository name (${text.replace(/:[^:/]*$/, '')}) must be lowercase` : 'invalid reference format'}`,
      )
    if (!/[:@][^/]*$/.test(text) && !ask.flag('quiet')) ask.out('Using default tag: latest\n')
    const plan = fetching(ask.world, ask.engine, text)
    if ('error' in plan) throw refused(plan.error)
    if (!ask.flag('quiet')) ask.out(plan.first)
    return { wait: { after: plan.ms }, state: { last: plan.last } }
  },
  resume(ask, state) {
    const [text = ''] = ask.args
    const reference = parseReference(text)
    const plan = fetching(ask.world, ask.engine, text)
    if ('error' in plan) throw refused(plan.error)
    ask.emit(plan.emit)
    if (!ask.flag('quiet')) ask.out((state as unknown as { last: string }).last)
    ask.out(`${reference?.full ?? text}\n`)
    return { exit: 0 }
  },
}

/** Models: docker/cli cli/command/image/push.go and moby's push by layer. */
const push: Command = {
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

/** Models: docker/cli cli/command/image/tag.go */
const tag: Command = {
  path: 'tag',
  aliases: ['image tag'],
  summary: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  usage: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  args: [2, 2],
  completes: 'images',
  run(ask) {
    const [source = '', target = ''] = ask.args
    const image = imageNamed(ask, source)
    const events = tagImage(ask.world, image, target)
    if (!events)
      throw refused(
        `${/[A-Z]/.test(target) ? `invalid reference format: repository name (${target.replace(/:[^:/]*$/, '')}) must be lowercase` : `"${target}" is not a valid repository/tag: invalid reference format`}`,
      )
    ask.emit(events)
    return { exit: 0 }
  },
}

/** Models: docker/cli cli/command/image/remove.go and moby daemon/images/image_delete.go */
const rmi: Command = {
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

/** Models: docker/cli cli/command/image/history.go */
const history: Command = {
  path: 'history',
  aliases: ['image history'],
  summary: 'Show the history of an image',
  usage: '[OPTIONS] IMAGE',
  args: [1, 1],
  completes: 'images',
  flags: [
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    { name: 'human', short: 'H', says: 'Print sizes and dates in human readable format (default true)' },
    { name: 'no-trunc', says: "Don't truncate output" },
    { name: 'platform', type: 'string', says: 'Show history for the given platform' },
    { name: 'quiet', short: 'q', says: 'Only show image IDs' },
  ],
  run(ask) {
    const image = imageNamed(ask, ask.args[0] ?? '')
    const full = ask.flag('no-trunc')
    const human = ask.text('human') !== 'false'
    const rows = [...image.layers].reverse().map((layer, i) => {
      const by = full || layer.createdBy.length <= 45 ? layer.createdBy : `${layer.createdBy.slice(0, 44)}…`
      return {
        ID: i === 0 ? (full ? image.imageId : shortId(image.imageId)) : '<missing>',
        CreatedSince: human ? `${humanDuration(ask.world.now - layer.created)} ago` : nanoTime(layer.created),
        CreatedAt: nanoTime(layer.created),
        CreatedBy: by,
        Size: human ? sizeText(layer.size) : String(layer.size),
        Comment: layer.comment ?? '',
      }
    })
    if (ask.flag('quiet')) for (const row of rows) ask.out(`${row.ID}\n`)
    else
      ask.out(
        formatRows(
          rows,
          [
            ['IMAGE', 'ID'],
            ['CREATED', 'CreatedSince'],
            ['CREATED BY', 'CreatedBy'],
            ['SIZE', 'Size'],
            ['COMMENT', 'Comment'],
          ],
          { ID: 'IMAGE', CreatedBy: 'CREATED BY', Comment: 'COMMENT' },
          ask.text('format'),
        ),
      )
    return { exit: 0 }
  },
}

/** Images that a prune takes, and the bytes that this frees. */
export function pruneImages(ask: Ask, all: boolean): { readonly lines: readonly string[]; readonly bytes: number } {
  const lines: string[] = []
  let bytes = 0
  const containers = containersOn(ask.world, ask.engine)
  for (const image of imagesOf(ask.world, ask.engine)) {
    if (usedBy(containers, image) || (!all && image.repoTags.length > 0)) continue
    for (const name of image.repoTags) lines.push(`untagged: ${name}`)
    lines.push(`deleted: ${image.imageId}`)
    bytes += image.size
    ask.emit([removeImage(image)])
  }
  return { lines, bytes }
}

/** Asks whether to go on; undefined while nobody has answered. */
export function confirmed(ask: Ask, warning: string): boolean | undefined {
  if (ask.flag('force') || !ask.call.interactive) return true
  if (ask.call.why === 'input') return /^y(?:es)?$/i.test((ask.call.input ?? '').trim())
  ask.out(`${warning}\nAre you sure you want to continue? [y/N] `)
  return undefined
}

/** A command that asks first. */
export function asking(ask: Ask, warning: string, act: () => void): Reply {
  const yes = confirmed(ask, warning)
  if (yes === undefined) return { wait: { input: true }, state: null as Json }
  if (yes) act()
  return { exit: 0 }
}

const imagePrune: Command = {
  path: 'image prune',
  summary: 'Remove unused images',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'all', short: 'a', says: 'Remove all unused images, not just dangling ones' },
    { name: 'filter', type: 'filter', says: 'Provide filter values (e.g. "until=<timestamp>")' },
    { name: 'force', short: 'f', says: 'Do not prompt for confirmation' },
  ],
  run: (ask) => pruning(ask),
  resume: (ask) => pruning(ask),
}

function pruning(ask: Ask): Reply {
  const all = ask.flag('all')
  return asking(
    ask,
    all
      ? 'WARNING! This will remove all images without at least one container associated to them.'
      : 'WARNING! This will remove all dangling images.',
    () => {
      const { lines, bytes } = pruneImages(ask, all)
      if (lines.length > 0) ask.out(`Deleted Images:\n${lines.join('\n')}\n\n`)
      ask.out(`Total reclaimed space: ${decimalSize(bytes)}\n`)
    },
  )
}

/** Models: docker/cli cli/command/registry/search.go, over the lab's own catalogue of Docker Hub. */
const search: Command = {
  path: 'search',
  summary: 'Search Docker Hub for images',
  usage: '[OPTIONS] TERM',
  args: [1, 1],
  flags: [
    { name: 'filter', short: 'f', type: 'filter', says: 'Filter output based on conditions provided' },
    { name: 'format', type: 'string', says: 'Pretty-print search using a Go template' },
    { name: 'limit', type: 'int', says: 'Max number of search results' },
    { name: 'no-trunc', says: "Don't truncate output" },
  ],
  run(ask) {
    const [term = ''] = ask.args
    const pushed = [...ask.world.all('containerd.Image')].map(({ id }) => ({
      name: id.slice('containerd.Image/'.length).replace(/:[^:/]*$/, ''),
    }))
    const rows = [...new Map([...catalogue, ...pushed].map(({ name }) => [name, { name }])).values()]
      .filter(({ name }) => name.startsWith('docker.io/') && name.includes(term))
      .map(({ name }) => {
        const official = name.startsWith('docker.io/library/')
        const text = familiar({ name })
        const stars = Math.round((official ? 20_000 : 800) * ask.world.draw('stars', name))
        return {
          Name: text,
          Description: official ? `Official build of ${text}.` : '',
          StarCount: stars,
          IsOfficial: official ? '[OK]' : '',
        }
      })
      .sort((a, b) => Number(b.Name === term) - Number(a.Name === term) || b.StarCount - a.StarCount)
      .filter(({ StarCount, IsOfficial }) =>
        ask
          .all('filter')
          .every((text) =>
            text.startsWith('stars=')
              ? StarCount >= Number(text.slice(6))
              : text !== 'is-official=true' || IsOfficial !== '',
          ),
      )
      .slice(0, ask.number('limit') ?? 25)
    const columns = [
      ['NAME', 'Name'],
      ['DESCRIPTION', 'Description'],
      ['STARS', 'StarCount'],
      ['OFFICIAL', 'IsOfficial'],
    ] as const
    ask.out(
      formatRows(
        rows,
        columns,
        { Description: 'DESCRIPTION', StarCount: 'STARS', IsOfficial: 'OFFICIAL' },
        ask.text('format'),
      ),
    )
    return { exit: 0 }
  },
}

/** Models: docker/cli cli/command/image/save.go and load.go; the archive is the lab's own: a list of images in JSON. */
const save: Command = {
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
      const { config, layers, root, created, repoTags, repoDigests } = imageNamed(ask, text)
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
const load: Command = {
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
    for (const content of saved) {
      ask.emit(addLoaded(ask, content))
      for (const name of content.repoTags) ask.out(`Loaded image: ${name}\n`)
    }
    return { exit: 0 }
  },
}

function addLoaded(ask: Ask, content: DockerImage) {
  return addImage(ask.world, ask.engine, content)
}

/** Everything about images but building them. */
export const imageCommands: readonly Command[] = [images, pull, push, tag, rmi, history, imagePrune, search, save, load]
