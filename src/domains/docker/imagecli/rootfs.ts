import type { FileNode } from '../../../shell/files.ts'
import { resolvePath } from '../../../shell/index.ts'
import { parseReference } from '../../containerd/index.ts'
import type { Ask } from '../cli/ask.ts'
import { changedConfig } from '../cli/changedConfig.ts'
import type { Command } from '../cli/command.ts'
import { containerOf } from '../cli/pick.ts'
import { Problem, refused } from '../cli/problem.ts'
import { filesOf } from '../container/files.ts'
import { addImage, type DockerImage, familiar, makeLayer } from '../image/index.ts'

type Files = { readonly [path: string]: FileNode }

/** `docker export`. Models: docker/cli cli/command/container/export.go; the archive is the lab's own: a tree of files in JSON. */
export const exportContainer: Command = {
  path: 'export',
  aliases: ['container export'],
  summary: "Export a container's filesystem as a tar archive",
  usage: '[OPTIONS] CONTAINER',
  args: [1, 1],
  completes: 'containers',
  flags: [{ name: 'output', short: 'o', type: 'string', says: 'Write to a file, instead of STDOUT' }],
  run(ask) {
    const output = ask.text('output')
    if (output === undefined && ask.call.terminal)
      throw new Problem('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    const text = JSON.stringify({ rootfs: filesOf(ask.world, containerOf(ask, ask.args[0] ?? '')) })
    if (output === undefined) ask.out(text)
    else ask.call.files.write(resolvePath(ask.call.cwd, output), text)
    return { exit: 0 }
  },
}

/** `docker import`. Models: docker/cli cli/command/image/import.go and moby daemon/containerd/image_import.go; nothing at an address can be reached. */
export const importImage: Command = {
  path: 'import',
  aliases: ['image import'],
  summary: 'Import the contents from a tarball to create a filesystem image',
  usage: '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
  args: [1, 2],
  flags: [
    { name: 'change', short: 'c', type: 'list', says: 'Apply Dockerfile instruction to the created image' },
    { name: 'message', short: 'm', type: 'string', says: 'Set commit message for imported image' },
    { name: 'platform', type: 'string', says: 'Set platform if server is multi-platform capable' },
  ],
  run(ask) {
    const [source = '', name] = ask.args
    const reference = name === undefined ? undefined : parseReference(name)
    if (name !== undefined && !reference) throw refused('invalid reference format')
    const files = filesIn(ask, source)
    const { world, engine } = ask
    const [os = 'linux', architecture = 'amd64'] = (ask.text('platform') ?? '').split('/').filter((part) => part !== '')
    if (os !== 'linux') throw refused('operating system is not supported')
    const layer = makeLayer(undefined, {
      createdBy: '',
      created: world.now,
      files,
      comment: ask.text('message') ?? `Imported from ${source}`,
    })
    let config: DockerImage['config'] = {}
    for (const change of ask.all('change')) config = changedConfig(config, change)
    const emissions = addImage(world, engine, {
      config,
      layers: [layer],
      created: world.now,
      os,
      architecture,
      ...(reference ? { repoTags: [familiar(reference)] } : {}),
    })
    ask.emit(emissions)
    const made = emissions.find(({ type }) => type === 'Made')
    const id = (made?.data as DockerImage | undefined)?.imageId ?? emissions.at(-1)?.to.split('/').at(-1) ?? ''
    ask.out(`${id}\n`)
    return { exit: 0 }
  },
}

function filesIn(ask: Ask, source: string): Files {
  if (source.includes('://')) {
    const [, host = ''] = /^\w+:\/\/([^/:]+)/.exec(source) ?? []
    throw refused(`Get ${JSON.stringify(source)}: dial tcp: lookup ${host}: no such host`)
  }
  const read = source === '-' ? { text: ask.call.stdin ?? '' } : ask.call.files.read(resolvePath(ask.call.cwd, source))
  if ('error' in read) throw new Problem(`open ${source}: ${read.error.toLowerCase()}`)
  if (read.text.trim() === '') return {}
  try {
    const { rootfs } = JSON.parse(read.text) as { readonly rootfs?: Files }
    if (rootfs) return rootfs
  } catch {
    throw refused('archive/tar: invalid tar header')
  }
  throw refused('archive/tar: invalid tar header')
}
