import type { Json } from '../../../kernel/index.ts'
import { matches, parseSelector } from '../api/labels.ts'
import { objectsAt, valueAt } from '../api/loose.ts'
import { evict } from '../apiserver/evict.ts'
import { patch } from '../apiserver/patch.ts'
import { remove } from '../apiserver/remove.ts'
import { podsByNode } from '../kubelet/container.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import type { Ask } from './ask.ts'
import type { Command, Reply } from './command.ts'
import { nodeArgs } from './cordon.ts'
import { DRY_RUN, SELECTOR } from './globalFlags.ts'
import { Problem, several } from './problem.ts'
import { resourceNamed, select } from './select.ts'

interface Leaving {
  readonly name: string
  readonly namespace: string
  readonly uid: string
  /** `evict` from this virtual time on, or waiting for its end. */
  readonly next?: number
}

interface Draining {
  readonly nodes: readonly string[]
  readonly at: number
  readonly step: 'cordon' | 'pods' | 'evict'
  readonly pods: readonly Leaving[]
  readonly until: number
}

const RETRY_MS = 5000

/** Models: kubectl/pkg/cmd/drain and kubectl/pkg/drain */
export const drain: Command = {
  name: 'drain',
  summary: 'Drain node in preparation for maintenance',
  usage: 'NODE',
  completes: 'nodes',
  flags: [
    SELECTOR,
    DRY_RUN,
    { name: 'force', says: 'Also pods that no controller made' },
    { name: 'ignore-daemonsets', says: 'Leave DaemonSet pods where they are' },
    { name: 'delete-emptydir-data', says: 'Also pods with emptyDir volumes' },
    { name: 'grace-period', value: '-1', type: 'int', says: 'Seconds that pods may take' },
    { name: 'timeout', value: '0s', type: 'duration', says: 'How long to try' },
    { name: 'pod-selector', value: "''", says: 'Only these pods' },
    { name: 'disable-eviction', says: 'Delete, past budgets' },
    { name: 'skip-wait-for-delete-timeout', value: '0', type: 'int', says: 'Do not wait for pods deleted longer ago' },
    { name: 'chunk-size', value: '500', type: 'int', says: 'How many to fetch at a time' },
  ],
  examples: ['kubectl drain foo --ignore-daemonsets', 'kubectl drain foo --force --grace-period=900'],
  run(ask) {
    const selection = select(ask, nodeArgs(ask), { latest: true, selector: ask.text('selector') })
    const told = several(selection.errors)
    if (told !== undefined) throw new Problem(told)
    const timeout = ask.duration('timeout') ?? 0
    return go(ask, {
      nodes: selection.targets.map(({ name }) => name),
      at: 0,
      step: 'cordon',
      pods: [],
      until: timeout > 0 ? ask.world.now + timeout : Number.MAX_SAFE_INTEGER,
    })
  },
  resume: (ask, state) => go(ask, state as unknown as Draining),
}

function go(ask: Ask, state: Draining): Reply {
  const node = state.nodes[state.at]
  if (node === undefined) return { exit: 0 }
  if (state.step === 'cordon') return cordonFirst(ask, state, node)
  if (state.step === 'pods') return choosePods(ask, state, node)
  return evictAll(ask, state, node)
}

function then(state: Draining, more: Partial<Draining>, after = 1): Reply {
  return { wait: { after }, state: { ...state, ...more } as unknown as Json }
}

function cordonFirst(ask: Ask, state: Draining, name: string): Reply {
  const node = find(ask.world, 'Node', undefined, name)
  const dry = { none: '', client: ' (dry run)', server: ' (server dry run)' }[ask.dryRun]
  if (node?.spec?.unschedulable === true) {
    ask.out(`node/${name} already cordoned${dry}\n`)
    return choosePods(ask, { ...state, step: 'pods' }, name)
  }
  const result = patch(ask.world, resourceNamed(ask, 'nodes'), undefined, name, 'strategic', {
    spec: { unschedulable: true },
  })
  if (!result.ok) throw new Problem(`error: unable to cordon node "${name}": ${result.status.message}`)
  ask.out(`node/${name} cordoned${dry}\n`)
  const next = then(state, { step: 'pods' })
  return ask.dryRun === 'none' ? { ...next, emit: result.emit } : next
}

