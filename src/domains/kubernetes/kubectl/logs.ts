import type { Json } from '../../../kernel/index.ts'
import { EPOCH } from '../../../kernel/index.ts'
import { list } from '../apiserver/read.ts'
import { kubeletReaches } from '../components/component.ts'
import type { Container } from '../kubelet/container.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { containerLog, type LogLine } from './containerLog.ts'
import { SELECTOR } from './globalFlags.ts'
import { containerNamed, containerNames, defaultContainer, podNamed } from './pods.ts'
import { misuse, Problem, stop } from './problem.ts'
import { resourceNamed } from './select.ts'

/** Where a follower of logs is: how many lines of which life it has shown, by container. */
interface Following {
  readonly shown: { readonly [container: string]: { readonly life: number; readonly lines: number } }
}

/** Models: kubectl/pkg/cmd/logs */
export const logs: Command = {
  name: 'logs',
  aliases: ['log'],
  summary: 'Print the logs for a container in a pod',
  usage: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  completes: 'pods',
  flags: [
    SELECTOR,
    { name: 'follow', short: 'f', says: 'Go on showing what is written' },
    { name: 'previous', short: 'p', says: 'The life before the present one' },
    { name: 'container', short: 'c', value: "''", says: 'Which container' },
    { name: 'all-containers', says: 'Every container of the pod' },
    { name: 'all-pods', says: 'Every pod of the workload; with --prefix' },
    { name: 'tail', value: '-1', type: 'int', says: 'Only so many lines of the end' },
    { name: 'since', value: '0s', type: 'duration', says: 'Only what is newer than so long' },
    { name: 'since-time', value: "''", says: 'Only what was written after this time (RFC 3339)' },
    { name: 'timestamps', says: 'Write the time before each line' },
    { name: 'prefix', says: 'Write pod and container before each line' },
    { name: 'limit-bytes', value: '0', type: 'int', says: 'At most so many bytes' },
    { name: 'ignore-errors', says: 'Go on when a log cannot be read' },
    { name: 'max-log-requests', value: '5', type: 'int', says: 'At most so many containers at a time with -f' },
    { name: 'pod-running-timeout', value: '20s', type: 'duration', says: 'How long to wait for a pod' },
    { name: 'insecure-skip-tls-verify-backend', says: "Do not check the kubelet's certificate" },
  ],
  examples: [
    'kubectl logs nginx',
    'kubectl logs -f nginx -c web',
    'kubectl logs -p nginx',
    'kubectl logs deploy/web',
    'kubectl logs -l app=web --all-containers',
  ],
  run(ask) {
    if (ask.args.length === 0 && !ask.has('selector')) {
      misuse(
        ask.path,
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
      )
    }
    if (ask.args.length > 2)
      misuse(
        ask.path,
        "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
      )
    if (ask.args.length > 0 && ask.has('selector')) misuse(ask.path, 'only a selector (-l) or a POD name is allowed')
    if (ask.has('since') && ask.has('since-time')) stop('at most one of `sinceTime` or `sinceSeconds` may be specified')
    if (ask.flag('all-containers') && (ask.has('container') || ask.args[1] !== undefined))
      stop('--all-containers=true should not be specified with container name')
    const sources = sourcesOf(ask, true)
    const limit = ask.number('max-log-requests') ?? 5
    if (ask.flag('follow') && sources.length > limit)
      stop(
        `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${limit}, use --max-log-requests to increase the limit`,
      )
    const shown: { [container: string]: { life: number; lines: number } } = {}
    for (const { pod, container, name } of sources) {
      const lines = linesFor(ask, pod, container, name)
      const from = since(ask)
      const tail = ask.number('tail') ?? (ask.has('selector') && !ask.flag('follow') ? 10 : -1)
      const chosen = lines.filter(({ at }) => at >= from)
      write(ask, pod, name, tail >= 0 ? chosen.slice(Math.max(0, chosen.length - tail)) : chosen)
      if (container) shown[container.id] = { life: container.life, lines: lines.length }
    }
    return ask.flag('follow') && !ask.flag('previous') ? follow(ask, { shown }) : { exit: 0 }
  },
  resume(ask, state) {
    const following = state as unknown as Following
    const shown: { [container: string]: { life: number; lines: number } } = {}
    for (const { pod, container, name } of sourcesOf(ask, false)) {
      if (!container) continue
      const before = following.shown[container.id]
      if (!before || before.life !== container.life) continue
      const lines = containerLog(ask.world, container) ?? []
      write(ask, pod, name, lines.slice(before.lines))
      shown[container.id] = { life: container.life, lines: lines.length }
    }
    return follow(ask, { shown })
  },
}

function follow(ask: Ask, { shown }: Following): Reply {
  const alive = Object.keys(shown).some((id) => ['Running', 'Stopping'].includes(ask.world.get(id)?.state ?? ''))
  if (!alive) return { exit: 0 }
  return { wait: { changeOf: ['shell.Process', 'k8s.Container'] }, state: { shown } as unknown as Json }
}

