import { type Entity, EPOCH, type World } from '../../../kernel/index.ts'
import { type Datum, type Dimensions, services } from '../core/index.ts'

/** Values of one period that were put. */
export interface Bucket {
  /** Beginning of its minute, in ms since 1970. */
  readonly at: number
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
}

/** A metric that someone puts values to. */
export interface PutMetric extends Entity {
  readonly region: string
  readonly namespace: string
  readonly name: string
  readonly dimensions: Dimensions
  readonly unit: string
  /** Oldest first, a minute each; the last day is kept. */
  readonly buckets: readonly Bucket[]
}

export const METRIC = 'aws.cloudwatch.Metric'

/** A metric by namespace, name and dimensions. */
export interface MetricKey {
  readonly region: string
  readonly namespace: string
  readonly name: string
  readonly dimensions: Dimensions
}

export function metricId({ region, namespace, name, dimensions }: MetricKey): string {
  const parts = Object.entries(dimensions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
  return `${METRIC}/${region}/${namespace}/${name}/${parts.join(',')}`
}

/** Buckets with one more value laid in; those older than a day go. */
export function withValue(buckets: readonly Bucket[], added: Bucket): readonly Bucket[] {
  const at = Math.floor(added.at / 60_000) * 60_000
  const found = buckets.find((bucket) => bucket.at === at)
  const merged = found
    ? {
        at,
        count: found.count + added.count,
        sum: found.sum + added.sum,
        min: Math.min(found.min, added.min),
        max: Math.max(found.max, added.max),
      }
    : { ...added, at }
  const kept = buckets.filter((bucket) => bucket.at !== at && bucket.at > at - 86_400_000)
  return [...kept, merged].sort((a, b) => a.at - b.at)
}

/** A statistic of a period: `Average`, `Sum`, `p95`, `SampleCount`...; undefined where it is not known. */
export function statisticOf(datum: Datum, statistic: string): number | undefined {
  switch (statistic) {
    case 'SampleCount':
      return datum.sampleCount
    case 'Sum':
      return datum.sum
    case 'Average':
      return datum.sampleCount === 0 ? undefined : datum.sum / datum.sampleCount
    case 'Minimum':
      return datum.minimum
    case 'Maximum':
      return datum.maximum
    default: {
      const known = datum.percentiles?.[statistic]
      if (known !== undefined) return known
      return datum.minimum === datum.maximum && /^(p|tm)\d/.test(statistic) ? datum.maximum : undefined
    }
  }
}

/** What was put to a metric in one period that begins at `start` (ms since 1970) and takes `period` seconds. */
export function putDatum(world: World, key: MetricKey, start: number, period: number): Datum | undefined {
  const metric = world.get(metricId(key)) as PutMetric | undefined
  const inside = metric?.buckets.filter(({ at }) => at >= start && at < start + period * 1000) ?? []
  if (!metric || inside.length === 0) return undefined
  return {
    sampleCount: inside.reduce((sum, one) => sum + one.count, 0),
    sum: inside.reduce((sum, one) => sum + one.sum, 0),
    minimum: Math.min(...inside.map((one) => one.min)),
    maximum: Math.max(...inside.map((one) => one.max)),
    unit: metric.unit,
  }
}

/** What a service measures of a metric in the newest whole period. */
export function measured(world: World, { namespace, name, dimensions }: MetricKey, period: number): Datum | undefined {
  for (const service of services.values())
    for (const source of service.metrics ?? []) {
      if (source.namespace !== namespace) continue
      const datum = source.now(name, dimensions, period, world)
      if (datum) return datum
    }
  return undefined
}

/** Whether a service measures metrics of a namespace. */
export function isMeasured(namespace: string): boolean {
  return [...services.values()].some((service) => service.metrics?.some((source) => source.namespace === namespace))
}

/** Every metric that there is. */
export function allMetrics(world: World, region: string): readonly MetricKey[] {
  const put = [...world.all(METRIC)].flatMap((one) => {
    const { region: of, namespace, name, dimensions } = one as PutMetric
    return of === region ? [{ region, namespace, name, dimensions }] : []
  })
  const found = [...services.values()].flatMap((service) =>
    (service.metrics ?? []).flatMap((source) =>
      source.list(world).map(({ name, dimensions }) => ({ region, namespace: source.namespace, name, dimensions })),
    ),
  )
  return [...found, ...put]
}

/** Beginning of the newest whole period, in ms since 1970. */
export function newestPeriod(world: World, period: number): number {
  const ms = period * 1000
  return Math.floor((EPOCH + world.now) / ms) * ms - ms
}

export function dimensionsOf(
  list: readonly { readonly Name: string; readonly Value: string }[] | undefined,
): Dimensions {
  return Object.fromEntries((list ?? []).map(({ Name, Value }) => [Name, Value]))
}

export function listOf(dimensions: Dimensions): readonly { readonly Name: string; readonly Value: string }[] {
  return Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }))
}
