import type { Entity } from '../../../kernel/index.ts'
import { arnOf, type Dimensions } from '../core/index.ts'
import type { AlarmState } from './alarm.rule.ts'
import type { MetricDataQuery } from './types.generated.ts'

/** What is asked of an alarm: `put-metric-alarm`'s own members. */
export interface AlarmConfig {
  readonly AlarmName: string
  readonly AlarmDescription?: string | undefined
  readonly ActionsEnabled: boolean
  readonly OKActions: readonly string[]
  readonly AlarmActions: readonly string[]
  readonly InsufficientDataActions: readonly string[]
  readonly MetricName?: string | undefined
  readonly Namespace?: string | undefined
  readonly Statistic?: string | undefined
  readonly ExtendedStatistic?: string | undefined
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[] | undefined
  readonly Period?: number | undefined
  readonly Unit?: string | undefined
  readonly EvaluationPeriods?: number | undefined
  readonly DatapointsToAlarm?: number | undefined
  readonly Threshold?: number | undefined
  readonly ComparisonOperator?: string | undefined
  readonly TreatMissingData?: string | undefined
  readonly EvaluateLowSampleCountPercentile?: string | undefined
  readonly Metrics?: readonly MetricDataQuery[] | undefined
  /** Of a composite alarm. */
  readonly AlarmRule?: string | undefined
  readonly ActionsSuppressor?: string | undefined
}

/** A metric alarm or a composite one; `state` is the alarm's own. */
export interface Alarm extends Entity {
  readonly region: string
  readonly config: AlarmConfig
  /** Newest last: values of whole periods that were measured, by their beginning in ms since 1970. */
  readonly samples: readonly { readonly at: number; readonly value: number | null }[]
  /** Virtual time of the next look, in ms. */
  readonly due: number
  readonly StateReason: string
  readonly StateReasonData?: string | undefined
  /** Ms since 1970. */
  readonly StateUpdatedTimestamp: number
  readonly StateTransitionedTimestamp: number
  readonly AlarmConfigurationUpdatedTimestamp: number
  readonly history: readonly HistoryItem[]
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined
}

export interface HistoryItem {
  readonly at: number
  readonly type: 'StateUpdate' | 'ConfigurationUpdate' | 'Action'
  readonly summary: string
  readonly data: string
}

export const ALARM = 'aws.cloudwatch.Alarm'

export function alarmId(region: string, name: string): string {
  return `${ALARM}/${region}/${name}`
}

export function alarmArn({ region, config }: Pick<Alarm, 'region' | 'config'>): string {
  return arnOf('cloudwatch', region, `alarm:${config.AlarmName}`)
}

export function stateOf(alarm: Alarm): AlarmState {
  return alarm.state as AlarmState
}

/** Seconds between two looks. */
export function periodOf({ Period, Metrics }: AlarmConfig): number {
  return Period ?? Metrics?.map((query) => query.MetricStat?.Period ?? query.Period ?? 60)[0] ?? 60
}

/** How many periods are looked at: more than are judged, so that gaps can be seen past. */
export function rangeOf({ EvaluationPeriods = 1 }: AlarmConfig): number {
  return EvaluationPeriods + 2
}

/** The event by which a state is entered. */
export const ENTERS: { readonly [state in AlarmState]: string } = {
  OK: 'Recovered',
  ALARM: 'Alarmed',
  INSUFFICIENT_DATA: 'Starved',
}

export type { Dimensions }
