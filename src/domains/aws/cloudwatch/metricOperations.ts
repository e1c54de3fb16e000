import { type Emission, EPOCH, type World } from '../../../kernel/index.ts'
import { defineOperation, type Operation, refuse } from '../core/index.ts'
import type { Series } from './mathExpression.ts'
import {
  allMetrics,
  type Bucket,
  dimensionsOf,
  isMeasured,
  listOf,
  METRIC,
  type MetricKey,
  measured,
  metricId,
  newestPeriod,
  type PutMetric,
  putDatum,
  statisticOf,
  withValue,
} from './metric.ts'
import { queryValues } from './sampling.ts'
import type {
  GetMetricDataInput,
  GetMetricStatisticsInput,
  ListMetricsInput,
  PutMetricDataInput,
} from './types.generated.ts'

/** Metrics: what is put and what is asked. */
export const metricOperations: readonly Operation[] = [
  defineOperation<PutMetricDataInput>('PutMetricData', ({ input, world, region }) => {
    if (input.Namespace.startsWith('AWS/'))
      return refuse('InvalidParameterValue', 'The value AWS/ for parameter Namespace is invalid.')
    const made = new Map<string, { key: MetricKey; buckets: readonly Bucket[]; unit: string }>()
    for (const datum of input.MetricData ?? []) {
      const key = {
        region,
        namespace: input.Namespace,
        name: datum.MetricName,
        dimensions: dimensionsOf(datum.Dimensions as never),
      }
      const id = metricId(key)
      const at = datum.Timestamp ?? EPOCH + world.now
      const before = made.get(id)?.buckets ?? (world.get(id) as PutMetric | undefined)?.buckets ?? []
      const values = datum.Values ?? (datum.Value === undefined ? [] : [datum.Value])
      const counts = datum.Counts ?? values.map(() => 1)
      const stats = datum.StatisticValues
      const bucket: Bucket | undefined = stats
        ? { at, count: stats.SampleCount, sum: stats.Sum, min: stats.Minimum, max: stats.Maximum }
        : values.length === 0
          ? undefined
          : {
              at,
              count: counts.reduce((a, b) => a + b, 0),
              sum: values.reduce((sum, value, i) => sum + value * (counts[i] ?? 1), 0),
              min: Math.min(...values),
              max: Math.max(...values),
            }
      if (!bucket)
        return refuse(
          'MissingParameter',
          'At least one of the parameters must be specified: Value, Values, StatisticValues.',
        )
      made.set(id, { key, buckets: withValue(before, bucket), unit: datum.Unit ?? 'None' })
    }
    const emit: Emission[] = [...made].map(([id, { key, buckets, unit }]) =>
      world.get(id)
        ? { to: id, type: 'Changed', data: { buckets, unit } }
        : { to: id, kind: METRIC, type: 'Created', data: { ...key, unit, buckets } },
    )
    return { output: {}, emit }
  }),
  defineOperation<ListMetricsInput>('ListMetrics', ({ input, world, region }) => ({
    output: {
      Metrics: allMetrics(world, region)
        .filter(
          ({ namespace, name, dimensions }) =>
            (input.Namespace === undefined || namespace === input.Namespace) &&
            (input.MetricName === undefined || name === input.MetricName) &&
            (input.Dimensions ?? []).every(({ Name = '', Value }) =>
              Value === undefined ? Name in dimensions : dimensions[Name] === Value,
            ),
        )
        .map(({ namespace, name, dimensions }) => ({
          Namespace: namespace,
          MetricName: name,
          Dimensions: listOf(dimensions),
        })),
    },
  })),
  defineOperation<GetMetricStatisticsInput>('GetMetricStatistics', ({ input, world, region }) => {
    const { Namespace, MetricName, StartTime, EndTime, Period, Statistics, ExtendedStatistics } = input
    if (StartTime >= EndTime)
      return refuse('InvalidParameterValue', 'The parameter StartTime must be less than the parameter EndTime.')
    if (!Statistics?.length && !ExtendedStatistics?.length)
      return refuse(
        'InvalidParameterCombination',
        'At least one of the parameters Statistics and ExtendedStatistics must be specified.',
      )
    if (Period < 1 || (Period >= 60 && Period % 60 !== 0))
      return refuse(
        'InvalidParameterValue',
        `The value ${Period} for parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.`,
      )
    const count = (EndTime - StartTime) / (Period * 1000)
    if (count > 1440)
      return refuse(
        'InvalidParameterCombination',
        `You have requested up to ${Math.floor(count)} datapoints, which exceeds the limit of 1,440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
      )
    const key = { region, namespace: Namespace, name: MetricName, dimensions: dimensionsOf(input.Dimensions as never) }
    const wanted = [...(Statistics ?? []), ...(ExtendedStatistics ?? [])]
    const points = periods(world, StartTime, EndTime, Period).flatMap((start) => {
      const datum =
        putDatum(world, key, start, Period) ??
        (start === newestPeriod(world, Period) && isMeasured(Namespace) ? measured(world, key, Period) : undefined)
      if (!datum) return []
      const values = wanted
        .map((name) => [name, statisticOf(datum, name)] as const)
        .filter(([, value]) => value !== undefined)
      const plain = values.filter(([name]) => Statistics?.includes(name))
      const extended = values.filter(([name]) => !Statistics?.includes(name))
      return [
        {
          Timestamp: start,
          ...Object.fromEntries(plain),
          Unit: datum.unit,
          ...(extended.length > 0 ? { ExtendedStatistics: Object.fromEntries(extended) } : {}),
        },
      ]
    })
    return { output: { Label: MetricName, Datapoints: points } }
  }),
  defineOperation<GetMetricDataInput>('GetMetricData', ({ input, world, region }) => {
    const period = input.MetricDataQueries.map((query) => query.MetricStat?.Period ?? query.Period ?? 60)[0] ?? 60
    const starts = periods(world, input.StartTime, input.EndTime, period)
    let values: ReadonlyMap<string, Series>
    try {
      values = queryValues(world, region, input.MetricDataQueries, period, starts)
    } catch (error) {
      if (error instanceof SyntaxError) return refuse('ValidationError', error.message)
      throw error
    }
    const ascending = input.ScanBy === 'TimestampAscending'
    return {
      output: {
        MetricDataResults: input.MetricDataQueries.filter((query) => query.ReturnData !== false).map((query) => {
          const series = values.get(query.Id)
          const points =
            typeof series === 'number'
              ? starts.map((start) => [start, series] as const)
              : [...(series ?? new Map<number, number>())]
          const ordered = points.sort(([a], [b]) => (ascending ? a - b : b - a))
          return {
            Id: query.Id,
            Label: query.Label ?? query.MetricStat?.Metric.MetricName ?? query.Id,
            Timestamps: ordered.map(([at]) => at),
            Values: ordered.map(([, value]) => value),
            StatusCode: 'Complete',
          }
        }),
        Messages: [],
      },
    }
  }),
]

/** Beginnings of the whole periods between two moments that are over now. */
function periods(world: World, from: number, to: number, period: number): readonly number[] {
  const ms = period * 1000
  const last = Math.min(to - 1, newestPeriod(world, period) + ms)
  const found: number[] = []
  for (
    let start = Math.max(Math.floor(from / ms) * ms, EPOCH - 86_400_000 * 15);
    start <= last && found.length < 100_000;
    start += ms
  )
    found.push(start)
  return found
}
