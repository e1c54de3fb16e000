import { defineKind, type Entity, type Kind } from '../../../kernel/index.ts'
import { recordKind } from '../core/index.ts'
import { alarmLifecycle } from './alarm.lifecycle.ts'
import { ALARM, type Alarm } from './alarm.ts'
import { METRIC } from './metric.ts'

const take = (_alarm: Alarm, event: { readonly data: unknown }) =>
  (event.data ?? {}) as { readonly [field: string]: object }

/** Dashboards, metric streams, Contributor Insights rules and anomaly detectors: what CloudWatch keeps as it was asked for. */
export interface Settings extends Entity {
  readonly region: string
  readonly name: string
  readonly fields: { readonly [name: string]: unknown }
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined
}

export const DASHBOARD = 'aws.cloudwatch.Dashboard'
export const STREAM = 'aws.cloudwatch.MetricStream'
export const INSIGHT = 'aws.cloudwatch.InsightRule'
export const DETECTOR = 'aws.cloudwatch.AnomalyDetector'

export const alarmKind: Kind = defineKind<Alarm>({
  kind: ALARM,
  lifecycle: alarmLifecycle,
  apply: { Sampled: take, Configured: take, Acted: take, Alarmed: take, Recovered: take, Starved: take },
  face: {
    label: 'Alarm',
    plural: 'Alarms',
    pictogram: 'bell',
    shape: 'card',
    rank: 5,
    look: (alarm) => {
      const { config, samples, state } = alarm
      const newest = [...samples].reverse().find((sample) => sample.value !== null)?.value
      return {
        title: config.AlarmName,
        note:
          config.AlarmRule ??
          `${config.MetricName ?? 'expression'} ${SIGN[config.ComparisonOperator ?? ''] ?? ''} ${config.Threshold ?? ''}`,
        tone: state === 'OK' ? 'ok' : state === 'ALARM' ? 'err' : 'pend',
        word: state === 'INSUFFICIENT_DATA' ? 'insufficient data' : state,
        detail: state === 'OK' ? undefined : alarm.StateReason,
        due: config.AlarmRule === undefined ? alarm.due : undefined,
        figures: newest === undefined || newest === null ? [] : [String(Math.round(newest * 100) / 100)],
        segments: samples.map(({ value }) => ({ fill: value === null ? 'dashed' : 'new' })),
        facts: [
          ['reason', alarm.StateReason],
          ['datapoints', samples.map(({ value }) => value ?? '-').join(' ')],
          ['actions', config.ActionsEnabled ? config.AlarmActions.join(', ') || 'none' : 'disabled'],
        ],
      }
    },
    actions: ({ config }) => [
      {
        id: 'fire',
        label: 'Set to ALARM',
        line: `aws cloudwatch set-alarm-state --alarm-name ${quoted(config.AlarmName)} --state-value ALARM --state-reason testing`,
        sort: 'fault',
      },
      {
        id: 'delete',
        label: 'Delete',
        line: `aws cloudwatch delete-alarms --alarm-names ${quoted(config.AlarmName)}`,
        sort: 'danger',
      },
    ],
    marks: { Alarmed: 'alert', Recovered: 'state' },
  },
  tell: {
    Created: (event, alarm) => `Alarm [${alarm?.config.AlarmName ?? event.to}](${event.to}) begins to watch.`,
    Alarmed: (event, alarm) =>
      `Alarm [${alarm?.config.AlarmName ?? event.to}](${event.to}) went off: \`${reason(event)}\``,
    Recovered: (event, alarm) =>
      `Alarm [${alarm?.config.AlarmName ?? event.to}](${event.to}) is quiet again: \`${reason(event)}\``,
    Starved: (event, alarm) => `Alarm [${alarm?.config.AlarmName ?? event.to}](${event.to}) has nothing to judge by.`,
  },
})

const SIGN: { readonly [comparison: string]: string } = {
  GreaterThanOrEqualToThreshold: '>=',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
}

function reason(event: { readonly data: unknown }): string {
  return (event.data as { readonly StateReason?: string } | undefined)?.StateReason ?? ''
}

function quoted(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
}

export const cloudwatchKinds: readonly Kind[] = [
  alarmKind,
  recordKind({ kind: METRIC, noun: 'a metric that values are put to' }),
  recordKind({ kind: DASHBOARD, noun: 'a dashboard' }),
  recordKind({ kind: STREAM, noun: 'a metric stream' }),
  recordKind({ kind: INSIGHT, noun: 'a Contributor Insights rule' }),
  recordKind({ kind: DETECTOR, noun: 'an anomaly detector' }),
]
