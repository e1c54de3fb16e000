import { type Emission, EPOCH, type World } from '../../../kernel/index.ts'
import {
  type ApiAnswer,
  type ApiCall,
  callService,
  defineOperation,
  hexId,
  type Operation,
  refuse,
  servicePrincipal,
  services,
} from '../core/index.ts'
import { readPattern } from './filterPattern.ts'
import {
  GROUP,
  groupArn,
  groupId,
  groupOf,
  groupsOf,
  type LogEvent,
  type LogGroupRecord,
  type LogStreamRecord,
  STREAM,
  type Stream,
  streamId,
  streamsOf,
} from './store.ts'
import type {
  DescribeLogGroupsRequest,
  DescribeLogStreamsRequest,
  FilterLogEventsRequest,
  GetLogEventsRequest,
  InputLogEvent,
  MetricTransformation,
  PutMetricFilterRequest,
  PutSubscriptionFilterRequest,
} from './types.generated.ts'

interface In {
  readonly logGroupName: string
  readonly logGroupIdentifier?: string
  readonly logStreamName: string
  readonly retentionInDays: number
  readonly tags: { readonly [key: string]: string }
  readonly tagKeys: readonly string[]
  readonly resourceArn: string
  readonly logEvents: readonly InputLogEvent[]
  readonly filterName: string
  readonly filterNamePrefix?: string
  readonly filterPattern: string
  readonly logEventMessages: readonly string[]
}

const NO_GROUP = refuse('ResourceNotFoundException', 'The specified log group does not exist.')
const NO_STREAM = refuse('ResourceNotFoundException', 'The specified log stream does not exist.')
const DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]

const access = ({ input, region }: ApiCall<never>) => {
  const { logGroupName, logStreamName } = input as Partial<In>
  return {
    resource:
      logGroupName === undefined
        ? '*'
        : `${groupArn(region, logGroupName)}:${logStreamName === undefined ? '*' : `log-stream:${logStreamName}`}`,
  }
}

function op<T>(name: string, run: (call: ApiCall<T>) => ApiAnswer): Operation {
  return defineOperation<T>(name, run, access as never)
}

/** An operation on a group that must be there. */
function on<T>(
  name: string,
  run: (group: LogGroupRecord, input: T & In, call: ApiCall<T & In>) => ApiAnswer,
): Operation {
  return op<T & In>(name, (call) => {
    const wanted = nameOf(call.input.logGroupName ?? call.input.logGroupIdentifier ?? call.input.resourceArn)
    const group = groupOf(call.world, call.region, wanted)
    return group ? run(group, call.input, call) : NO_GROUP
  })
}

function nameOf(name: string): string {
  return name.replace(/^arn:.*:log-group:/, '').replace(/:\*$/, '')
}

function changed(group: LogGroupRecord, data: object): ApiAnswer {
  return { output: {}, emit: [{ to: group.id, type: 'Changed', data }] }
}

function token(direction: 'f' | 'b', events: readonly LogEvent[], at: number): string {
  const moment = events[at]?.timestamp ?? events[events.length - 1]?.timestamp ?? EPOCH
  return `${direction}/${String(moment).padStart(20, '3')}${String(at).padStart(36, '0')}`
}

