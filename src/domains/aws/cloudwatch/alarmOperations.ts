import { type Emission, EPOCH, type World } from '../../../kernel/index.ts'
import { type ApiCall, arnOf, defineOperation, type Operation, refuse } from '../core/index.ts'
import { acts, transition } from './acting.ts'
import type { AlarmState } from './alarm.rule.ts'
import { ALARM, type Alarm, type AlarmConfig, alarmArn, alarmId, periodOf, stateOf } from './alarm.ts'
import { readAlarmRule } from './compositeRule.ts'
import type {
  DescribeAlarmHistoryInput,
  DescribeAlarmsForMetricInput,
  DescribeAlarmsInput,
  PutCompositeAlarmInput,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from './types.generated.ts'

interface Names {
  readonly AlarmNames: readonly string[]
}

const find = (world: World, region: string, name: string) => world.get(alarmId(region, name)) as Alarm | undefined

export function alarmsOf(world: World, region: string): readonly Alarm[] {
  return ([...world.all(ALARM)] as Alarm[])
    .filter((alarm) => alarm.region === region)
    .sort((a, b) => (a.config.AlarmName < b.config.AlarmName ? -1 : 1))
}

/** An alarm as describe calls show it. */
export function shownAlarm(alarm: Alarm): object {
  const { config } = alarm
  return {
    ...config,
    AlarmArn: alarmArn(alarm),
    AlarmConfigurationUpdatedTimestamp: alarm.AlarmConfigurationUpdatedTimestamp,
    StateValue: alarm.state,
    StateReason: alarm.StateReason,
    StateReasonData: alarm.StateReasonData,
    StateUpdatedTimestamp: alarm.StateUpdatedTimestamp,
    StateTransitionedTimestamp: alarm.StateTransitionedTimestamp,
    ...(config.AlarmRule === undefined && !config.Metrics ? { Dimensions: config.Dimensions ?? [] } : {}),
  }
}

function put(call: ApiCall, config: AlarmConfig, Tags: Alarm['Tags']): readonly Emission[] {
  const { world, region } = call
  const now = EPOCH + world.now
  const found = find(world, region, config.AlarmName)
  const item = {
    at: now,
    type: 'ConfigurationUpdate' as const,
    summary: found ? `Alarm "${config.AlarmName}" updated` : `Alarm "${config.AlarmName}" created`,
    data: JSON.stringify({ version: '1.0', type: found ? 'Update' : 'Create', updatedAlarm: config }),
  }
  const period = periodOf(config) * 1000
  const due = Math.floor(world.now / period) * period + period
  if (found)
    return [
      {
        to: found.id,
        type: 'Configured',
        data: {
          config,
          due,
          samples: [],
          AlarmConfigurationUpdatedTimestamp: now,
          history: [item, ...found.history].slice(0, 100),
        },
      },
    ]
  return [
    {
      to: alarmId(region, config.AlarmName),
      kind: ALARM,
      type: 'Created',
      data: {
        region,
        config,
        samples: [],
        due,
        StateReason: 'Unchecked: Initial alarm creation',
        StateUpdatedTimestamp: now,
        StateTransitionedTimestamp: now,
        AlarmConfigurationUpdatedTimestamp: now,
        history: [item],
        ...(Tags ? { Tags } : {}),
      },
    },
  ]
}

const onAlarm = ({ input, region }: ApiCall<{ readonly AlarmName: string }>) => ({
  resource: arnOf('cloudwatch', region, `alarm:${input.AlarmName}`),
})
const onAlarms = ({ input, region }: ApiCall<Names>) =>
  input.AlarmNames.map((name) => ({ resource: arnOf('cloudwatch', region, `alarm:${name}`) }))

function switched(enabled: boolean) {
  return ({ input, world, region }: ApiCall<Names>) => ({
    output: {},
    emit: input.AlarmNames.flatMap((name) => find(world, region, name) ?? []).map((alarm) => ({
      to: alarm.id,
      type: 'Configured',
      data: { config: { ...alarm.config, ActionsEnabled: enabled } },
    })),
  })
}

/** Alarms. */
export const alarmOperations: readonly Operation[] = [
  defineOperation<PutMetricAlarmInput>(
    'PutMetricAlarm',
    (call) => {
      const { Tags, ...input } = call.input
      const wrong = wrongAlarm(input)
      if (wrong) return refuse(...wrong)
      const config: AlarmConfig = {
        ...(input as unknown as AlarmConfig),
        ActionsEnabled: input.ActionsEnabled ?? true,
        OKActions: input.OKActions ?? [],
        AlarmActions: input.AlarmActions ?? [],
        InsufficientDataActions: input.InsufficientDataActions ?? [],
      }
      return { output: {}, emit: put(call as never, config, Tags as Alarm['Tags']) }
    },
    onAlarm,
  ),
  defineOperation<PutCompositeAlarmInput>(
    'PutCompositeAlarm',
    (call) => {
      const { Tags, ...input } = call.input
      const rule = readAlarmRule(input.AlarmRule)
      if (!rule) return refuse('ValidationError', 'AlarmRule is not valid: syntax error')
      const missing = rule.names.filter((name) => !find(call.world, call.region, name))
      if (missing.length > 0)
        return refuse(
          'ValidationError',
          `AlarmRule must not contain alarms that do not exist. Alarms not found: [${missing.join(', ')}]`,
        )
      const config: AlarmConfig = {
        ...(input as unknown as AlarmConfig),
        ActionsEnabled: input.ActionsEnabled ?? true,
        OKActions: input.OKActions ?? [],
        AlarmActions: input.AlarmActions ?? [],
        InsufficientDataActions: input.InsufficientDataActions ?? [],
      }
      return { output: {}, emit: put(call as never, config, Tags as Alarm['Tags']) }
    },
    onAlarm,
  ),
  defineOperation<DescribeAlarmsInput>('DescribeAlarms', ({ input, world, region }) => {
    const types = input.AlarmTypes ?? ['MetricAlarm']
    const found = alarmsOf(world, region).filter(
      ({ config, state }) =>
        (input.AlarmNames === undefined || input.AlarmNames.includes(config.AlarmName)) &&
        config.AlarmName.startsWith(input.AlarmNamePrefix ?? '') &&
        (input.StateValue === undefined || state === input.StateValue) &&
        (input.ActionPrefix === undefined ||
          [...config.AlarmActions, ...config.OKActions].some((arn) => arn.startsWith(input.ActionPrefix ?? ''))),
    )
    const of = (composite: boolean) =>
      found.filter(({ config }) => (config.AlarmRule !== undefined) === composite).map(shownAlarm)
    return {
      output: {
        MetricAlarms: types.includes('MetricAlarm') ? of(false) : [],
        CompositeAlarms: types.includes('CompositeAlarm') ? of(true) : [],
      },
    }
  }),
  defineOperation<DescribeAlarmsForMetricInput>('DescribeAlarmsForMetric', ({ input, world, region }) => {
    const same = (config: AlarmConfig) => {
      const own = JSON.stringify([...(config.Dimensions ?? [])].sort((a, b) => (a.Name < b.Name ? -1 : 1)))
      const wanted = [...(input.Dimensions ?? [])].sort((a, b) => (String(a.Name) < String(b.Name) ? -1 : 1))
      return (
        config.MetricName === input.MetricName &&
        config.Namespace === input.Namespace &&
        own === JSON.stringify(wanted) &&
        (input.Statistic === undefined || config.Statistic === input.Statistic) &&
        (input.Period === undefined || config.Period === input.Period)
      )
    }
    return {
      output: {
        MetricAlarms: alarmsOf(world, region)
          .filter(({ config }) => same(config))
          .map(shownAlarm),
      },
    }
  }),
  defineOperation<DescribeAlarmHistoryInput>('DescribeAlarmHistory', ({ input, world, region }) => {
    const items = alarmsOf(world, region)
      .filter(({ config }) => input.AlarmName === undefined || config.AlarmName === input.AlarmName)
      .flatMap(({ config, history }) =>
        history
          .filter(
            (item) =>
              (input.HistoryItemType === undefined || item.type === input.HistoryItemType) &&
              item.at >= (input.StartDate ?? 0) &&
              item.at <= (input.EndDate ?? Number.POSITIVE_INFINITY),
          )
          .map((item) => ({
            AlarmName: config.AlarmName,
            AlarmType: config.AlarmRule === undefined ? 'MetricAlarm' : 'CompositeAlarm',
            Timestamp: item.at,
            HistoryItemType: item.type,
            HistorySummary: item.summary,
            HistoryData: item.data,
          })),
      )
    return { output: { AlarmHistoryItems: items.slice(0, input.MaxRecords ?? 100) } }
  }),
  defineOperation<Names>(
    'DeleteAlarms',
    ({ input, world, region }) => {
      const found = input.AlarmNames.map((name) => [name, find(world, region, name)] as const)
      const missing = found.filter(([, alarm]) => !alarm).map(([name]) => name)
      if (missing.length > 0) return refuse('ResourceNotFound', `Alarms not found: [${missing.join(', ')}]`)
      return { output: {}, emit: found.map(([, alarm]) => ({ to: alarm?.id ?? '', type: 'Deleted' })) }
    },
    onAlarms,
  ),
  defineOperation<Names>('EnableAlarmActions', switched(true), onAlarms),
  defineOperation<Names>('DisableAlarmActions', switched(false), onAlarms),
  defineOperation<SetAlarmStateInput>(
    'SetAlarmState',
    ({ input, world, region }) => {
      const alarm = find(world, region, input.AlarmName)
      if (!alarm) return refuse('ResourceNotFound', '')
      const state = input.StateValue as AlarmState
      return {
        output: {},
        emit:
          state === stateOf(alarm)
            ? acts(alarm, state, input.StateReason, world, alarm.history)
            : transition(alarm, state, input.StateReason, input.StateReasonData, world, { by: 'SetAlarmState' }),
      }
    },
    onAlarm,
  ),
]

/** What CloudWatch says of an alarm that it does not take. */
function wrongAlarm(input: Omit<PutMetricAlarmInput, 'Tags'>): readonly [string, string] | undefined {
  const {
    Period,
    EvaluationPeriods = 1,
    DatapointsToAlarm,
    Metrics,
    MetricName,
    Namespace,
    Statistic,
    ExtendedStatistic,
  } = input
  if (Metrics) {
    if (MetricName !== undefined) return ['ValidationError', 'Exactly one of MetricName or Metrics must be specified']
    if (Metrics.filter((query) => query.ReturnData !== false).length !== 1)
      return ['ValidationError', 'Exactly one element of the metrics list should return data.']
  } else {
    if (MetricName === undefined) return ['MissingParameter', 'The parameter MetricName or Metrics is required.']
    if (Namespace === undefined) return ['MissingParameter', 'The parameter Namespace is required.']
    if (Statistic === undefined && ExtendedStatistic === undefined)
      return ['MissingParameter', 'The parameter Statistic or ExtendedStatistic is required.']
    if (Statistic !== undefined && ExtendedStatistic !== undefined)
      return ['InvalidParameterCombination', 'Exactly one of Statistic and ExtendedStatistic must be specified.']
    if (Period === undefined) return ['MissingParameter', 'The parameter Period is required.']
  }
  if (Period !== undefined && ![10, 20, 30].includes(Period) && Period % 60 !== 0)
    return ['ValidationError', 'Period must be 10, 20, 30 or a multiple of 60']
  if (input.Threshold === undefined && input.ThresholdMetricId === undefined)
    return ['MissingParameter', 'The parameter Threshold is required.']
  if (DatapointsToAlarm !== undefined && DatapointsToAlarm > EvaluationPeriods)
    return ['ValidationError', 'EvaluationPeriods must be greater than or equal to DatapointsToAlarm.']
  const seconds = (Period ?? 60) * EvaluationPeriods
  if (seconds > 604_800 || (seconds > 86_400 && (Period ?? 60) < 3600))
    return [
      'ValidationError',
      'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
    ]
  return undefined
}
