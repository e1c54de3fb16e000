import type { Container } from './container.ts'
import { initRole, type PodSpec } from './podPlan.ts'

/** The conditions of a pod; pods that come from one template at one time share them. */
export function conditionsOf(
  spec: PodSpec,
  byName: ReadonlyMap<string, Container>,
  view: PodView,
  sandbox: boolean,
  generation: number | undefined,
  now: string,
  old: readonly Condition[] | undefined,
): readonly Condition[] {
  let unready = ''
  for (const { name } of spec.containers) if (!byName.get(name)?.ready) unready += unready === '' ? name : ` ${name}`
  let pending = ''
  for (const one of spec.initContainers ?? [])
    if (initRole(one) === 'init' && byName.get(one.name)?.ended?.exitCode !== 0)
      pending += pending === '' ? one.name : ` ${one.name}`
  const of = old ?? spec.containers
  const key = `${now} ${generation} ${view.phase} ${view.initialized} ${view.ready} ${sandbox} ${unready} / ${pending}`
  const known = conditionSets.get(of)
  if (known?.key === key) return known.conditions
  const conditions = makeConditions(spec, view, sandbox, generation, now, old, unready, pending)
  conditionSets.set(of, { key, conditions })
  return conditions
}

/** The last conditions made from others, or from a template. */
const conditionSets = new WeakMap<object, { readonly key: string; readonly conditions: readonly Condition[] }>()

function makeConditions(
  spec: PodSpec,
  view: PodView,
  sandbox: boolean,
  generation: number | undefined,
  now: string,
  old: readonly Condition[] | undefined,
  unready: string,
  pending: string,
): readonly Condition[] {
  const over = view.phase === 'Succeeded' || view.phase === 'Failed'
  const gates = (spec.readinessGates ?? []).filter(
    ({ conditionType }) => old?.find((one) => one.type === conditionType)?.status !== 'True',
  )
  const notReady = over
    ? { reason: view.phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed' }
    : unready !== '' || !view.ready
      ? { reason: 'ContainersNotReady', message: `containers with unready status: [${unready}]` }
      : undefined
  const conditions: Condition[] = []
  const add = (type: string, status: boolean, why?: { readonly reason: string; readonly message?: string }): void => {
    const value = status ? 'True' : 'False'
    const before = old?.find((one) => one.type === type)
    const lastTransitionTime = before?.status === value ? before.lastTransitionTime : now
    conditions.push({
      type,
      status: value,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      lastProbeTime: null,
      lastTransitionTime,
      ...why,
    })
  }
  add('PodReadyToStartContainers', sandbox && !over)
  add(
    'Initialized',
    view.initialized,
    view.initialized
      ? view.phase === 'Succeeded'
        ? { reason: 'PodCompleted' }
        : undefined
      : { reason: 'ContainersNotInitialized', message: `containers with incomplete status: [${pending}]` },
  )
  const gated = {
    reason: 'ReadinessGatesNotReady',
    message: gates
      .map(({ conditionType }) =>
        old?.some((one) => one.type === conditionType)
          ? `the status of pod readiness gate "${conditionType}" is not "True", but ${old.find((one) => one.type === conditionType)?.status}`
          : `corresponding condition of pod readiness gate "${conditionType}" does not exist.`,
      )
      .join(', '),
  }
  add('Ready', view.ready && gates.length === 0, notReady ?? (gates.length > 0 ? gated : undefined))
  add('ContainersReady', view.ready, notReady)
  add('PodScheduled', true)
  for (const condition of old ?? []) if (!OWN.has(condition.type)) conditions.push(condition)
  return conditions
}

const OWN = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'])

/** What the kubelet makes of a pod, in the words of the API. */
export interface PodView {
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed'
  readonly initialized: boolean
  readonly ready: boolean
  /** Reason and message of a pod that the kubelet gave up. */
  readonly reason?: string
  readonly message?: string
}

/** One condition of a pod's status. */
export interface Condition {
  readonly type: string
  readonly status: string
  readonly observedGeneration?: number
  readonly lastProbeTime: null
  readonly lastTransitionTime: string
  readonly reason?: string
  readonly message?: string
}
