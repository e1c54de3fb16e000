import { type AlarmState, type AlarmVerdict, breaches } from './alarm.rule.ts'
import { type Alarm, periodOf } from './alarm.ts'

/** A float as CloudWatch's words write it: `80.0`. */
export function floated(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

const OPERATOR: { readonly [comparison: string]: string } = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
}

function moment(ms: number): string {
  const text = new Date(ms).toISOString()
  return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(2, 4)} ${text.slice(11, 19)}`
}

/** Why an alarm is in a state, in CloudWatch's own words. */
export function reasonOf(alarm: Alarm, state: AlarmState, verdict: AlarmVerdict): string {
  const { config, samples } = alarm
  const { Threshold = 0, ComparisonOperator = '', EvaluationPeriods: n = 1, TreatMissingData = 'missing' } = config
  const m = config.DatapointsToAlarm ?? n
  const real = samples.filter((sample) => sample.value !== null).slice(-n)
  const points = verdict.judged.filter((point) => point !== null)
  if (points.length === 0 && state === 'INSUFFICIENT_DATA')
    return `Insufficient Data: ${n} datapoint${n === 1 ? ' was' : 's were'} unknown.`
  if (points.length === 0)
    return `Threshold Crossed: no datapoints were received for ${n} period${n === 1 ? '' : 's'} and ${n} missing datapoint${n === 1 ? ' was' : 's were'} treated as [${TreatMissingData === 'breaching' ? 'Breaching' : 'NonBreaching'}].`
  const shown = real
    .slice()
    .reverse()
    .map((sample) => `${floated(sample.value ?? 0)} (${moment(sample.at)})`)
  const list = shown.length > 5 ? `${shown.slice(0, 5).join(', ')}, ...` : shown.join(', ')
  const than = OPERATOR[ComparisonOperator] ?? ''
  const threshold = `the threshold (${floated(Threshold)})`
  if (state === 'ALARM') {
    const count = points.filter((point) => breaches(point, ComparisonOperator, Threshold)).length
    return `Threshold Crossed: ${count} out of the last ${n} datapoints [${list}] ${count === 1 ? 'was' : 'were'} ${than} ${threshold} (minimum ${m} datapoint${m === 1 ? '' : 's'} for OK -> ALARM transition).`
  }
  const fine = points.filter((point) => !breaches(point, ComparisonOperator, Threshold)).length
  if (m === n)
    return `Threshold Crossed: ${shown.length} datapoint${shown.length === 1 ? '' : 's'} [${list}] ${shown.length === 1 ? 'was' : 'were'} not ${than} ${threshold}.`
  return `Threshold Crossed: ${fine} out of the last ${n} datapoints [${list}] ${fine === 1 ? 'was' : 'were'} not ${than} ${threshold} (minimum ${n - m + 1} datapoint${n - m === 0 ? '' : 's'} for ALARM -> OK transition).`
}

/** The same as data. */
export function reasonData(alarm: Alarm, now: number): string {
  const { config, samples } = alarm
  const stamp = (ms: number) => new Date(ms).toISOString().replace('Z', '+0000')
  const real = samples.filter((sample) => sample.value !== null).slice(-(config.EvaluationPeriods ?? 1))
  return JSON.stringify({
    version: '1.0',
    queryDate: stamp(now),
    ...(real[0] ? { startDate: stamp(real[0].at) } : {}),
    ...(config.Statistic ? { statistic: config.Statistic } : {}),
    period: periodOf(config),
    recentDatapoints: real.map((sample) => sample.value),
    threshold: config.Threshold,
    evaluatedDatapoints: real
      .slice()
      .reverse()
      .map((sample) => ({ timestamp: stamp(sample.at), value: sample.value })),
  })
}
