import { type Emission, EPOCH, type World } from '../../../kernel/index.ts'
import { ACCOUNT, type Message, parseArn, services } from '../core/index.ts'
import { type AlarmState, alarmRule } from './alarm.rule.ts'
import { type Alarm, alarmArn, ENTERS, type HistoryItem, periodOf, stateOf } from './alarm.ts'

/** Events by which an alarm enters another state and those who want to know are told. */
export function transition(
  alarm: Alarm,
  state: AlarmState,
  reason: string,
  data: string | undefined,
  world: World,
  inputs: object = {},
): readonly Emission[] {
  const now = EPOCH + world.now
  const update: HistoryItem = {
    at: now,
    type: 'StateUpdate',
    summary: `Alarm updated from ${stateOf(alarm)} to ${state}`,
    data: JSON.stringify({
      version: '1.0',
      oldState: { stateValue: stateOf(alarm), stateReason: alarm.StateReason },
      newState: { stateValue: state, stateReason: reason },
    }),
  }
  return [
    {
      to: alarm.id,
      type: ENTERS[state],
      rule: alarmRule.id,
      inputs,
      data: {
        StateReason: reason,
        StateReasonData: data,
        StateUpdatedTimestamp: now,
        StateTransitionedTimestamp: now,
        history: [update, ...alarm.history].slice(0, 100),
      },
    },
    ...acts(alarm, state, reason, world, [update, ...alarm.history]),
  ]
}

/** What is sent to the actions of a state, and the alarm's own note of it. */
export function acts(
  alarm: Alarm,
  state: AlarmState,
  reason: string,
  world: World,
  before: readonly HistoryItem[],
  only: (arn: string) => boolean = () => true,
): readonly Emission[] {
  const { config } = alarm
  if (!config.ActionsEnabled) return []
  const targets = (
    state === 'ALARM' ? config.AlarmActions : state === 'OK' ? config.OKActions : config.InsufficientDataActions
  ).filter(only)
  if (targets.length === 0) return []
  const emissions: Emission[] = []
  const notes: HistoryItem[] = []
  for (const arn of targets) {
    const answer = send(arn, messageOf(alarm, state, reason, world), world)
    emissions.push(...answer.emit)
    notes.unshift({
      at: EPOCH + world.now,
      type: 'Action',
      summary:
        answer.error === undefined
          ? `Successfully executed action ${arn}`
          : `Failed to execute action ${arn}. Received error: "${answer.error}"`,
      data: JSON.stringify({
        actionState: answer.error === undefined ? 'Succeeded' : 'Failed',
        stateUpdateTimestamp: EPOCH + world.now,
        notificationResource: arn,
        error: answer.error ?? null,
      }),
    })
  }
  return [{ to: alarm.id, type: 'Acted', data: { history: [...notes, ...before].slice(0, 100) } }, ...emissions]
}

function send(
  arn: string,
  message: Message,
  world: World,
): { readonly emit: readonly Emission[]; readonly error?: string } {
  const service = parseArn(arn)?.service
  const names =
    service === 'automate'
      ? ['ec2']
      : service === 'autoscaling'
        ? ['application-autoscaling', 'autoscaling']
        : [service ?? '']
  let error = `Invalid ARN: ${arn}`
  for (const name of names) {
    const answer = services.get(name)?.receives?.(arn, message, world)
    if (!answer) continue
    if ('emit' in answer) return { emit: answer.emit }
    error = answer.error.message
  }
  return { emit: [], error }
}

/** The notification, as SNS passes it on. */
function messageOf(alarm: Alarm, state: AlarmState, reason: string, world: World): Message {
  const { config, region } = alarm
  return {
    from: 'cloudwatch.amazonaws.com',
    by: alarm.id,
    body: {
      AlarmName: config.AlarmName,
      AlarmDescription: config.AlarmDescription ?? null,
      AWSAccountId: ACCOUNT,
      AlarmConfigurationUpdatedTimestamp: new Date(alarm.AlarmConfigurationUpdatedTimestamp).toISOString(),
      NewStateValue: state,
      NewStateReason: reason,
      StateChangeTime: new Date(EPOCH + world.now).toISOString().replace('Z', '+0000'),
      Region: region,
      AlarmArn: alarmArn(alarm),
      OldStateValue: stateOf(alarm),
      Trigger: {
        MetricName: config.MetricName ?? null,
        Namespace: config.Namespace ?? null,
        StatisticType: 'Statistic',
        Statistic: (config.Statistic ?? 'Average').toUpperCase(),
        Unit: config.Unit ?? null,
        Dimensions: (config.Dimensions ?? []).map(({ Name, Value }) => ({ name: Name, value: Value })),
        Period: periodOf(config),
        EvaluationPeriods: config.EvaluationPeriods ?? 1,
        ComparisonOperator: config.ComparisonOperator ?? '',
        Threshold: config.Threshold ?? 0,
        TreatMissingData: config.TreatMissingData ?? '',
      },
    },
  }
}
