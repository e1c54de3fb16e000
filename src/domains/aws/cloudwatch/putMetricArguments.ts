import type { Json, JsonObject } from '../../../kernel/index.ts'
import type { CliArgument } from '../core/index.ts'

/** Puts members into the one datum that these options speak of. */
function datum(input: JsonObject, members: JsonObject): JsonObject {
  const [first = {}] = (input['MetricData'] ?? []) as readonly JsonObject[]
  return { ...input, MetricData: [{ ...first, ...members }] }
}

const one = (name: string, says: string, members: (value: string) => JsonObject): CliArgument => ({
  operations: ['PutMetricData'],
  name,
  says,
  apply: (input: JsonObject, value: Json) => datum(input, members(String(value))),
})

/** One value on the command line instead of a list of data. Models: awscli/customizations/putmetricdata.py. */
export const putMetricArguments: readonly CliArgument[] = [
  one('metric-name', 'The name of the metric.', (MetricName) => ({ MetricName })),
  one('timestamp', 'The time stamp used for the metric.', (Timestamp) => ({ Timestamp })),
  one('unit', 'The unit of metric.', (Unit) => ({ Unit })),
  one('value', 'The value for the metric.', (value) => ({ Value: Number(value) })),
  one('storage-resolution', '1 for a high-resolution metric, else 60.', (value) => ({
    StorageResolution: Number(value),
  })),
  one('dimensions', 'Name=value pairs that further describe the metric, with commas between them.', (value) => ({
    Dimensions: value.split(',').map((pair) => {
      const [Name = '', Value = ''] = pair.split('=')
      return { Name, Value }
    }),
  })),
  one('statistic-values', 'A set of statistical values describing the metric.', (value) => ({
    StatisticValues: Object.fromEntries(
      value.split(',').map((pair) => {
        const [name = '', number = ''] = pair.split('=')
        return [name, Number(number)]
      }),
    ),
  })),
]
