import type { World } from '../../../kernel/index.ts'
import { flows } from '../../traffic/index.ts'
import type { Datum, Dimensions, MetricSource } from '../core/index.ts'
import { balancersOf, LOAD_BALANCER, type LoadBalancer, TARGET_GROUP, type TargetGroup, targetsOf } from './records.ts'
import { eligible } from './serving.ts'

const OF_BOTH = [
  'RequestCount',
  'HTTPCode_Target_2XX_Count',
  'HTTPCode_Target_5XX_Count',
  'TargetResponseTime',
] as const
const OF_BALANCER = [
  'HTTPCode_ELB_5XX_Count',
  'HTTPCode_ELB_502_Count',
  'HTTPCode_ELB_503_Count',
  'HTTPCode_ELB_504_Count',
] as const
const OF_GROUP = ['HealthyHostCount', 'UnHealthyHostCount', 'RequestCountPerTarget'] as const

/** The value of the `LoadBalancer` dimension: `app/web/50dc6c495c0c9188`. */
export function balancerDimension(balancer: LoadBalancer): string {
  return balancer.arn.slice(balancer.arn.indexOf(':loadbalancer/') + ':loadbalancer/'.length)
}

/** The value of the `TargetGroup` dimension: `targetgroup/web/73e2d6bc24d8a067`. */
export function groupDimension(group: TargetGroup): string {
  return group.arn.slice(group.arn.indexOf(':targetgroup/') + 1)
}

const NAMESPACES = { application: 'AWS/ApplicationELB', network: 'AWS/NetworkELB' } as const

/** What load balancers measure: computed from the flow of this moment and the health of targets. */
export const metrics: readonly MetricSource[] = (['application', 'network'] as const).map((type) => ({
  namespace: NAMESPACES[type],
  list: (world) =>
    pairs(world, type).flatMap(({ balancer, group }): { readonly name: string; readonly dimensions: Dimensions }[] => {
      const ofBalancer = { LoadBalancer: balancerDimension(balancer) }
      if (!group) return [...OF_BOTH, ...OF_BALANCER].map((name) => ({ name, dimensions: ofBalancer as Dimensions }))
      const both = { ...ofBalancer, TargetGroup: groupDimension(group) }
      return [...OF_BOTH, ...OF_GROUP].map((name) => ({ name, dimensions: both as Dimensions }))
    }),
  now: (name, dimensions, period, world) => measure(name, dimensions, period, world, type),
}))

function pairs(
  world: World,
  type: LoadBalancer['Type'],
): readonly { readonly balancer: LoadBalancer; readonly group?: TargetGroup }[] {
  const list: { readonly balancer: LoadBalancer; readonly group?: TargetGroup }[] = []
  for (const one of world.all(LOAD_BALANCER))
    if ((one as LoadBalancer).Type === type) list.push({ balancer: one as LoadBalancer })
  for (const one of world.all(TARGET_GROUP))
    for (const balancer of balancersOf(world, (one as TargetGroup).arn))
      if (balancer.Type === type) list.push({ balancer, group: one as TargetGroup })
  return list
}

/** Requests a second through a load balancer or one of its groups, by what became of them. */
export interface Passing {
  readonly rate: number
  /** Answered by targets with a status of 500 or more. */
  readonly bad: number
  /** Not answered by any target: refused, timed out, or without a target at all. */
  readonly lost: number
  readonly lostAs: { readonly 502: number; readonly 503: number; readonly 504: number }
  /** Seconds from the request to the target's answer, on the average, and at the 95th percentile. */
  readonly seconds: number
  readonly p95: number
}

/** What passes a target group now; of all its load balancers when none is named. */
export function passingGroup(world: World, group: TargetGroup): Passing {
  const { edges } = flows(world)
  const rate = edges.reduce((sum, edge) => (edge.to === group.id ? sum + edge.rate : sum), 0)
  if (rate === 0) return NOTHING
  let [reached, bad, as502, as504, time, late] = [0, 0, 0, 0, 0, 0]
  const { load } = flows(world)
  for (const edge of edges) {
    if (edge.from !== group.id) continue
    reached += edge.rate
    const station = load.get(edge.to)
    if (station) {
      // A surplus is lost unanswered; everything else that fails was answered with an error, by the target or for what it calls.
      as504 += edge.rate * station.errors
      bad += edge.rate * Math.max(0, edge.errors - station.errors)
    } else if (edge.p50 > 1000) as504 += edge.rate
    else as502 += edge.rate
    time += edge.rate * edge.p50
    late += edge.rate * edge.p95
  }
  const as503 = Math.max(0, rate - reached)
  return {
    rate,
    bad,
    lost: as502 + as503 + as504,
    lostAs: { 502: as502, 503: as503, 504: as504 },
    seconds: reached > 0 ? time / reached / 1000 : 0,
    p95: reached > 0 ? late / reached / 1000 : 0,
  }
}