type Verdict = { readonly evict: boolean; readonly warning?: string; readonly fatal?: string }

function judge(ask: Ask, pod: ObjectEntity): Verdict {
  const { metadata, status } = pod
  if (metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return { evict: false }
  const owner = metadata.ownerReferences?.find((one) => one.controller)
  const over = status?.phase === 'Succeeded' || status?.phase === 'Failed'
  if (owner?.kind === 'DaemonSet' && !over) {
    if (!find(ask.world, 'DaemonSet', metadata.namespace, owner.name))
      return ask.flag('force')
        ? { evict: true, warning: `daemonsets.apps "${owner.name}" not found` }
        : { evict: false, fatal: `daemonsets.apps "${owner.name}" not found` }
    return ask.flag('ignore-daemonsets')
      ? { evict: false, warning: 'ignoring DaemonSet-managed Pods' }
      : { evict: false, fatal: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' }
  }
  const local = objectsAt(pod.spec, 'volumes').some((volume) => valueAt(volume, 'emptyDir') !== undefined)
  if (local && !over && !ask.flag('delete-emptydir-data'))
    return { evict: false, fatal: 'Pods with local storage (use --delete-emptydir-data to override)' }
  if (!owner && !over)
    return ask.flag('force')
      ? { evict: true, warning: 'deleting Pods that declare no controller' }
      : { evict: false, fatal: 'Pods that declare no controller (use --force to override)' }
  return local && !over ? { evict: true, warning: 'deleting Pods with local storage' } : { evict: true }
}

function choosePods(ask: Ask, state: Draining, node: string): Reply {
  const chosen: Leaving[] = []
  const warnings = new Map<string, string[]>()
  const fatals = new Map<string, string[]>()
  const parsed = parseSelector(ask.text('pod-selector') ?? '')
  if (!parsed.ok) throw new Problem(`error: ${parsed.error}`)
  const pods = [...(ask.world.lookup(podsByNode, node) as readonly ObjectEntity[])]
    .filter((pod) => matches(parsed.selector, pod.metadata.labels))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const pod of pods) {
    const { namespace = '', name, uid } = pod.metadata
    const verdict = judge(ask, pod)
    if (verdict.warning !== undefined)
      warnings.set(verdict.warning, [...(warnings.get(verdict.warning) ?? []), `${namespace}/${name}`])
    if (verdict.fatal !== undefined)
      fatals.set(verdict.fatal, [...(fatals.get(verdict.fatal) ?? []), `${namespace}/${name}`])
    if (verdict.evict) chosen.push({ name, namespace, uid })
  }
  const words = (map: ReadonlyMap<string, readonly string[]>) =>
    [...map].map(([text, names]) => `${text}: ${names.join(', ')}`)
  if (fatals.size > 0) {
    const list = words(fatals)
    ask.err(
      `error: unable to drain node "${node}" due to error: ${list.length === 1 ? list[0] : `[${list.join(', ')}]`}, continuing command...\n`,
    )
    ask.err(`There are pending nodes to be drained:\n ${state.nodes.slice(state.at).join('\n ')}\n`)
    throw new Problem(
      list.length === 1 ? (list[0] as string).replace(/^/, 'error: ') : list.map((one) => one).join('\n'),
    )
  }
  if (warnings.size > 0) ask.err(`Warning: ${words(warnings).join('; ')}\n`)
  if (ask.dryRun === 'client') {
    for (const { namespace, name } of chosen) ask.out(`evicting pod ${namespace}/${name} (dry run)\n`)
    ask.out(`node/${node} drained (dry run)\n`)
    return then(state, { at: state.at + 1, step: 'cordon', pods: [] })
  }
  return evictAll(ask, { ...state, step: 'evict', pods: chosen.map((pod) => ({ ...pod, next: ask.world.now })) }, node)
}

function evictAll(ask: Ask, state: Draining, node: string): Reply {
  const left: Leaving[] = []
  for (const [i, pod] of state.pods.entries()) {
    const entity = find(ask.world, 'Pod', pod.namespace, pod.name)
    if (!entity || entity.metadata.uid !== pod.uid) {
      if (pod.next === undefined) ask.out(`pod/${pod.name} ${ask.flag('disable-eviction') ? 'deleted' : 'evicted'}\n`)
      continue
    }
    if (pod.next === undefined || pod.next > ask.world.now) {
      left.push(pod)
      continue
    }
    if (!ask.flag('disable-eviction')) ask.err(`evicting pod ${pod.namespace}/${pod.name}\n`)
    if (ask.world.now >= state.until)
      throw new Problem(
        `error: error when evicting pods/${JSON.stringify(pod.name)} -n ${JSON.stringify(pod.namespace)}: global timeout reached: ${ask.text('timeout')}`,
      )
    const grace = ask.number('grace-period') ?? -1
    const options = grace >= 0 ? { gracePeriodSeconds: grace } : {}
    const result = ask.flag('disable-eviction')
      ? remove(ask.world, resourceNamed(ask, 'pods'), pod.namespace, pod.name, options)
      : evict(ask.world, pod.namespace, pod.name, options)
    if (!result.ok && result.status.code === 404) continue
    if (!result.ok && result.status.code === 429) {
      ask.err(
        `error when evicting pods/${JSON.stringify(pod.name)} -n ${JSON.stringify(pod.namespace)} (will retry after 5s): ${result.status.message}\n`,
      )
      left.push({ ...pod, next: ask.world.now + RETRY_MS })
      continue
    }
    if (!result.ok)
      throw new Problem(
        `error: unable to drain node "${node}" due to error: error when evicting pods/${JSON.stringify(pod.name)} -n ${JSON.stringify(pod.namespace)}: ${result.status.message}, continuing command...`,
      )
    if (ask.dryRun === 'server') continue
    const { next: _now, ...waiting } = pod
    return {
      wait: { after: 1 },
      emit: result.emit,
      state: { ...state, pods: [...left, waiting, ...state.pods.slice(i + 1)] } as unknown as Json,
    }
  }
  if (left.length === 0) {
    ask.out(`node/${node} drained${ask.dryRun === 'server' ? ' (server dry run)' : ''}\n`)
    return then(state, { at: state.at + 1, step: 'cordon', pods: [] })
  }
  if (ask.world.now >= state.until) timedOut(ask, state, node, left)
  const times = left.flatMap(({ next }) => (next === undefined ? [] : [next]))
  const due = Math.min(...times, state.until)
  return {
    wait: { changeOf: ['k8s.Pod'], ...(due === Number.MAX_SAFE_INTEGER ? {} : { after: due - ask.world.now }) },
    state: { ...state, pods: left } as unknown as Json,
  }
}

function timedOut(ask: Ask, state: Draining, node: string, left: readonly Leaving[]): never {
  ask.err(
    `There are pending pods in node "${node}" when an error occurred: ${left.map((pod) => (pod.next === undefined ? `error when waiting for pod "${pod.name}" in namespace "${pod.namespace}" to terminate: global timeout reached: ${ask.text('timeout')}` : `error when evicting pods/${JSON.stringify(pod.name)} -n ${JSON.stringify(pod.namespace)}: global timeout reached: ${ask.text('timeout')}`))[0]}\n`,
  )
  for (const { name } of left) ask.err(`pod/${name}\n`)
  ask.err(`There are pending nodes to be drained:\n ${state.nodes.slice(state.at).join('\n ')}\n`)
  const [first] = left
  throw new Problem(
    `error: error when evicting pods/${JSON.stringify(first?.name)} -n ${JSON.stringify(first?.namespace)}: global timeout reached: ${ask.text('timeout')}`,
  )
}
