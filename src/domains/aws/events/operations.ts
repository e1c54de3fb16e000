import { type Emission, EPOCH, type JsonObject, type World } from '../../../kernel/index.ts'
import {
  ACCOUNT,
  type ApiCall,
  acceptsPattern,
  defineOperation,
  type Operation,
  pageOf,
  parseArn,
  refuse,
  uuid,
} from '../core/index.ts'
import { readPattern } from './eventPattern.ts'
import {
  BUS,
  type Bus,
  type BusEnvelope,
  busArn,
  busId,
  busName,
  findRule,
  RULE,
  type Rule,
  ruleArn,
  ruleId,
  rulesOf,
} from './records.ts'
import { eventsSchedule } from './schedule.rule.ts'
import type * as api from './types.generated.ts'

const noRule = (name: string, bus: string) =>
  refuse('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`)
const noBus = (name: string) => refuse('ResourceNotFoundException', `Event bus ${name} does not exist.`)
const invalid = (reason: string) =>
  refuse('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`)

/** Brings the default bus into being when nothing was on it yet; undefined when a named one is not there. */
function bus(world: World, region: string, name: string): readonly Emission[] | undefined {
  if (world.get(busId(region, name))) return []
  if (name !== 'default') return undefined
  return [
    {
      to: busId(region, name),
      kind: BUS,
      type: 'Created',
      data: { region, name, received: 0, created: world.now, tags: [] },
    },
  ]
}

function putRule({ input, world, region }: ApiCall<api.PutRuleRequest>): ReturnType<Operation['run']> {
  const name = busName(input.EventBusName)
  const made = bus(world, region, name)
  if (!made) return noBus(name)
  if (input.EventPattern === undefined && input.ScheduleExpression === undefined)
    return refuse('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.')
  if (input.ScheduleExpression !== undefined && !eventsSchedule.decide({ expression: input.ScheduleExpression }).valid)
    return refuse('ValidationException', 'Parameter ScheduleExpression is not valid.')
  if (input.ScheduleExpression !== undefined && name !== 'default')
    return refuse('ValidationException', 'ScheduleExpression is supported only on the default event bus.')
  const read = input.EventPattern === undefined ? undefined : readPattern(input.EventPattern)
  if (read && 'reason' in read) return invalid(read.reason)
  const known = findRule(world, region, name, input.Name)
  const settings = {
    schedule: input.ScheduleExpression,
    pattern: read?.pattern,
    patternText: input.EventPattern,
    description: input.Description,
    roleArn: input.RoleArn,
  }
  const to = ruleId(region, name, input.Name)
  const type = input.State === 'DISABLED' ? 'Disabled' : settings.schedule === undefined ? 'Enabled' : 'Scheduled'
  const born = {
    owner: busId(region, name),
    region,
    bus: name,
    name: input.Name,
    ...settings,
    targets: [],
    tags: input.Tags ?? [],
    fired: 0,
  }
  return {
    output: { RuleArn: ruleArn({ region, bus: name, name: input.Name }) },
    emit: [
      ...made,
      ...(known ? [] : [{ to, kind: RULE, type: 'Created', data: born }]),
      ...(known || type !== 'Enabled' ? [{ to, type, data: settings }] : []),
    ],
  }
}

/** An operation on a rule that must be there. */
function onRule<In extends { readonly EventBusName?: string | undefined }>(
  name: string,
  of: (input: In) => string,
  run: (call: ApiCall<In>, rule: Rule) => ReturnType<Operation['run']>,
): Operation {
  return defineOperation<In>(
    name,
    (call) => {
      const on = busName(call.input.EventBusName)
      const rule = findRule(call.world, call.region, on, of(call.input))
      return rule ? run(call, rule) : noRule(of(call.input), on)
    },
    ({ input, region }) => ({ resource: ruleArn({ region, bus: busName(input.EventBusName), name: of(input) }) }),
  )
}

function shownRule(rule: Rule) {
  return {
    Name: rule.name,
    Arn: ruleArn(rule),
    EventPattern: rule.patternText,
    State: rule.state === 'SCHEDULED' ? 'ENABLED' : rule.state,
    Description: rule.description,
    ScheduleExpression: rule.schedule,
    RoleArn: rule.roleArn,
    EventBusName: rule.bus,
  }
}

function tagsOf(world: World, arn: string): { readonly to: string; readonly tags: readonly api.Tag[] } | undefined {
  const { region = '', resource = '' } = parseArn(arn) ?? {}
  const [sort, ...names] = resource.split('/')
  const to =
    sort === 'event-bus'
      ? busId(region, names.join('/'))
      : ruleId(region, names.length > 1 ? (names[0] ?? '') : 'default', names.at(-1) ?? '')
  const entity = world.get(to) as Rule | Bus | undefined
  return entity && { to, tags: entity.tags }
}

const noSuch = (arn: string) => refuse('ResourceNotFoundException', `Resource ${arn} does not exist.`)

/** The operations of EventBridge that the lab has. */
export const operations: readonly Operation[] = [
  defineOperation<api.PutRuleRequest>('PutRule', putRule, ({ input, region }) => ({
    resource: ruleArn({ region, bus: busName(input.EventBusName), name: input.Name }),
  })),
  onRule<api.DescribeRuleRequest>(
    'DescribeRule',
    ({ Name }) => Name,
    ({ account }, rule) => ({ output: { ...shownRule(rule), CreatedBy: account } }),
  ),
  defineOperation<api.DeleteRuleRequest>('DeleteRule', ({ input, world, region }) => {
    const rule = findRule(world, region, busName(input.EventBusName), input.Name)
    if (!rule) return { output: {} }
    if (rule.targets.length > 0) return refuse('ValidationException', "Rule can't be deleted since it has targets.")
    return { output: {}, emit: [{ to: rule.id, type: 'Deleted' }] }
  }),
  onRule<api.EnableRuleRequest>(
    'EnableRule',
    ({ Name }) => Name,
    (_call, rule) => ({
      output: {},
      emit:
        rule.state === 'DISABLED' ? [{ to: rule.id, type: rule.schedule === undefined ? 'Enabled' : 'Scheduled' }] : [],
    }),
  ),
  onRule<api.DisableRuleRequest>(
    'DisableRule',
    ({ Name }) => Name,
    (_call, rule) => ({ output: {}, emit: [{ to: rule.id, type: 'Disabled' }] }),
  ),
  defineOperation<api.ListRulesRequest>('ListRules', ({ input, world, region }) => {
    const name = busName(input.EventBusName)
    if (name !== 'default' && !world.get(busId(region, name))) return noBus(name)
    const rules = rulesOf(world, region, name).filter((rule) => rule.name.startsWith(input.NamePrefix ?? ''))
    const { items, nextToken } = pageOf(rules, input.NextToken, input.Limit ?? 100)
    return { output: { Rules: items.map(shownRule), NextToken: nextToken } }
  }),
  onRule<api.PutTargetsRequest>(
    'PutTargets',
    ({ Rule }) => Rule,
    ({ input }, rule) => {
      const bad = input.Targets.filter(({ Arn }) => !parseArn(Arn))
      if (bad[0])
        return refuse(
          'ValidationException',
          `Parameter ${bad[0].Arn} is not valid. Reason: Provided Arn is not in correct format.`,
        )
      const ids = new Set(input.Targets.map(({ Id }) => Id))
      const targets = [...rule.targets.filter(({ Id }) => !ids.has(Id)), ...input.Targets]
      if (targets.length > 5)
        return refuse('LimitExceededException', 'The requested resource exceeds the maximum number allowed.')
      return {
        output: { FailedEntryCount: 0, FailedEntries: [] },
        emit: [{ to: rule.id, type: 'Changed', data: { targets } }],
      }
    },
  ),
  onRule<api.RemoveTargetsRequest>(
    'RemoveTargets',
    ({ Rule }) => Rule,
    ({ input }, rule) => {
      const targets = rule.targets.filter(({ Id }) => !input.Ids.includes(Id))
      return {
        output: { FailedEntryCount: 0, FailedEntries: [] },
        emit: [{ to: rule.id, type: 'Changed', data: { targets } }],
      }
    },
  ),
  onRule<api.ListTargetsByRuleRequest>(
    'ListTargetsByRule',
    ({ Rule }) => Rule,
    ({ input }, rule) => {
      const { items, nextToken } = pageOf(rule.targets, input.NextToken, input.Limit ?? 100)
      return { output: { Targets: items, NextToken: nextToken } }
    },
  ),
  defineOperation<api.ListRuleNamesByTargetRequest>('ListRuleNamesByTarget', ({ input, world, region }) => {
    const found = rulesOf(world, region, busName(input.EventBusName)).filter(({ targets }) =>
      targets.some(({ Arn }) => Arn === input.TargetArn),
    )
    const { items, nextToken } = pageOf(found, input.NextToken, input.Limit ?? 100)
    return { output: { RuleNames: items.map(({ name }) => name), NextToken: nextToken } }
  }),
  defineOperation<api.PutEventsRequest>('PutEvents', ({ input, world, region }) => {
    const emit: Emission[] = []
    const entries = input.Entries.map((entry, i) => {
      const name = busName(entry.EventBusName)
      const made = bus(world, region, name)
      const problem = entryProblem(entry)
      if (problem) return problem
      if (!made) return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `Event bus ${name} does not exist.` }
      const id = uuid(world, 'put', i)
      const event: BusEnvelope = {
        version: '0',
        id,
        'detail-type': entry.DetailType ?? '',
        source: entry.Source ?? '',
        account: ACCOUNT,
        time: new Date(entry.Time ?? EPOCH + Math.floor(world.now / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
        region,
        resources: entry.Resources ?? [],
        detail: JSON.parse(entry.Detail ?? '{}') as JsonObject,
      }
      if (!emit.some(({ kind }) => kind === BUS)) emit.push(...made)
      emit.push({ to: busId(region, name), type: 'Received', data: { event } })
      return { EventId: id }
    })
    return { output: { FailedEntryCount: entries.filter((one) => 'ErrorCode' in one).length, Entries: entries }, emit }
  }),
  defineOperation<api.TestEventPatternRequest>('TestEventPattern', ({ input }) => {
    const read = readPattern(input.EventPattern)
    if ('reason' in read) return invalid(read.reason)
    try {
      const event = JSON.parse(input.Event) as JsonObject
      const missing = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'].find(
        (key) => key !== 'resources' && event[key] === undefined,
      )
      if (missing !== undefined)
        return refuse('ValidationException', `Parameter Event is not valid. Reason: Missing required field ${missing}.`)
      return { output: { Result: acceptsPattern(read.pattern, event) } }
    } catch {
      return refuse('ValidationException', 'Parameter Event is not valid. Reason: Invalid JSON.')
    }
  }),
  defineOperation<api.CreateEventBusRequest>('CreateEventBus', ({ input, world, region }) => {
    if (input.Name === 'default' || world.get(busId(region, input.Name)))
      return refuse('ResourceAlreadyExistsException', `Event bus ${input.Name} already exists.`)
    const data = {
      region,
      name: input.Name,
      description: input.Description,
      received: 0,
      created: world.now,
      tags: input.Tags ?? [],
    }
    return {
      output: { EventBusArn: busArn(region, input.Name), Description: input.Description },
      emit: [{ to: busId(region, input.Name), kind: BUS, type: 'Created', data }],
    }
  }),
  defineOperation<api.DeleteEventBusRequest>('DeleteEventBus', ({ input, world, region }) => {
    if (input.Name === 'default') return refuse('ValidationException', 'Cannot delete event bus default.')
    const known = world.get(busId(region, input.Name))
    if (known && rulesOf(world, region, input.Name).length > 0)
      return refuse('ValidationException', 'Cannot delete event bus, it has rules.')
    return { output: {}, emit: known ? [{ to: known.id, type: 'Deleted' }] : [] }
  }),
  defineOperation<api.DescribeEventBusRequest>('DescribeEventBus', ({ input, world, region }) => {
    const name = busName(input.Name)
    const known = world.get(busId(region, name)) as Bus | undefined
    if (!known && name !== 'default') return noBus(name)
    return { output: { Name: name, Arn: busArn(region, name), Description: known?.description, Policy: known?.policy } }
  }),
  defineOperation<api.ListEventBusesRequest>('ListEventBuses', ({ input, world, region }) => {
    const all = [...world.all(BUS)].map((entity) => entity as Bus).filter((one) => one.region === region)
    const names = [...new Set(['default', ...all.map(({ name }) => name)])].sort()
    const shown = names.filter((name) => name.startsWith(input.NamePrefix ?? ''))
    const { items, nextToken } = pageOf(shown, input.NextToken, input.Limit ?? 100)
    return {
      output: { EventBuses: items.map((Name) => ({ Name, Arn: busArn(region, Name) })), NextToken: nextToken },
    }
  }),
  defineOperation<api.TagResourceRequest>('TagResource', ({ input, world }) => {
    const found = tagsOf(world, input.ResourceARN)
    if (!found) return noSuch(input.ResourceARN)
    const keys = new Set(input.Tags.map(({ Key }) => Key))
    const tags = [...found.tags.filter(({ Key }) => !keys.has(Key)), ...input.Tags]
    return { output: {}, emit: [{ to: found.to, type: 'Changed', data: { tags } }] }
  }),
  defineOperation<api.UntagResourceRequest>('UntagResource', ({ input, world }) => {
    const found = tagsOf(world, input.ResourceARN)
    if (!found) return noSuch(input.ResourceARN)
    const tags = found.tags.filter(({ Key }) => !input.TagKeys.includes(Key))
    return { output: {}, emit: [{ to: found.to, type: 'Changed', data: { tags } }] }
  }),
  defineOperation<api.ListTagsForResourceRequest>('ListTagsForResource', ({ input, world }) => {
    const found = tagsOf(world, input.ResourceARN)
    return found ? { output: { Tags: found.tags } } : noSuch(input.ResourceARN)
  }),
]

function entryProblem(entry: api.PutEventsRequestEntry) {
  const wrong = (ErrorMessage: string, ErrorCode = 'InvalidArgument') => ({ ErrorCode, ErrorMessage })
  if (!entry.Source) return wrong('Parameter Source is not valid. Reason: Source is a required argument.')
  if (entry.Source.startsWith('aws.')) return wrong('Not authorized for the source.', 'NotAuthorizedForSourceException')
  if (!entry.DetailType) return wrong('Parameter DetailType is not valid. Reason: DetailType is a required argument.')
  if (entry.Detail === undefined) return wrong('Parameter Detail is not valid. Reason: Detail is a required argument.')
  try {
    const detail: unknown = JSON.parse(entry.Detail)
    return typeof detail === 'object' && detail !== null ? undefined : wrong('Detail is malformed.', 'MalformedDetail')
  } catch {
    return wrong('Detail is malformed.', 'MalformedDetail')
  }
}
