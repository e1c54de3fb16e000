import type { Json } from '../../../kernel/index.ts'
import { type Loose, objectsAt, textAt } from '../api/loose.ts'
import { closeForward, forwardAt, openForward } from '../network/portForward.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { podNamed } from './pods.ts'
import { misuse, Problem, stop } from './problem.ts'
import { resourceNamed, select } from './select.ts'

interface Forwarding {
  readonly pod: string
  readonly uid: string
  readonly ports: readonly (readonly [number, number])[]
  readonly quit?: true
}

/** Models: kubectl/pkg/cmd/portforward */
export const portForward: Command = {
  name: 'port-forward',
  summary: 'Forward one or more local ports to a pod',
  usage: 'TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  completes: 'pods',
  flags: [
    { name: 'address', value: "'localhost'", type: 'list', says: 'Addresses to listen on' },
    { name: 'pod-running-timeout', value: '1m0s', type: 'duration', says: 'How long to wait for a pod' },
  ],
  examples: [
    'kubectl port-forward pod/mypod 5000 6000',
    'kubectl port-forward deployment/mydeployment 8080:80',
    'kubectl port-forward service/myservice 8443:https',
  ],
  run(ask) {
    const [arg, ...specs] = ask.args
    if (arg === undefined || specs.length === 0)
      return misuse(ask.path, 'TYPE/NAME and list of ports are required for port-forward')
    const pod = podNamed(ask, arg)
    if (pod.status?.phase !== 'Running')
      throw new Problem(
        `error: unable to forward port because pod is not running. Current status=${String(pod.status?.phase)}`,
      )
    const session = ask.call.session ?? ask.call.host.id
    const ports = specs.map((spec) => pair(ask, arg, pod, spec))
    for (const [local] of ports)
      if (forwardAt(ask.world, session, local)) {
        ask.err(
          `Unable to listen on port ${local}: Listeners failed to create with the following errors: [unable to create listener: Error listen tcp4 127.0.0.1:${local}: bind: address already in use unable to create listener: Error listen tcp6 [::1]:${local}: bind: address already in use]\n`,
        )
        throw new Problem(
          `error: unable to listen on any of the requested ports: [{${ports.map(([a, b]) => `${a} ${b}`).join('} {')}}]`,
        )
      }
    for (const [local, remote] of ports)
      ask.out(`Forwarding from 127.0.0.1:${local} -> ${remote}\nForwarding from [::1]:${local} -> ${remote}\n`)
    const state: Forwarding = { pod: pod.id, uid: pod.metadata.uid, ports }
    return {
      wait: { changeOf: ['k8s.Pod'] },
      catches: true,
      state: state as unknown as Json,
      emit: ports.map(([localPort, port]) =>
        openForward(session, { process: ask.call.process.id, localPort, pod: pod.id, port }),
      ),
    }
  },
  resume(ask, saved) {
    const state = saved as unknown as Forwarding
    const session = ask.call.session ?? ask.call.host.id
    const close = state.ports.map(([local]) => closeForward(session, local))
    if (ask.call.why === 'signal') return { exit: 130, emit: close }
    const pod = ask.world.get(state.pod) as ObjectEntity | undefined
    if (pod?.metadata.uid === state.uid)
      return { wait: { changeOf: ['k8s.Pod'] }, catches: true, state: saved } satisfies Reply
    ask.err('error: lost connection to pod\n')
    return { exit: 1, emit: close }
  },
}

/** Local port and the pod's port of `8080:80`, `:80`, `80` or a name; of a Service they are translated. */
function pair(ask: Ask, arg: string, pod: ObjectEntity, spec: string): readonly [number, number] {
  const cut = spec.indexOf(':')
  const remoteText = cut < 0 ? spec : spec.slice(cut + 1)
  const localText = cut < 0 ? spec : spec.slice(0, cut)
  const remote = remotePort(ask, arg, pod, remoteText)
  const numeric = /^\d+$/.test(localText)
  if (!numeric && localText !== '' && cut >= 0)
    stop(`error parsing local port '${localText}': strconv.ParseUint: parsing "${localText}": invalid syntax`)
  const local =
    localText === ''
      ? 30_000 + Math.floor(ask.world.draw('port', ask.world.revision) * 20_000)
      : numeric
        ? Number(localText)
        : remote
  if (local > 65_535 || remote > 65_535 || remote < 1)
    stop(`error parsing remote port '${remoteText}': strconv.ParseUint: parsing "${remoteText}": value out of range`)
  return [local, remote]
}

function remotePort(ask: Ask, arg: string, pod: ObjectEntity, text: string): number {
  const [type = '', name = ''] = arg.split('/')
  const containers = objectsAt(pod.spec, 'containers').flatMap((one) => objectsAt(one, 'ports'))
  const byName = (wanted: string) =>
    containers.find((port) => port.name === wanted)?.containerPort as number | undefined
  if (arg.includes('/') && resourceNamed(ask, type).kind === 'Service') {
    const service = select(ask, [`services/${name}`]).targets[0]?.object as unknown as Loose
    const port = objectsAt(service, 'spec', 'ports').find((one) => String(one.port) === text || one.name === text)
    if (!port) return stop(`Service ${name} does not have a service port ${text}`)
    const target = port.targetPort
    if (textAt(service, 'spec', 'clusterIP') === 'None' && /^\d+$/.test(text)) return Number(text)
    return typeof target === 'number'
      ? target
      : (byName(String(target)) ?? stop(`Pod '${pod.metadata.name}' does not have a named port '${String(target)}'`))
  }
  if (/^\d+$/.test(text)) return Number(text)
  return byName(text) ?? stop(`Pod '${pod.metadata.name}' does not have a named port '${text}'`)
}
