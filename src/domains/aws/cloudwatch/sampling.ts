import type { World } from '../../../kernel/index.ts'
import type { Datum } from '../core/index.ts'
import { type Alarm, type AlarmConfig, periodOf, rangeOf } from './alarm.ts'
import { mathValue, type Series } from './mathExpression.ts'
import { dimensionsOf, isMeasured, type MetricKey, measured, newestPeriod, putDatum, statisticOf } from './metric.ts'
import type { MetricDataQuery } from './types.generated.ts'

/** The value of one metric's statistic in the period that begins at `start`. Measured metrics are known for the newest whole period only. */
export function valueAt(
  world: World,
  key: MetricKey,
  statistic: string,
  period: number,
  start: number,
): number | undefined {
  const put = putDatum(world, key, start, period)
  const datum: Datum | undefined =
    put ??
    (start === newestPeriod(world, period) && isMeasured(key.namespace) ? measured(world, key, period) : undefined)
  return datum && statisticOf(datum, statistic)
}

/** The value that an alarm watches in a period; null when there is none. */
export function alarmValue(world: World, region: string, config: AlarmConfig, start: number): number | null {
  const period = periodOf(config)
  if (config.Metrics) {
    const wanted =
      config.Metrics.find((query) => query.ReturnData !== false) ?? config.Metrics[config.Metrics.length - 1]
    const value = wanted && queryValues(world, region, config.Metrics, period, [start]).get(wanted.Id)
    const found = typeof value === 'number' ? value : value?.get(start)
    return found ?? null
  }
  const key = {
    region,
    namespace: config.Namespace ?? '',
    name: config.MetricName ?? '',
    dimensions: dimensionsOf(config.Dimensions),
  }
  return valueAt(world, key, config.Statistic ?? config.ExtendedStatistic ?? 'Average', period, start) ?? null
}

/** Events that the newest values of an alarm's metrics follow from, where their service says so. */
export function causesOf(world: World, { region, config }: Pick<Alarm, 'region' | 'config'>): readonly number[] {
  const period = periodOf(config)
  const watched = config.Metrics?.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []) ?? [config]
  return watched.flatMap(({ Namespace = '', MetricName: name = '', Dimensions }) =>
    isMeasured(Namespace)
      ? (measured(world, { region, namespace: Namespace, name, dimensions: dimensionsOf(Dimensions as never) }, period)
          ?.causes ?? [])
      : [],
  )
}

/** Values of metric data queries at some periods, math included. */
export function queryValues(
  world: World,
  region: string,
  queries: readonly MetricDataQuery[],
  period: number,
  starts: readonly number[],
): ReadonlyMap<string, Series> {
  const found = new Map<string, Series>()
  for (const { Id, MetricStat } of queries) {
    if (!MetricStat) continue
    const { Metric, Stat } = MetricStat
    const key = {
      region,
      namespace: Metric.Namespace ?? '',
      name: Metric.MetricName ?? '',
      dimensions: dimensionsOf(Metric.Dimensions as never),
    }
    const values = starts.flatMap((start) => {
      const value = valueAt(world, key, Stat, MetricStat.Period ?? period, start)
      return value === undefined ? [] : [[start, value] as const]
    })
    found.set(Id, new Map(values))
  }
  let left = queries.filter((query) => query.Expression !== undefined)
  for (let round = 0; left.length > 0 && round < 20; round++) {
    const later: MetricDataQuery[] = []
    for (const query of left) {
      const names = query.Expression?.match(/\b[a-z]\w*/g) ?? []
      if (names.some((name) => left.some((other) => other.Id === name && other !== query) && !found.has(name)))
        later.push(query)
      else found.set(query.Id, mathValue(query.Expression ?? '', found, period))
    }
    left = later
  }
  return found
}

/**
 * The alarm's samples with all whole periods up to now: measured ones are taken as they were kept, put ones are looked up anew, since
 * values may come late.
 */
export function sampled(alarm: Alarm, world: World): Alarm['samples'] {
  const { config, region, samples } = alarm
  const ms = periodOf(config) * 1000
  const newest = newestPeriod(world, periodOf(config))
  const kept = new Map(samples.map((sample) => [sample.at, sample.value]))
  const found: { at: number; value: number | null }[] = []
  for (let i = rangeOf(config) - 1; i >= 0; i--) {
    const at = newest - i * ms
    found.push({ at, value: alarmValue(world, region, config, at) ?? kept.get(at) ?? null })
  }
  return found
}