interface Source {
  readonly pod: ObjectEntity
  readonly container: Container | undefined
  readonly name: string
}

function sourcesOf(ask: Ask, first: boolean): readonly Source[] {
  const pods = podsFor(ask, first)
  return pods.flatMap((pod) => {
    const { init, main, ephemeral } = containerNames(pod)
    const all = [...init, ...main, ...ephemeral]
    if (ask.flag('all-containers'))
      return all.map((name) => ({ pod, name, container: containerNamed(ask.world, pod, name) }))
    const asked = ask.text('container') ?? ask.args[1]
    const chosen = asked === undefined ? defaultContainer(pod) : { name: asked, remark: '' }
    if (first && chosen.remark !== '') ask.err(chosen.remark)
    if (!all.includes(chosen.name))
      throw new Problem(`error: container ${chosen.name} is not valid for pod ${pod.metadata.name}`)
    return [{ pod, name: chosen.name, container: containerNamed(ask.world, pod, chosen.name) }]
  })
}

function podsFor(ask: Ask, first: boolean): readonly ObjectEntity[] {
  const selector = ask.text('selector')
  const [arg = ''] = ask.args
  if (selector === undefined) {
    const pod = podNamed(ask, arg)
    if (first && arg.includes('/') && !/^(po|pod|pods)\//.test(arg)) {
      const { main } = containerNames(pod)
      const count = countPods(ask, pod)
      if (count > 1 && main.length > 0) ask.err(`Found ${count} pods, using pod/${pod.metadata.name}\n`)
    }
    return [pod]
  }
  const answer = list(ask.world, resourceNamed(ask, 'pods'), { namespace: ask.namespace, labelSelector: selector })
  if (!answer.ok) return stop(answer.status.message)
  if (answer.entities.length === 0 && first) ask.err(`No resources found in ${ask.namespace} namespace.\n`)
  return answer.entities
}

function countPods(ask: Ask, pod: ObjectEntity): number {
  return pod.owner === undefined ? 1 : ask.world.ownedBy(pod.owner).filter((one) => one.kind === 'k8s.Pod').length
}

function linesFor(ask: Ask, pod: ObjectEntity, container: Container | undefined, name: string): readonly LogLine[] {
  const bad = (text: string): never => {
    throw new Problem(`Error from server (BadRequest): ${text}`)
  }
  const where = `container "${name}" in pod "${pod.metadata.name}"`
  const node = String(pod.spec?.nodeName ?? '')
  if (node !== '' && !kubeletReaches(ask.world, node)) {
    const at = `${String(pod.status?.hostIP ?? node)}:10250`
    const path = `containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${name}`
    throw new Problem(`Error from server: Get "https://${at}/${path}": dial tcp ${at}: connect: connection refused`)
  }
  if (!container)
    return bad(
      `${where} is waiting to start: ${pod.spec?.nodeName ? 'ContainerCreating' : 'no node'}`
        .replace(': no node', ' : ContainerCreating')
        .replace(' :', ':'),
    )
  if (ask.flag('previous')) {
    const back = container.state === 'Running' || container.state === 'Stopping' || container.ended ? 1 : 0
    const lines = container.life - back > 0 ? containerLog(ask.world, container, back) : undefined
    return lines ?? bad(`previous terminated ${where} not found`)
  }
  const lines = containerLog(ask.world, container)
  if (lines) return lines
  return bad(`${where} is waiting to start: ${waitingWords(container)}`)
}

function waitingWords({ state, problem, role, spec }: Container): string {
  if (problem)
    return problem.reason === 'ImagePullBackOff' || problem.reason === 'ErrImagePull'
      ? imageWords(problem.reason, spec.image)
      : problem.reason
  return state === 'Waiting' && role !== 'init' ? 'PodInitializing' : 'ContainerCreating'
}

function imageWords(reason: string, image: string): string {
  return reason === 'ErrImagePull'
    ? "image can't be pulled"
    : `trying and failing to pull image${image === '' ? ' ' : ''}`
}

function since(ask: Ask): number {
  const time = ask.text('since-time')
  if (time !== undefined) return Date.parse(time) - EPOCH
  const span = ask.duration('since')
  return span === undefined || span === 0 ? Number.NEGATIVE_INFINITY : ask.world.now - span
}

function write(ask: Ask, pod: ObjectEntity, container: string, lines: readonly LogLine[]): void {
  const prefix = ask.flag('prefix') || ask.flag('all-pods') ? `[pod/${pod.metadata.name}/${container}] ` : ''
  let text = ''
  for (const line of lines) {
    const time = ask.flag('timestamps')
      ? `${new Date(EPOCH + line.at).toISOString().replace(/\.(\d+)Z$/, '.$1000000Z')} `
      : ''
    text += `${prefix}${time}${line.text}\n`
  }
  const limit = ask.number('limit-bytes') ?? 0
  ask.out(limit > 0 ? text.slice(0, limit) : text)
}
