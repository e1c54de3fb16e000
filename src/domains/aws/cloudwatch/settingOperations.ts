import { EPOCH, type World } from '../../../kernel/index.ts'
import { arnOf, defineOperation, type Operation, parseArn, refuse } from '../core/index.ts'
import { ALARM, type Alarm } from './alarm.ts'
import { DASHBOARD, DETECTOR, INSIGHT, type Settings, STREAM } from './kinds.ts'
import type {
  PutAnomalyDetectorInput,
  PutDashboardInput,
  PutInsightRuleInput,
  PutMetricStreamInput,
} from './types.generated.ts'

type Tag = { readonly Key: string; readonly Value: string }

const find = (world: World, kind: string, region: string, name: string) =>
  world.get(`${kind}/${region}/${name}`) as Settings | undefined
const all = (world: World, kind: string, region: string) =>
  ([...world.all(kind)] as Settings[]).filter((one) => one.region === region).sort((a, b) => (a.name < b.name ? -1 : 1))

function put(world: World, kind: string, region: string, name: string, fields: object, Tags?: readonly Tag[]) {
  const found = find(world, kind, region, name)
  return found
    ? [{ to: found.id, type: 'Changed', data: { fields } }]
    : [
        {
          to: `${kind}/${region}/${name}`,
          kind,
          type: 'Created',
          data: { region, name, fields, ...(Tags ? { Tags } : {}) },
        },
      ]
}

interface Rules {
  readonly RuleNames: readonly string[]
}

interface Named {
  readonly Name: string
  readonly Names: readonly string[]
  readonly DashboardName: string
  readonly DashboardNames: readonly string[]
  readonly DashboardNamePrefix?: string
  readonly ResourceARN: string
  readonly Tags: readonly Tag[]
  readonly TagKeys: readonly string[]
}

const streamArn = (region: string, name: string) => arnOf('cloudwatch', region, `metric-stream/${name}`)
const dashboardArn = (name: string) => arnOf('cloudwatch', '', `dashboard/${name}`)

function ruleState(state: string) {
  return defineOperation<Rules>(
    `${state === 'ENABLED' ? 'Enable' : 'Disable'}InsightRules`,
    ({ input, world, region }) => ({
      output: { Failures: failures(world, region, input.RuleNames) },
      emit: input.RuleNames.flatMap((name) => find(world, INSIGHT, region, name) ?? []).map((rule) => ({
        to: rule.id,
        type: 'Changed',
        data: { fields: { ...rule.fields, State: state } },
      })),
    }),
  )
}

function failures(world: World, region: string, names: readonly string[]): readonly object[] {
  return names
    .filter((name) => !find(world, INSIGHT, region, name))
    .map((name) => ({
      FailureResource: name,
      ExceptionType: 'ResourceNotFoundException',
      FailureCode: '404',
      FailureDescription: `Rule ${name} does not exist.`,
    }))
}

function streamState(word: 'running' | 'stopped') {
  return defineOperation<Named>(
    `${word === 'running' ? 'Start' : 'Stop'}MetricStreams`,
    ({ input, world, region }) => ({
      output: {},
      emit: input.Names.flatMap((name) => find(world, STREAM, region, name) ?? []).map((stream) => ({
        to: stream.id,
        type: 'Changed',
        data: { fields: { ...stream.fields, State: word, LastUpdateDate: EPOCH + world.now } },
      })),
    }),
  )
}

const detectorName = (input: Partial<PutAnomalyDetectorInput>) => {
  const { Namespace, MetricName, Dimensions, Stat } = input.SingleMetricAnomalyDetector ?? input
  const parts = [...(Dimensions ?? [])].map(({ Name, Value }) => `${Name}=${Value}`).sort()
  return `${Namespace}/${MetricName}/${Stat}/${parts.join(',')}`
}

