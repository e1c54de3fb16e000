import { defineRule } from '../../../kernel/index.ts'

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

export interface AlarmInput {
  /** The evaluation range, oldest first; null for a period without data. */
  readonly datapoints: readonly (number | null)[]
  readonly threshold: number
  readonly comparison: string
  readonly datapointsToAlarm: number
  readonly evaluationPeriods: number
  readonly evaluationRange?: number | undefined
  readonly treatMissingData?: string | undefined
  readonly currentState: AlarmState
}

export interface AlarmVerdict {
  readonly state: AlarmState
  /** The points that were judged, oldest first; gaps that were filled are null. */
  readonly judged: readonly (number | null)[]
  readonly breaching: number
}

/**
 * Which state an alarm is in.
 * Models: CloudWatch user guide, AlarmThatSendsEmail: how alarms treat missing data
 */
export const alarmRule = defineRule({
  id: 'cloudwatch.alarm',
  says: 'It is in alarm when M of the newest N datapoints breach the threshold; what is missing counts as the alarm was told to count it.',
  source: 'CloudWatch user guide AlarmThatSendsEmail',
  decide: judge,
})

export function judge(input: AlarmInput): AlarmVerdict {
  const { datapointsToAlarm: m, evaluationPeriods: n, currentState, treatMissingData = 'missing' } = input
  const range = input.datapoints.slice(-(input.evaluationRange ?? input.datapoints.length))
  const breach = (point: number) => breaches(point, input.comparison, input.threshold)
  const real = range.filter((point) => point !== null)
  if (real.length >= n) {
    const judged = real.slice(-n)
    const breaching = judged.filter(breach).length
    return { state: breaching >= m ? 'ALARM' : 'OK', judged, breaching }
  }
  const breaching = real.filter(breach).length
  const gap = n - real.length
  const judged = [...Array.from({ length: gap }, () => null), ...real]
  const verdict = (state: AlarmState): AlarmVerdict => ({ state, judged, breaching })
  if (treatMissingData === 'breaching') return verdict(breaching + gap >= m ? 'ALARM' : 'OK')
  if (treatMissingData === 'notBreaching') return verdict(breaching >= m ? 'ALARM' : 'OK')
  const ignore = treatMissingData === 'ignore'
  if (real.length === 0) return verdict(ignore ? currentState : 'INSUFFICIENT_DATA')
  if (breaching < real.length) return verdict(breaching >= m ? 'ALARM' : 'OK')
  if (ignore) return verdict(currentState)
  const age = range.length - range.findIndex((point) => point !== null)
  return verdict(breaching >= m || age >= m ? 'ALARM' : currentState)
}

/** Whether a value breaches a threshold, by an alarm's comparison operator. */
export function breaches(value: number, comparison: string, threshold: number): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'GreaterThanThreshold':
      return value > threshold
    case 'LessThanThreshold':
      return value < threshold
    case 'LessThanOrEqualToThreshold':
      return value <= threshold
    default:
      return false
  }
}