/** Amazon CloudWatch Logs. */
export const logsOperations: readonly Operation[] = [
  op<In>('CreateLogGroup', ({ input, world, region }) => {
    if (groupOf(world, region, input.logGroupName))
      return refuse('ResourceAlreadyExistsException', 'The specified log group already exists')
    const data = {
      region,
      name: input.logGroupName,
      creationTime: EPOCH + world.now,
      tags: input.tags ?? {},
      filters: [],
      subscriptions: [],
    }
    return { output: {}, emit: [{ to: groupId(region, input.logGroupName), kind: GROUP, type: 'Created', data }] }
  }),
  on('DeleteLogGroup', (group, _input, { world }) => ({
    output: {},
    emit: [
      ...[...world.all(STREAM)]
        .filter(
          (one) => (one as LogStreamRecord).group === group.name && (one as LogStreamRecord).region === group.region,
        )
        .map((one) => ({ to: one.id, type: 'Deleted' })),
      { to: group.id, type: 'Deleted' },
    ],
  })),
  op<DescribeLogGroupsRequest>('DescribeLogGroups', ({ input, world, region }) => ({
    output: {
      logGroups: groupsOf(world, region)
        .filter(
          ({ name }) =>
            name.startsWith(input.logGroupNamePrefix ?? '') && name.includes(input.logGroupNamePattern ?? ''),
        )
        .map((group) => ({
          logGroupName: group.name,
          creationTime: group.creationTime,
          retentionInDays: group.retentionInDays,
          metricFilterCount: group.filters.length,
          arn: `${groupArn(region, group.name)}:*`,
          storedBytes: streamsOf(world, group).reduce((sum, stream) => sum + bytes(stream), 0),
          logGroupClass: 'STANDARD',
          logGroupArn: groupArn(region, group.name),
        })),
    },
  })),
  on('CreateLogStream', (group, { logStreamName }, { world, region }) => {
    if (world.get(streamId(region, group.name, logStreamName)))
      return refuse('ResourceAlreadyExistsException', 'The specified log stream already exists')
    const data = { region, group: group.name, name: logStreamName, creationTime: EPOCH + world.now, events: [] }
    return {
      output: {},
      emit: [{ to: streamId(region, group.name, logStreamName), kind: STREAM, type: 'Created', data }],
    }
  }),
  on('DeleteLogStream', (group, { logStreamName }, { world, region }) => {
    const id = streamId(region, group.name, logStreamName)
    return world.get(id) ? { output: {}, emit: [{ to: id, type: 'Deleted' }] } : NO_STREAM
  }),
  on<DescribeLogStreamsRequest>('DescribeLogStreams', (group, input, { world, region }) => {
    const found = streamsOf(world, group).filter(({ name }) => name.startsWith(input.logStreamNamePrefix ?? ''))
    const last = ({ events }: Stream) => events[events.length - 1]?.timestamp ?? 0
    const ordered = input.orderBy === 'LastEventTime' ? [...found].sort((a, b) => last(a) - last(b)) : [...found]
    if (input.descending) ordered.reverse()
    return {
      output: {
        logStreams: ordered.slice(0, input.limit ?? 10_000).map((stream) => ({
          logStreamName: stream.name,
          creationTime: stream.creationTime,
          ...(stream.events.length === 0
            ? {}
            : {
                firstEventTimestamp: stream.events[0]?.timestamp,
                lastEventTimestamp: last(stream),
                lastIngestionTime: stream.events[stream.events.length - 1]?.ingestionTime,
              }),
          uploadSequenceToken: sequence(stream.name, stream.events.length),
          arn: `${groupArn(region, group.name)}:log-stream:${stream.name}`,
          storedBytes: 0,
        })),
      },
    }
  }),
  on('PutLogEvents', (group, { logStreamName, logEvents }, { world, region }) => {
    const stream = world.get(streamId(region, group.name, logStreamName)) as LogStreamRecord | undefined
    if (!stream) return NO_STREAM
    if (logEvents.some((event, i) => event.timestamp < (logEvents[i - 1]?.timestamp ?? 0)))
      return refuse(
        'InvalidParameterException',
        'Log events in a single PutLogEvents request must be in chronological order.',
      )
    const now = EPOCH + world.now
    const old = logEvents.filter(({ timestamp }) => timestamp < now - 14 * 86_400_000).length
    const early = logEvents.findIndex(({ timestamp }) => timestamp > now + 7_200_000)
    const taken = logEvents
      .slice(old, early < 0 ? undefined : early)
      .map(({ timestamp, message }) => ({ timestamp, message, ingestionTime: now }))
    const events = [...stream.events, ...taken].sort((a, b) => a.timestamp - b.timestamp)
    const rejected = {
      ...(old > 0 ? { tooOldLogEventEndIndex: old } : {}),
      ...(early >= 0 ? { tooNewLogEventStartIndex: early } : {}),
    }
    return {
      output: {
        nextSequenceToken: sequence(stream.name, events.length),
        ...(Object.keys(rejected).length > 0 ? { rejectedLogEventsInfo: rejected } : {}),
      },
      emit: [
        { to: stream.id, type: 'Changed', data: { events } },
        ...measuredBy(group, taken, world, region),
        ...subscribed(group, stream.name, taken, world),
      ],
    }
  }),
  on<GetLogEventsRequest>('GetLogEvents', (group, input, { world }) => {
    const stream = streamsOf(world, group).find(({ name }) => name === input.logStreamName)
    if (!stream) return NO_STREAM
    const within = stream.events.filter(
      ({ timestamp }) => timestamp >= (input.startTime ?? 0) && timestamp < (input.endTime ?? Number.POSITIVE_INFINITY),
    )
    const limit = input.limit ?? 10_000
    const [, direction, position] = /^([fb])\/.*?(\d{36})$/.exec(input.nextToken ?? '') ?? []
    const at = position === undefined ? undefined : Number(position)
    const begin =
      at === undefined
        ? input.startFromHead
          ? 0
          : Math.max(0, within.length - limit)
        : direction === 'f'
          ? at
          : Math.max(0, at - limit)
    const end = at !== undefined && direction === 'b' ? at : begin + limit
    const events = within.slice(begin, end)
    return {
      output: {
        events,
        nextForwardToken: token('f', within, begin + events.length),
        nextBackwardToken: token('b', within, begin),
      },
    }
  }),
  on<FilterLogEventsRequest>('FilterLogEvents', (group, input, { world }) => {
    const pattern = readPattern(input.filterPattern ?? '')
    if (!pattern) return refuse('InvalidParameterException', 'Invalid filter pattern')
    const found = streamsOf(world, group)
      .filter(
        ({ name }) =>
          (input.logStreamNames === undefined || input.logStreamNames.includes(name)) &&
          name.startsWith(input.logStreamNamePrefix ?? ''),
      )
      .flatMap((stream) =>
        stream.events.map((event, i) => ({
          logStreamName: stream.name,
          timestamp: event.timestamp,
          message: event.message,
          ingestionTime: event.ingestionTime,
          eventId: `${String(event.timestamp).padStart(20, '3')}${String(i).padStart(36, '0')}`,
        })),
      )
      .filter(
        ({ timestamp, message }) =>
          timestamp >= (input.startTime ?? 0) &&
          timestamp < (input.endTime ?? Number.POSITIVE_INFINITY) &&
          pattern.matches(message),
      )
      .sort((a, b) => a.timestamp - b.timestamp)
    return { output: { events: found.slice(0, input.limit ?? 10_000), searchedLogStreams: [] } }
  }),
  on('PutRetentionPolicy', (group, { retentionInDays }) =>
    DAYS.includes(retentionInDays)
      ? changed(group, { retentionInDays })
      : refuse(
          'InvalidParameterException',
          `1 validation error detected: Value '${retentionInDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${DAYS.join(', ')}]`,
        ),
  ),
  on('DeleteRetentionPolicy', (group) => changed(group, { retentionInDays: undefined })),
  on<PutMetricFilterRequest>('PutMetricFilter', (group, input, { world }) => {
    if (!readPattern(input.filterPattern)) return refuse('InvalidParameterException', 'Invalid filter pattern')
    const { filterName, filterPattern, metricTransformations } = input
    const filter = { filterName, filterPattern, metricTransformations, creationTime: EPOCH + world.now }
    return changed(group, { filters: [...group.filters.filter((one) => one.filterName !== filterName), filter] })
  }),
  op<Partial<In> & { readonly metricName?: string; readonly metricNamespace?: string }>(
    'DescribeMetricFilters',
    ({ input, world, region }) => {
      if (input.logGroupName !== undefined && !groupOf(world, region, input.logGroupName)) return NO_GROUP
      return {
        output: {
          metricFilters: groupsOf(world, region)
            .filter(({ name }) => input.logGroupName === undefined || name === input.logGroupName)
            .flatMap((group) => group.filters.map((filter) => ({ ...filter, logGroupName: group.name })))
            .filter(
              (filter) =>
                filter.filterName.startsWith(input.filterNamePrefix ?? '') &&
                (input.metricName === undefined ||
                  filter.metricTransformations.some((one) => one.metricName === input.metricName)),
            ),
        },
      }
    },
  ),
  on('DeleteMetricFilter', (group, { filterName }) =>
    group.filters.some((one) => one.filterName === filterName)
      ? changed(group, { filters: group.filters.filter((one) => one.filterName !== filterName) })
      : refuse('ResourceNotFoundException', 'The specified metric filter does not exist.'),
  ),
  op<In>('TestMetricFilter', ({ input }) => {
    const pattern = readPattern(input.filterPattern)
    if (!pattern) return refuse('InvalidParameterException', 'Invalid filter pattern')
    const matches = input.logEventMessages.flatMap((eventMessage, i) =>
      pattern.matches(eventMessage) ? [{ eventNumber: i + 1, eventMessage, extractedValues: {} }] : [],
    )
    return { output: { matches } }
  }),
  on<PutSubscriptionFilterRequest>('PutSubscriptionFilter', (group, input, { world }) => {
    const { filterName, filterPattern, destinationArn, roleArn, distribution } = input
    if (!readPattern(filterPattern)) return refuse('InvalidParameterException', 'Invalid filter pattern')
    const others = group.subscriptions.filter((one) => one.filterName !== filterName)
    if (others.length >= 2) return refuse('LimitExceededException', 'Resource limit exceeded.')
    const filter = {
      filterName,
      filterPattern,
      destinationArn,
      roleArn,
      distribution: distribution ?? 'ByLogStream',
      creationTime: EPOCH + world.now,
    }
    return changed(group, { subscriptions: [...others, filter] })
  }),
  on('DescribeSubscriptionFilters', (group, input) => ({
    output: {
      subscriptionFilters: group.subscriptions
        .filter((filter) => filter.filterName.startsWith(input.filterNamePrefix ?? ''))
        .map((filter) => ({ ...filter, logGroupName: group.name })),
    },
  })),
  on('DeleteSubscriptionFilter', (group, { filterName }) =>
    group.subscriptions.some((one) => one.filterName === filterName)
      ? changed(group, { subscriptions: group.subscriptions.filter((one) => one.filterName !== filterName) })
      : refuse('ResourceNotFoundException', 'The specified subscription filter does not exist.'),
  ),
  ...['TagLogGroup', 'TagResource'].map((name) =>
    on(name, (group, { tags }) => changed(group, { tags: { ...group.tags, ...tags } })),
  ),
  ...['UntagLogGroup', 'UntagResource'].map((name) =>
    on<{ readonly tags: readonly string[] }>(name, (group, input) => {
      const keys = input.tagKeys ?? (input.tags as unknown as readonly string[])
      return changed(group, {
        tags: Object.fromEntries(Object.entries(group.tags).filter(([key]) => !keys.includes(key))),
      })
    }),
  ),
  ...['ListTagsLogGroup', 'ListTagsForResource'].map((name) => on(name, (group) => ({ output: { tags: group.tags } }))),
]

