import type { FileChanges, FileNode } from '../../../shell/files.ts'
import { basename, resolvePath } from '../../../shell/index.ts'
import { imageTree, parseReference } from '../../containerd/index.ts'
import { type Container, findContainer, isAlive } from '../container/container.ts'
import { filesOf } from '../container/files.ts'
import { imageOf } from '../container/imageOf.ts'
import { addImage, type DockerImage, familiar, makeLayer } from '../image/index.ts'
import { changedConfig } from './changedConfig.ts'
import type { Command } from './command.ts'
import { containerOf } from './pick.ts'
import { Problem, refused } from './problem.ts'
import { decimalSize } from './units.ts'

/** Models: docker/cli cli/command/container/diff.go */
export const diff: Command = {
  path: 'diff',
  aliases: ['container diff'],
  summary: "Inspect changes to files or directories on a container's filesystem",
  usage: 'CONTAINER',
  args: [1, 1],
  completes: 'containers',
  run(ask) {
    const container = containerOf(ask, ask.args[0] ?? '')
    const image = imageOf(ask.world, container)
    const base = image ? imageTree(image) : {}
    const lines = new Map<string, string>()
    for (const [path, node] of Object.entries(container.written ?? {})) {
      lines.set(path, node === null ? 'D' : base[path] ? 'C' : 'A')
      for (let up = path.slice(0, path.lastIndexOf('/')); up !== ''; up = up.slice(0, up.lastIndexOf('/')))
        if (!lines.has(up)) lines.set(up, base[up] || up.indexOf('/', 1) < 0 ? 'C' : 'A')
    }
    for (const path of [...lines.keys()].sort()) ask.out(`${lines.get(path)} ${path}\n`)
    return { exit: 0 }
  },
}

/** Models: docker/cli cli/command/container/cp.go, without archives on standard input and output. */
export const cp: Command = {
  path: 'cp',
  aliases: ['container cp'],
  summary: 'Copy files/folders between a container and the local filesystem',
  usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  args: [2, 2],
  completes: 'containers',
  flags: [
    { name: 'archive', short: 'a', says: 'Archive mode (copy all uid/gid information)' },
    { name: 'follow-link', short: 'L', says: 'Always follow symbol link in SRC_PATH' },
    {
      name: 'quiet',
      short: 'q',
      says: 'Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached',
    },
  ],
  run(ask) {
    const [from = '', to = ''] = ask.args
    const source = place(from)
    const target = place(to)
    if (source.container !== undefined && target.container !== undefined)
      throw new Problem('copying between containers is not supported')
    if (source.container === undefined && target.container === undefined)
      throw new Problem('must specify at least one container source')
    const { files, cwd } = ask.call
    if (source.container !== undefined) {
      const container = containerOf(ask, source.container)
      const tree = filesOf(ask.world, container)
      const at = resolvePath('/', source.path)
      if (!tree[at] && at !== '/')
        throw refused(`Could not find the file ${source.path} in container ${source.container}`)
      const local = resolvePath(cwd, target.path)
      const into = files.isDirectory(local) ? resolvePath(local, basename(at)) : local
      let bytes = 0
      for (const [path, node] of Object.entries(tree)) {
        if (path !== at && !path.startsWith(`${at}/`)) continue
        files.place(into + path.slice(at.length), node)
        bytes += node.text?.length ?? 0
      }
      if (!ask.flag('quiet') && ask.call.terminal)
        ask.err(`Successfully copied ${decimalSize(bytes + 1536, 3)} to ${local}\n`)
      return { exit: 0 }
    }
    const container = containerOf(ask, target.container ?? '')
    const local = resolvePath(cwd, source.path)
    const node = files.node(local)
    if (!node) throw new Problem(`lstat ${local}: no such file or directory`)
    const tree = filesOf(ask.world, container)
    const at = resolvePath('/', target.path)
    const into =
      tree[at]?.dir || at === '/' || target.path.endsWith('/')
        ? resolvePath(at, source.path.endsWith('/.') ? '' : basename(local))
        : at
    const changes: Record<string, FileNode | null> = { [into]: node }
    let bytes = node.text?.length ?? 0
    for (const path of files.below(local)) {
      const inner = files.node(path)
      if (!inner) continue
      changes[into + path.slice(local.length)] = inner
      bytes += inner.text?.length ?? 0
    }
    ask.emit([{ to: container.id, type: 'FilesChanged', data: { changes: changes as FileChanges } }])
    if (!ask.flag('quiet') && ask.call.terminal)
      ask.err(`Successfully copied ${decimalSize(bytes + 1536, 3)} to ${target.container}:${target.path}\n`)
    return { exit: 0 }
  },
}

function place(text: string): { readonly container?: string; readonly path: string } {
  const cut = text.indexOf(':')
  return cut <= 0 || text.startsWith('.') || text.startsWith('/')
    ? { path: text }
    : { container: text.slice(0, cut), path: text.slice(cut + 1) }
}

/** Models: docker/cli cli/command/container/commit.go */
export const commit: Command = {
  path: 'commit',
  aliases: ['container commit'],
  summary: "Create a new image from a container's changes",
  usage: '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
  args: [1, 2],
  completes: 'containers',
  flags: [
    { name: 'author', short: 'a', type: 'string', says: 'Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")' },
    { name: 'change', short: 'c', type: 'list', says: 'Apply Dockerfile instruction to the created image' },
    { name: 'message', short: 'm', type: 'string', says: 'Commit message' },
    { name: 'no-pause', says: 'Disable pausing container during commit' },
    { name: 'pause', short: 'p', says: 'Pause container during commit (default true)' },
  ],
  run(ask) {
    const found = findContainer(ask.world, ask.engine, ask.args[0] ?? '')
    if (!found || found === 'many') throw refused(`No such container: ${ask.args[0]}`)
    const container: Container = found
    const image = ask.world.get(container.imageId) as DockerImage | undefined
    if (!image) throw refused('No such image')
    const reference = ask.args[1] === undefined ? undefined : parseReference(ask.args[1])
    if (ask.args[1] !== undefined && !reference) throw refused('invalid reference format')
    const { world, engine } = ask
    const layer = makeLayer(image.layers.filter((one) => !one.emptyLayer).at(-1)?.chainId, {
      createdBy: '',
      created: world.now,
      files: container.written ?? {},
      ...(ask.text('message') === undefined ? {} : { comment: ask.text('message') as string }),
    })
    let config = image.config
    if (container.spec.command) config = { ...config, Cmd: container.spec.command }
    if (container.spec.env)
      config = {
        ...config,
        Env: [...(config.Env ?? []), ...Object.entries(container.spec.env).map(([name, value]) => `${name}=${value}`)],
      }
    for (const change of ask.all('change')) config = changedConfig(config, change)
    const emissions = addImage(world, engine, {
      config,
      layers: [...image.layers, layer],
      created: world.now,
      ...(image.root === undefined ? {} : { root: image.root }),
      ...(reference ? { repoTags: [familiar(reference)] } : {}),
    })
    ask.emit(emissions)
    const added = emissions.find(({ type }) => type === 'Made')
    ask.out(`${(added?.data as DockerImage | undefined)?.imageId ?? ''}\n`)
    return { exit: 0 }
  },
}

/** Whether an image is used by a container. */
export function usedBy(containers: readonly Container[], image: DockerImage): Container | undefined {
  return (
    containers.find((container) => container.imageId === image.id && isAlive(container)) ??
    containers.find((container) => container.imageId === image.id)
  )
}
