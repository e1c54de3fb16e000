import type { Json, JsonObject } from '../../../kernel/index.ts'
import { copyJson, type Loose, objectsAt, textAt } from '../api/loose.ts'
import { create } from '../apiserver/create.ts'
import { generatedName } from '../apiserver/naming.ts'
import { remove } from '../apiserver/remove.ts'
import { isAlive } from '../kubelet/container.ts'
import { find, type ObjectEntity, objectOf } from '../object/object.ts'
import type { Ask } from './ask.ts'
import { attachOn, attachTo } from './attach.ts'
import type { Command, Reply } from './command.ts'
import { containerNamed, containerNames, podEntity } from './pods.ts'
import { Problem, refuseAs, stop } from './problem.ts'
import { resourceNamed } from './select.ts'

interface Debugging {
  readonly pod: string
  readonly container: string
  readonly step: 'starting' | 'attached'
  readonly shown: number
}

/** Models: kubectl/pkg/cmd/debug, with its general profile; the other profiles are not there. */
export const debug: Command = {
  name: 'debug',
  summary: 'Create debugging sessions for troubleshooting workloads and nodes',
  usage: '(POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]',
  completes: 'pods',
  flags: [
    { name: 'arguments-only', says: 'What follows is arguments and not a command' },
    { name: 'attach', says: 'Attach to the debug container once it runs' },
    { name: 'container', short: 'c', value: "''", says: 'Name of the debug container' },
    { name: 'copy-to', value: "''", says: 'Make a copy of the pod with this name' },
    { name: 'env', value: '[]', type: 'texts', says: 'KEY=VALUE' },
    { name: 'image', value: "''", says: 'Image of the debug container' },
    { name: 'image-pull-policy', value: "''", says: 'Always, IfNotPresent or Never' },
    { name: 'profile', value: 'general', says: 'general' },
    { name: 'quiet', short: 'q', says: 'No remarks' },
    { name: 'replace', says: 'With --copy-to: delete the original pod' },
    { name: 'same-node', says: 'With --copy-to: on the same node' },
    { name: 'set-image', value: '[]', type: 'texts', says: 'With --copy-to: NAME=IMAGE' },
    { name: 'share-processes', says: 'With --copy-to: let the containers see each other' },
    { name: 'stdin', short: 'i', says: 'Keep standard input open' },
    { name: 'target', value: "''", says: 'The container whose processes are looked at' },
    { name: 'tty', short: 't', says: 'Give it a terminal' },
  ],
  examples: [
    'kubectl debug mypod -it --image=busybox',
    'kubectl debug mypod -it --copy-to=my-debugger --image=debian --set-image=app=app:debug',
    'kubectl debug node/mynode -it --image=busybox',
  ],
  run(ask) {
    const [name] = ask.args.slice(0, ask.given.dash)
    if (name === undefined) stop('NAME or filename is required for debug')
    if (ask.flag('tty') && !ask.flag('stdin')) stop('-i/--stdin is required for containers with -t/--tty=true')
    const copy = ask.text('copy-to') ?? ''
    if (copy === '') {
      if (ask.flag('replace')) stop('--replace may only be used with --copy-to.')
      if (ask.flag('same-node')) stop('--same-node may only be used with --copy-to.')
      if (ask.list('set-image').length > 0) stop('--set-image may only be used with --copy-to.')
      if (!ask.text('image')) stop('you must specify --image when not using --copy-to.')
    } else if (!ask.text('image') && ask.list('set-image').length === 0 && behind(ask).length === 0)
      stop('you must specify --image, --set-image or command arguments.')
    else if (ask.text('target')) stop('--target is incompatible with --copy-to. Use --share-processes instead.')
    const [type, rest] = (name as string).includes('/') ? (name as string).split('/', 2) : ['pods', name as string]
    const { kind } = resourceNamed(ask, type as string)
    if (kind === 'Node') return onNode(ask, rest as string)
    if (kind !== 'Pod') return stop(`"/v1, Kind=${kind}" not supported by debug`)
    if (ask.text('target') && !ask.flag('quiet'))
      ask.out(
        `Targeting container "${ask.text('target')}". If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      )
    const pod = podEntity(ask, rest as string)
    return copy === '' ? inside(ask, pod) : copied(ask, pod, copy)
  },
  resume(ask, saved) {
    const state = saved as unknown as Debugging
    const pod = find(ask.world, 'Pod', ask.namespace, state.pod)
    if (!pod) return { exit: 0 }
    const container = containerNamed(ask.world, pod, state.container)
    const end = (): Reply => ({ exit: 0 })
    if (state.step === 'attached') return attachOn(ask, pod, container, state as never, end)
    if (!container || !(isAlive(container) || container.ended))
      return { wait: { changeOf: ['k8s.Pod', 'k8s.Container'] }, state: saved }
    return attachTo(ask, pod, container, { ...state, step: 'attached' }, end)
  },
}

/** The command line after `--`. */
function behind(ask: Ask): readonly string[] {
  return ask.args.slice(ask.given.dash ?? 1)
}

/** The debug container itself, with what the flags say of it. */
function container(ask: Ask, name: string): Loose {
  const env = ask.list('env').map((text) => {
    const [key = '', ...value] = text.split('=')
    return { name: key, value: value.join('=') }
  })
  return {
    name,
    image: ask.text('image') ?? '',
    ...(ask.text('image-pull-policy') ? { imagePullPolicy: ask.text('image-pull-policy') } : {}),
    ...(behind(ask).length > 0 ? { [ask.flag('arguments-only') ? 'args' : 'command']: [...behind(ask)] } : {}),
    ...(env.length > 0 ? { env } : {}),
    ...(ask.flag('stdin') ? { stdin: true } : {}),
    ...(ask.flag('tty') ? { tty: true } : {}),
    terminationMessagePolicy: 'File',
  }
}

/** A pod on a node that sees the node's processes, network and files. */
function onNode(ask: Ask, node: string): Reply {
  if (!find(ask.world, 'Node', undefined, node))
    throw new Problem(`Error from server (NotFound): nodes "${node}" not found`)
  const own = ask.text('container') || 'debugger'
  const name = generatedName(ask.world, `node-debugger-${node}-`, 'debug', (one) =>
    Boolean(find(ask.world, 'Pod', ask.namespace, one)),
  )
  if (!ask.flag('quiet')) ask.out(`Creating debugging pod ${name} with container ${own} on node ${node}.\n`)
  const spec = {
    containers: [{ ...container(ask, own), volumeMounts: [{ mountPath: '/host', name: 'host-root' }] }],
    hostIPC: true,
    hostNetwork: true,
    hostPID: true,
    nodeName: node,
    restartPolicy: 'Never',
    tolerations: [{ operator: 'Exists' }],
    volumes: [{ hostPath: { path: '/' }, name: 'host-root' }],
  }
  return begin(ask, podOf(ask, name, { 'app.kubernetes.io/managed-by': 'kubectl-debug' }, spec), name, own)
}

function podOf(ask: Ask, name: string, labels: Loose | undefined, spec: Loose): Loose {
  const metadata = { name, namespace: ask.namespace, ...(labels ? { labels } : {}) }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec }
}

/** A copy of a pod, without its labels and probes, with another container or with one of its own changed. */
function copied(ask: Ask, pod: ObjectEntity, name: string): Reply {
  const spec = copyJson(pod.spec as unknown as Loose) as Loose & { containers: Loose[] }
  delete spec.ephemeralContainers
  delete spec.initContainers
  if (!ask.flag('same-node')) delete spec.nodeName
  spec.shareProcessNamespace = ask.flag('share-processes', true)
  const images = new Map(
    ask
      .list('set-image')
      .flatMap((text) => text.split(','))
      .map((one) => one.split('=', 2) as [string, string]),
  )
  spec.containers = spec.containers.map((one) => {
    const { livenessProbe: _live, readinessProbe: _ready, startupProbe: _start, ...kept } = one
    const image = images.get(textAt(one, 'name')) ?? images.get('*')
    return image === undefined ? kept : { ...kept, image }
  })
  const asked = ask.text('container') ?? ''
  const at = spec.containers.findIndex((one) => one.name === asked)
  let own = asked
  if (at >= 0) {
    const { image: _image, name: _name, terminationMessagePolicy: _policy, ...changes } = container(ask, asked)
    const image = ask.text('image')
    const args = behind(ask).length > 0 ? { args: undefined } : {}
    spec.containers[at] = JSON.parse(
      JSON.stringify({ ...spec.containers[at], ...args, ...changes, ...(image ? { image } : {}) }),
    ) as Loose
  } else if (ask.text('image')) {
    own = asked || defaulted(ask, pod)
    spec.containers.push({ ...container(ask, own), securityContext: { capabilities: { add: ['SYS_PTRACE'] } } })
  } else if (images.size === 0) return stop('you must specify image when creating new container')
  const reply = begin(ask, podOf(ask, name, undefined, spec), name, own)
  if (!ask.flag('replace') || !('emit' in reply)) return reply
  const gone = remove(ask.world, resourceNamed(ask, 'pods'), ask.namespace, pod.metadata.name, {})
  return gone.ok ? { ...reply, emit: [...(reply.emit ?? []), ...gone.emit] } : reply
}

/** Makes the pod, and waits for its debug container where one attaches to it. */
function begin(ask: Ask, pod: Loose, name: string, own: string): Reply {
  const made = create(ask.world, pod, {})
  if (!made.ok) return refuseAs(made)
  ask.warn(made.warnings)
  return follow(ask, name, own, made.emit)
}

function follow(ask: Ask, pod: string, own: string, emit: Reply['emit']): Reply {
  if (own === '' || !ask.flag('attach', ask.flag('stdin'))) return { exit: 0, emit }
  const state: Debugging = { pod, container: own, step: 'starting', shown: 0 }
  return { wait: { after: 1 }, emit, state: state as unknown as Json }
}

function defaulted(ask: Ask, pod: ObjectEntity): string {
  const { main, init, ephemeral } = containerNames(pod)
  const name = generatedName(ask.world, 'debugger-', pod.id, (one) => [...main, ...init, ...ephemeral].includes(one))
  if (!ask.flag('quiet')) ask.out(`Defaulting debug container name to ${name}.\n`)
  return name
}

/** One more container in the running pod. Models: the subresource `ephemeralcontainers` of pods */
function inside(ask: Ask, pod: ObjectEntity): Reply {
  const own = ask.text('container') || defaulted(ask, pod)
  const { main, init, ephemeral } = containerNames(pod)
  if ([...main, ...init, ...ephemeral].includes(own))
    throw new Problem(
      `The Pod "${pod.metadata.name}" is invalid: spec.ephemeralContainers[${ephemeral.length}].name: Duplicate value: "${own}"`,
    )
  const target = ask.text('target')
  if (target && !main.includes(target))
    throw new Problem(
      `The Pod "${pod.metadata.name}" is invalid: spec.ephemeralContainers[${ephemeral.length}].targetContainerName: Not found: "${target}"`,
    )
  const added = {
    imagePullPolicy: /:(?!latest$)[^/]+$/.test(ask.text('image') ?? '') ? 'IfNotPresent' : 'Always',
    resources: {},
    securityContext: { capabilities: { add: ['SYS_PTRACE'] } },
    terminationMessagePath: '/dev/termination-log',
    ...container(ask, own),
    ...(target ? { targetContainerName: target } : {}),
  }
  const spec = {
    ...(objectOf(pod).spec as JsonObject),
    ephemeralContainers: [...objectsAt(pod.spec, 'ephemeralContainers'), added],
  }
  const metadata = { ...pod.metadata, generation: (pod.metadata.generation ?? 1) + 1 }
  return follow(ask, pod.metadata.name, own, [{ to: pod.id, type: 'Updated', data: { metadata, spec } }])
}