function bytes({ events }: Stream): number {
  return events.reduce((sum, event) => sum + event.message.length + 26, 0)
}

function sequence(name: string, count: number): string {
  let hash = 7
  for (const sign of name) hash = (hash * 31 + sign.charCodeAt(0)) % 1_000_000_007
  return `4954${String(hash).padStart(12, '6')}${String(count).padStart(40, '0')}`
}

/** What metric filters make of new events. */
function measuredBy(
  group: LogGroupRecord,
  events: readonly LogEvent[],
  world: World,
  region: string,
): readonly Emission[] {
  const byNamespace = new Map<string, object[]>()
  for (const filter of group.filters) {
    const pattern = readPattern(filter.filterPattern)
    if (!pattern) continue
    for (const transformation of filter.metricTransformations)
      for (const event of events) {
        const value = pattern.matches(event.message)
          ? numberOf(transformation, (name) => pattern.value(event.message, name))
          : transformation.defaultValue
        if (value === undefined) continue
        const data = byNamespace.get(transformation.metricNamespace) ?? []
        const Dimensions = Object.entries(transformation.dimensions ?? {}).map(([Name, of]) => ({
          Name,
          Value: pattern.value(event.message, of) ?? '',
        }))
        data.push({
          MetricName: transformation.metricName,
          Value: value,
          Unit: transformation.unit ?? 'None',
          Timestamp: event.timestamp,
          Dimensions,
        })
        byNamespace.set(transformation.metricNamespace, data)
      }
  }
  return [...byNamespace].flatMap(([Namespace, MetricData]) => {
    const answer = callService({
      world,
      service: 'cloudwatch',
      operation: 'PutMetricData',
      input: { Namespace, MetricData } as never,
      principal: servicePrincipal('logs'),
      region,
    })
    return 'error' in answer ? [] : (answer.emit ?? [])
  })
}

