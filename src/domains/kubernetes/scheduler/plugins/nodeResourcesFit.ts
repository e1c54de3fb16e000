import type { JsonObject } from '../../../../kernel/json.ts'
import type { NodeInfo } from '../nodeInfo.ts'
import { definePlugin, type Rejection } from '../plugin.ts'
import { type PodShape, podShape } from '../podShape.ts'
import { isExtendedResource } from '../resource.ts'
import type { Snapshot } from '../snapshot.ts'
import { type ResourceStrategy, resourceStrategy } from './resourceStrategy.ts'
import { allocatableFor, requestedWith } from './scoredResources.ts'

interface FitState {
  readonly shape: PodShape
  readonly scalars: PodShape['scalars']
}

/** Wants room for the pod's requests, and prefers nodes with the most room (or the least, by strategy). */
export const nodeResourcesFit = definePlugin<FitState, { shape: PodShape; strategy: ResourceStrategy }>({
  name: 'NodeResourcesFit',
  source: 'noderesources/fit.go',
  weight: 1,
  filterSays: "The pod's requests must fit into what the node can give minus what its pods already request.",
  scoreSays: 'The larger the share of cpu and memory left free, the better the node (LeastAllocated).',
  preFilter({ pod, args }) {
    const shape = podShape(pod.spec)
    return { kind: 'run', state: { shape, scalars: countedScalars(shape, args.NodeResourcesFit) } }
  },
  filter({ snapshot }, { shape, scalars }, info) {
    return fits(snapshot, shape, scalars, info) ? undefined : refusal(resourceRows(snapshot, shape, scalars, info))
  },
  explain({ snapshot }, { shape, scalars }, info) {
    return {
      resources: resourceRows(snapshot, shape, scalars, info).map(({ resource, asked, allocatable, used }) => ({
        resource,
        asked,
        allocatable,
        used,
        free: allocatable - used,
        shortfall: asked === 0 ? 0 : Math.max(0, asked - (allocatable - used)),
      })),
    }
  },
  lacks({ snapshot }, { shape, scalars }, info) {
    const worst = resourceRows(snapshot, shape, scalars, info).find(
      ({ asked, allocatable, used }) => asked > 0 && asked > allocatable - used,
    )
    if (!worst) return []
    const free = worst.allocatable - worst.used
    return [`${amountText(worst.resource, worst.asked - free)} short`, `${amountText(worst.resource, free)} free`]
  },
  preScore({ pod, args }) {
    return { state: { shape: podShape(pod.spec), strategy: resourceStrategy(args.NodeResourcesFit) } }
  },
  score({ snapshot }, { shape, strategy }, info) {
    let sum = 0
    let weights = 0
    for (const { name, weight } of strategy.resources) {
      const allocatable = allocatableFor(snapshot, shape, info, name)
      if (allocatable === 0) continue
      const score = strategy.score(requestedWith(snapshot, shape, info, name, true), allocatable)
      if (strategy.positiveOnly && score <= 0) continue
      sum += score * weight
      weights += weight
    }
    if (weights === 0) return 0
    return strategy.positiveOnly ? Math.round(sum / weights) : Math.trunc(sum / weights)
  },
})

/** One resource of one node as the filter sees it: cpu in millicores, the rest in bytes or units. */
interface ResourceRow {
  readonly resource: string
  readonly asked: number
  readonly allocatable: number
  readonly used: number
}

/** The filter's yes or no, without building reasons: this is asked most often of all. */
export function fits(snapshot: Snapshot, shape: PodShape, scalars: PodShape['scalars'], info: NodeInfo): boolean {
  const { slot } = info
  if ((snapshot.podCount[slot] as number) + 1 > (snapshot.allocatablePods[slot] as number)) return false
  if (shape.cpu > 0 && shape.cpu > (snapshot.allocatableCpu[slot] as number) - (snapshot.requestedCpu[slot] as number))
    return false
  if (
    shape.memory > 0 &&
    shape.memory > (snapshot.allocatableMemory[slot] as number) - (snapshot.requestedMemory[slot] as number)
  )
    return false
  if (
    shape.ephemeral > 0 &&
    shape.ephemeral > (snapshot.allocatableEphemeral[slot] as number) - (snapshot.requestedEphemeral[slot] as number)
  )
    return false
  for (const [name, amount] of scalars)
    if (amount > 0 && amount > (info.allocatableScalars.get(name) ?? 0) - (info.requestedScalars.get(name) ?? 0))
      return false
  return true
}

/** The scalar resources that the filter checks: extended ones may be ignored by name or by group (the part before the slash). */
function countedScalars(shape: PodShape, args: JsonObject | undefined): PodShape['scalars'] {
  const ignored = args?.ignoredResources as readonly string[] | undefined
  const groups = args?.ignoredResourceGroups as readonly string[] | undefined
  if (!ignored && !groups) return shape.scalars
  return shape.scalars.filter(
    ([name]) =>
      !isExtendedResource(name) || !(ignored?.includes(name) || groups?.includes(name.slice(0, name.indexOf('/')))),
  )
}

function resourceRows(
  snapshot: Snapshot,
  shape: PodShape,
  scalars: PodShape['scalars'],
  info: NodeInfo,
): readonly ResourceRow[] {
  const { slot } = info
  const row = (resource: string, asked: number, allocatable: number | undefined, used: number | undefined) => ({
    resource,
    asked,
    allocatable: allocatable ?? 0,
    used: used ?? 0,
  })
  return [
    row('pods', 1, snapshot.allocatablePods[slot], snapshot.podCount[slot]),
    row('cpu', shape.cpu, snapshot.allocatableCpu[slot], snapshot.requestedCpu[slot]),
    row('memory', shape.memory, snapshot.allocatableMemory[slot], snapshot.requestedMemory[slot]),
    row('ephemeral-storage', shape.ephemeral, snapshot.allocatableEphemeral[slot], snapshot.requestedEphemeral[slot]),
    ...scalars.map(([name, amount]) =>
      row(name, amount, info.allocatableScalars.get(name), info.requestedScalars.get(name)),
    ),
  ]
}

/** An amount as people write it: `100m`, `1.5Gi`, `2 pods`. */
function amountText(resource: string, amount: number): string {
  if (resource === 'cpu') return `${amount}m`
  if (resource !== 'memory' && resource !== 'ephemeral-storage')
    return `${amount} ${resource.slice(resource.indexOf('/') + 1)}`
  const mebi = amount / 1024 ** 2
  return mebi >= 1024 ? `${Math.round((mebi / 1024) * 10) / 10}Gi` : `${Math.round(mebi)}Mi`
}

function refusal(rows: readonly ResourceRow[]): Rejection {
  const short = rows.filter(({ asked, allocatable, used }) => asked > 0 && asked > allocatable - used)
  return {
    code: short.some(({ resource, asked, allocatable }) => resource !== 'pods' && asked > allocatable)
      ? 'UnschedulableAndUnresolvable'
      : 'Unschedulable',
    reasons: short.map(({ resource }) => (resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`)),
  }
}