const NOTHING: Passing = { rate: 0, bad: 0, lost: 0, lostAs: { 502: 0, 503: 0, 504: 0 }, seconds: 0, p95: 0 }

/** The sum of bad answers, with the start of what gives most of them. */
function because(datum: Datum | undefined, world: World, groups: readonly TargetGroup[]): Datum | undefined {
  if (!datum) return undefined
  const ids = new Set(groups.map(({ id }) => id))
  const worst = flows(world)
    .edges.filter(({ from, errors }) => errors > 0 && ids.has(from))
    .sort((a, b) => b.errors * b.rate - a.errors * a.rate || (a.to < b.to ? -1 : 1))[0]
  const station = worst && world.get(worst.to)
  return station ? { ...datum, causes: [station.born] } : datum
}

function groupsOf(world: World, balancer: LoadBalancer): readonly TargetGroup[] {
  return pairs(world, balancer.Type).flatMap(({ balancer: one, group }) =>
    group && one.id === balancer.id ? [group] : [],
  )
}

/** What passes a load balancer now. */
export function passingBalancer(world: World, balancer: LoadBalancer): Passing {
  const rate = flows(world).edges.reduce((sum, edge) => (edge.to === balancer.id ? sum + edge.rate : sum), 0)
  if (rate === 0) return NOTHING
  const groups = groupsOf(world, balancer).map((group) => passingGroup(world, group))
  const sum = (of: (passing: Passing) => number) => groups.reduce((total, one) => total + of(one), 0)
  const through = sum((one) => one.rate)
  return {
    rate,
    bad: sum((one) => one.bad),
    lost: sum((one) => one.lost),
    lostAs: {
      502: sum((one) => one.lostAs[502]),
      503: sum((one) => one.lostAs[503]),
      504: sum((one) => one.lostAs[504]),
    },
    seconds: through > 0 ? sum((one) => one.seconds * one.rate) / through : 0,
    p95: through > 0 ? sum((one) => one.p95 * one.rate) / through : 0,
  }
}

function measure(
  name: string,
  dimensions: Dimensions,
  period: number,
  world: World,
  type: LoadBalancer['Type'],
): Datum | undefined {
  const found = pairs(world, type).find(
    ({ balancer, group }) =>
      (dimensions.LoadBalancer === undefined || balancerDimension(balancer) === dimensions.LoadBalancer) &&
      (group === undefined ? dimensions.TargetGroup === undefined : groupDimension(group) === dimensions.TargetGroup),
  )
  if (!found) return undefined
  const { balancer, group } = found
  if (name === 'HealthyHostCount' || name === 'UnHealthyHostCount') {
    if (!group) return undefined
    const wanted = name === 'HealthyHostCount' ? ['healthy'] : ['unhealthy']
    const targets = targetsOf(world, group.id)
    if (targets.length === 0) return undefined
    const count = targets.filter(({ state }) => wanted.includes(state)).length
    const samples = Math.max(1, Math.round(period / 60))
    return { sampleCount: samples, sum: count * samples, minimum: count, maximum: count, unit: 'Count' }
  }
  const passing = group ? passingGroup(world, group) : passingBalancer(world, balancer)
  if (passing.rate === 0) return undefined
  const count = (rate: number): Datum | undefined =>
    rate === 0
      ? undefined
      : {
          sampleCount: Math.max(1, Math.round(rate * period)),
          sum: rate * period,
          minimum: 1,
          maximum: 1,
          unit: 'Count',
        }
  const answered = passing.rate - passing.lost
  switch (name) {
    case 'RequestCount':
      return count(passing.rate)
    case 'RequestCountPerTarget': {
      const healthy = group ? eligible(world, group).list.length : 0
      return healthy === 0 ? undefined : count(passing.rate / healthy)
    }
    case 'HTTPCode_Target_2XX_Count':
      return count(answered - passing.bad)
    case 'HTTPCode_Target_5XX_Count':
      return because(count(passing.bad), world, group ? [group] : groupsOf(world, balancer))
    case 'HTTPCode_ELB_5XX_Count':
      return count(passing.lost)
    case 'HTTPCode_ELB_502_Count':
      return count(passing.lostAs[502])
    case 'HTTPCode_ELB_503_Count':
      return count(passing.lostAs[503])
    case 'HTTPCode_ELB_504_Count':
      return count(passing.lostAs[504])
    case 'TargetResponseTime': {
      const samples = answered * period
      if (samples <= 0) return undefined
      const { seconds, p95 } = passing
      return {
        sampleCount: Math.max(1, Math.round(samples)),
        sum: seconds * samples,
        minimum: seconds / 2,
        maximum: p95 * 1.2,
        percentiles: { p50: seconds, p90: p95 * 0.85, p95, p99: p95 * 1.1 },
        unit: 'Seconds',
      }
    }
    default:
      return undefined
  }
}