function numberOf(
  { metricValue }: MetricTransformation,
  value: (name: string) => string | undefined,
): number | undefined {
  const text = metricValue.startsWith('$') ? value(metricValue) : metricValue
  const number = Number(text)
  return text === undefined || Number.isNaN(number) ? undefined : number
}

function subscribed(
  group: LogGroupRecord,
  stream: string,
  events: readonly LogEvent[],
  world: World,
): readonly Emission[] {
  return group.subscriptions.flatMap((filter) => {
    const pattern = readPattern(filter.filterPattern)
    const chosen = events.filter((event) => pattern?.matches(event.message))
    if (chosen.length === 0) return []
    const service = services.get(filter.destinationArn.split(':')[2] ?? '')
    const answer = service?.receives?.(
      filter.destinationArn,
      {
        from: 'logs.amazonaws.com',
        by: group.id,
        body: {
          messageType: 'DATA_MESSAGE',
          owner: '123456789012',
          logGroup: group.name,
          logStream: stream,
          subscriptionFilters: [filter.filterName],
          logEvents: chosen.map(({ timestamp, message }, i) => ({
            id: hexId(world, 56, stream, i),
            timestamp,
            message,
          })),
        },
      },
      world,
    )
    return answer && 'emit' in answer ? answer.emit : []
  })
}