/** Dashboards, metric streams, insight rules, anomaly detectors and tags. */
export const settingOperations: readonly Operation[] = [
  defineOperation<PutDashboardInput>('PutDashboard', ({ input, world, region }) => {
    try {
      const body = JSON.parse(input.DashboardBody) as { widgets?: unknown }
      if (!Array.isArray(body.widgets))
        return refuse(
          'InvalidParameterInput',
          'The dashboard body is invalid, there is 1 validation errors: [ {"dataPath":"","message":"Should have property \'widgets\'"} ]',
        )
    } catch {
      return refuse('InvalidParameterInput', 'The field DashboardBody must be a valid JSON object')
    }
    return {
      output: { DashboardValidationMessages: [] },
      emit: put(world, DASHBOARD, region, input.DashboardName, {
        DashboardBody: input.DashboardBody,
        LastModified: EPOCH + world.now,
      }),
    }
  }),
  defineOperation<Named>('GetDashboard', ({ input, world, region }) => {
    const found = find(world, DASHBOARD, region, input.DashboardName)
    if (!found) return refuse('ResourceNotFound', `Dashboard ${input.DashboardName} does not exist`)
    return {
      output: {
        DashboardArn: dashboardArn(found.name),
        DashboardBody: found.fields['DashboardBody'],
        DashboardName: found.name,
      },
    }
  }),
  defineOperation<Named>('ListDashboards', ({ input, world, region }) => ({
    output: {
      DashboardEntries: all(world, DASHBOARD, region)
        .filter(({ name }) => name.startsWith(input.DashboardNamePrefix ?? ''))
        .map(({ name, fields }) => ({
          DashboardName: name,
          DashboardArn: dashboardArn(name),
          LastModified: fields['LastModified'],
          Size: String(fields['DashboardBody']).length,
        })),
    },
  })),
  defineOperation<Named>('DeleteDashboards', ({ input, world, region }) => {
    const missing = input.DashboardNames.filter((name) => !find(world, DASHBOARD, region, name))
    if (missing.length > 0)
      return refuse('ResourceNotFound', `The specified dashboard does not exist. [${missing.join(', ')}]`)
    return {
      output: {},
      emit: input.DashboardNames.map((name) => ({ to: `${DASHBOARD}/${region}/${name}`, type: 'Deleted' })),
    }
  }),
  defineOperation<PutMetricStreamInput>('PutMetricStream', ({ input, world, region }) => {
    const { Tags, Name, ...fields } = input
    const found = find(world, STREAM, region, Name)
    const now = EPOCH + world.now
    return {
      output: { Arn: streamArn(region, Name) },
      emit: put(
        world,
        STREAM,
        region,
        Name,
        {
          ...fields,
          State: found?.fields['State'] ?? 'running',
          CreationDate: found?.fields['CreationDate'] ?? now,
          LastUpdateDate: now,
          IncludeLinkedAccountsMetrics: fields.IncludeLinkedAccountsMetrics ?? false,
        },
        Tags as readonly Tag[] | undefined,
      ),
    }
  }),
  defineOperation<Named>('GetMetricStream', ({ input, world, region }) => {
    const found = find(world, STREAM, region, input.Name)
    if (!found) return refuse('ResourceNotFoundException', `Metric stream ${input.Name} does not exist`)
    return { output: { Arn: streamArn(region, found.name), Name: found.name, ...found.fields } }
  }),
  defineOperation<Named>('ListMetricStreams', ({ world, region }) => ({
    output: {
      Entries: all(world, STREAM, region).map(({ name, fields }) => ({
        Arn: streamArn(region, name),
        Name: name,
        ...fields,
      })),
    },
  })),
  defineOperation<Named>('DeleteMetricStream', ({ input, world, region }) => {
    const found = find(world, STREAM, region, input.Name)
    return { output: {}, emit: found ? [{ to: found.id, type: 'Deleted' }] : [] }
  }),
  streamState('running'),
  streamState('stopped'),
  defineOperation<PutInsightRuleInput>('PutInsightRule', ({ input, world, region }) => ({
    output: {},
    emit: put(
      world,
      INSIGHT,
      region,
      input.RuleName,
      {
        Name: input.RuleName,
        State: input.RuleState ?? 'ENABLED',
        Schema: 'CloudWatchLogRule/1',
        Definition: input.RuleDefinition,
      },
      input.Tags as readonly Tag[] | undefined,
    ),
  })),
  defineOperation('DescribeInsightRules', ({ world, region }) => ({
    output: { InsightRules: all(world, INSIGHT, region).map(({ fields }) => fields) },
  })),
  defineOperation<Rules>('DeleteInsightRules', ({ input, world, region }) => ({
    output: { Failures: failures(world, region, input.RuleNames) },
    emit: input.RuleNames.flatMap((name) => find(world, INSIGHT, region, name) ?? []).map((rule) => ({
      to: rule.id,
      type: 'Deleted',
    })),
  })),
  ruleState('ENABLED'),
  ruleState('DISABLED'),
  defineOperation<PutAnomalyDetectorInput>('PutAnomalyDetector', ({ input, world, region }) => {
    const single = input.SingleMetricAnomalyDetector ?? input
    const { Namespace, MetricName, Dimensions = [], Stat } = single
    return {
      output: {},
      emit: put(world, DETECTOR, region, detectorName(input), {
        Namespace,
        MetricName,
        Dimensions,
        Stat,
        Configuration: { ExcludedTimeRanges: [], ...input.Configuration },
        StateValue: 'PENDING_TRAINING',
        SingleMetricAnomalyDetector: { AccountId: '123456789012', Namespace, MetricName, Dimensions, Stat },
      }),
    }
  }),
  defineOperation<Partial<PutAnomalyDetectorInput>>('DescribeAnomalyDetectors', ({ input, world, region }) => ({
    output: {
      AnomalyDetectors: all(world, DETECTOR, region)
        .map(({ fields }) => fields)
        .filter(
          (one) =>
            (input.Namespace === undefined || one['Namespace'] === input.Namespace) &&
            (input.MetricName === undefined || one['MetricName'] === input.MetricName),
        ),
    },
  })),
  defineOperation<Partial<PutAnomalyDetectorInput>>('DeleteAnomalyDetector', ({ input, world, region }) => {
    const found = find(world, DETECTOR, region, detectorName(input))
    if (!found) return refuse('ResourceNotFoundException', 'The specified anomaly detector does not exist')
    return { output: {}, emit: [{ to: found.id, type: 'Deleted' }] }
  }),
  defineOperation<Named>('TagResource', ({ input, world }) => {
    const one = tagged(world, input.ResourceARN)
    if (!one) return refuse('ResourceNotFoundException', 'The resource does not exist')
    const keys = input.Tags.map(({ Key }) => Key)
    const Tags = [...(one.Tags ?? []).filter(({ Key }) => !keys.includes(Key)), ...input.Tags]
    return { output: {}, emit: [{ to: one.id, type: one.kind === ALARM ? 'Configured' : 'Changed', data: { Tags } }] }
  }),
  defineOperation<Named>('UntagResource', ({ input, world }) => {
    const one = tagged(world, input.ResourceARN)
    if (!one) return refuse('ResourceNotFoundException', 'The resource does not exist')
    const Tags = (one.Tags ?? []).filter(({ Key }) => !input.TagKeys.includes(Key))
    return { output: {}, emit: [{ to: one.id, type: one.kind === ALARM ? 'Configured' : 'Changed', data: { Tags } }] }
  }),
  defineOperation<Named>('ListTagsForResource', ({ input, world }) => {
    const one = tagged(world, input.ResourceARN)
    if (!one) return refuse('ResourceNotFoundException', 'The resource does not exist')
    return { output: { Tags: one.Tags ?? [] } }
  }),
]

function tagged(world: World, arn: string): Alarm | Settings | undefined {
  const parts = parseArn(arn)
  const [, sort, name = ''] = /^(alarm|insight-rule|metric-stream)[:/](.+)$/.exec(parts?.resource ?? '') ?? []
  const kind = sort === 'alarm' ? ALARM : sort === 'insight-rule' ? INSIGHT : STREAM
  return world.get(`${kind}/${parts?.region ?? ''}/${name}`) as Alarm | Settings | undefined
}
