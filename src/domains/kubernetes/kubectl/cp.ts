import type { FileChanges, FileNode } from '../../../shell/files.ts'
import { basename, resolvePath } from '../../../shell/files.ts'
import { hostKind } from '../../../shell/host.ts'
import { type Container, isAlive } from '../kubelet/container.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { containerNamed, containerNames, defaultContainer, podEntity } from './pods.ts'
import { Problem, stop } from './problem.ts'

/** Models: kubectl/pkg/cmd/cp */
export const cp: Command = {
  name: 'cp',
  summary: 'Copy files and directories to and from containers',
  usage: '<file-spec-src> <file-spec-dest>',
  flags: [
    { name: 'container', short: 'c', value: "''", says: 'Which container' },
    { name: 'no-preserve', says: 'Do not keep owners and permissions' },
    { name: 'retries', value: '0', type: 'int', says: 'How often to try again' },
  ],
  examples: ['kubectl cp /tmp/foo <some-pod>:/tmp/bar', 'kubectl cp <some-namespace>/<some-pod>:/tmp/foo /tmp/bar'],
  run(ask) {
    const [from, to] = ask.args
    if (from === undefined || to === undefined || ask.args.length > 2)
      return stop('source and destination are required')
    const [a, b] = [spec(from), spec(to)]
    if (a.pod !== undefined && b.pod !== undefined) stop('one of src or dest must be a local file specification')
    if (a.pod === undefined && b.pod === undefined) stop('one of src or dest must be a remote file specification')
    return b.pod !== undefined ? upload(ask, a.path, b.pod, b.path) : download(ask, a.pod ?? '', a.path, b.path)
  },
}

function spec(text: string): { readonly pod?: string; readonly path: string } {
  const cut = text.indexOf(':')
  if (cut < 0) return { path: text }
  if (cut === 0) return stop('filespec must match the canonical format: [[namespace/]pod:]file/path')
  return { pod: text.slice(0, cut), path: text.slice(cut + 1) }
}

function containerOf(ask: Ask, text: string): Container {
  const [first = '', second] = text.split('/')
  const name = second ?? first
  if (second !== undefined && !ask.world.get(`k8s.Pod/${first}/${name}`))
    throw new Problem(`Error from server (NotFound): pods "${name}" not found`)
  const pod =
    second === undefined
      ? podEntity(ask, name)
      : (ask.world.get(`k8s.Pod/${first}/${name}`) as ReturnType<typeof podEntity>)
  const asked = ask.text('container')
  const chosen = asked ? { name: asked, remark: '' } : defaultContainer(pod)
  ask.err(chosen.remark)
  const { main, init } = containerNames(pod)
  const container = containerNamed(ask.world, pod, chosen.name)
  if (![...main, ...init].includes(chosen.name) || !container || !isAlive(container))
    throw new Problem(
      `error: Internal error occurred: unable to upgrade connection: container not found ("${chosen.name}")`,
    )
  return container
}

function upload(ask: Ask, from: string, pod: string, to: string): Reply {
  const { files, world, cwd } = ask.call
  const source = resolvePath(cwd, from)
  if (!files.exists(source)) stop(`${from} doesn't exist in local filesystem`)
  const container = containerOf(ask, pod)
  const host = hostKind(container)
  const tree = host.files(container, world)
  const start = resolvePath(host.cwd?.(container, world) ?? '/', to)
  const target = tree[start]?.dir || to.endsWith('/') ? `${start === '/' ? '' : start}/${basename(source)}` : start
  const parent = target.slice(0, target.lastIndexOf('/')) || '/'
  if (parent !== '/' && !tree[parent]?.dir)
    throw new Problem(
      `tar: can't open '${basename(target)}': No such file or directory\ncommand terminated with exit code 1`,
    )
  const changes: { [path: string]: FileNode } = {}
  for (const path of [source, ...files.below(source)]) {
    const node = files.node(path)
    if (node) changes[target + path.slice(source.length)] = { ...node, at: world.now }
  }
  return { exit: 0, emit: [host.change(container, changes as FileChanges)] }
}

function download(ask: Ask, pod: string, from: string, to: string): Reply {
  const { files, world, cwd } = ask.call
  const container = containerOf(ask, pod)
  const host = hostKind(container)
  const tree = host.files(container, world)
  const source = resolvePath(host.cwd?.(container, world) ?? '/', from)
  const found = Object.keys(tree)
    .filter((path) => path === source || path.startsWith(`${source}/`))
    .sort()
  if (found.length === 0)
    throw new Problem(
      `tar: ${from.replace(/^\//, '')}: No such file or directory\nerror: ${from} no such file or directory`,
    )
  if (from.startsWith('/')) ask.err("tar: Removing leading `/' from member names\n")
  const start = resolvePath(cwd, to)
  const target = files.isDirectory(start) ? `${start}/${basename(source)}` : start
  for (const path of found) {
    const node = tree[path]
    if (node) files.place(target + path.slice(source.length), { ...node, at: world.now })
  }
  return { exit: 0 }
}
