import { describe, expect, it } from 'vitest'
import { defineKind, defineLifecycle, type Json, Simulation } from '../../../kernel/index.ts'
import { awsDomain, callService, defineService, type Message, REGION, servicePrincipal } from '../core/index.ts'
import type { Rule } from './records.ts'
import { targetInput } from './targetInput.ts'
import './index.ts'

const inboxKind = defineKind({
  kind: 'toy.Inbox',
  lifecycle: defineLifecycle({
    id: 'toy.Inbox',
    initial: 'Open',
    states: { Open: { description: 'It is open.', on: { Got: { description: 'Something came.' } } } },
  }),
  apply: { Got: (inbox, event) => ({ got: [...((inbox as never as { got: Json[] }).got ?? []), event.data as Json] }) },
})

defineService({
  name: 'toy',
  api: { fullName: 'Toy', protocol: 'json', operations: {}, shapes: {}, paginators: {}, waiters: {} },
  operations: [],
  kinds: [inboxKind],
  announces: {
    'toy.Inbox': {
      Opened: () => ({
        source: 'aws.toy',
        detailType: 'Toy Opened',
        resources: ['arn:aws:toy:us-east-1:123456789012:inbox'],
        detail: { size: 3 },
      }),
    },
  },
  receives: (arn: string, message: Message) =>
    arn.endsWith('nobody')
      ? { error: { code: 'NoSuchThing', message: 'nobody there' } }
      : { emit: [{ to: 'toy.Inbox/a', type: 'Got', data: message.body }] },
})

class Bench {
  readonly simulation = new Simulation({ domains: [awsDomain()], seed: 1 })
  call(operation: string, input: object) {
    const answer = callService({
      world: this.simulation.world,
      service: 'events',
      operation,
      input: input as never,
      principal: servicePrincipal('test'),
      region: REGION,
    })
    if ('output' in answer) for (const emission of answer.emit ?? []) this.simulation.schedule(emission, [])
    this.simulation.advanceTo(this.simulation.world.now + 1000)
    return answer as { output: Record<string, never>; error?: { code: string; message: string } }
  }
  open(): void {
    this.simulation.schedule({ to: 'toy.Inbox/a', kind: 'toy.Inbox', type: 'Opened' }, [])
    this.simulation.advanceTo(this.simulation.world.now + 2000)
  }
  got(): readonly Json[] {
    return (this.simulation.world.get('toy.Inbox/a') as unknown as { got?: Json[] }).got ?? []
  }
  rule(name: string): Rule {
    return this.simulation.world.get(`aws.events.Rule/${REGION}/default/${name}`) as Rule
  }
}

const ARN = 'arn:aws:toy:us-east-1:123456789012:inbox'

describe('an event bus', () => {
  it('sends what a service announces to the targets of the rules that it fits', () => {
    const bench = new Bench()
    bench.call('PutRule', {
      Name: 'big',
      EventPattern: '{"source":["aws.toy"],"detail":{"size":[{"numeric":[">",2]}]}}',
    })
    bench.call('PutRule', { Name: 'huge', EventPattern: '{"detail":{"size":[{"numeric":[">",9]}]}}' })
    for (const Rule of ['big', 'huge']) bench.call('PutTargets', { Rule, Targets: [{ Id: '1', Arn: ARN }] })
    bench.open()
    expect(bench.got()).toHaveLength(1)
    expect(bench.got()[0]).toMatchObject({ 'detail-type': 'Toy Opened', detail: { size: 3 }, version: '0' })
    expect([bench.rule('big').fired, bench.rule('huge').fired]).toEqual([1, 0])
  })

  it('fires schedules in virtual time, and not while disabled', () => {
    const bench = new Bench()
    bench.open()
    bench.call('PutRule', { Name: 'often', ScheduleExpression: 'rate(5 minutes)' })
    bench.call('PutRule', { Name: 'nightly', ScheduleExpression: 'cron(30 0 * * ? *)' })
    for (const Rule of ['often', 'nightly']) bench.call('PutTargets', { Rule, Targets: [{ Id: '1', Arn: ARN }] })
    bench.simulation.advanceTo(31 * 60_000)
    expect([bench.rule('often').fired, bench.rule('nightly').fired]).toEqual([6, 1])
    expect(bench.got()).toHaveLength(7)
    bench.call('DisableRule', { Name: 'often' })
    bench.simulation.advanceTo(60 * 60_000)
    expect(bench.rule('often').fired).toBe(6)
    expect(bench.call('DescribeRule', { Name: 'nightly' }).output).toMatchObject({ State: 'ENABLED' })
  })

  it('takes events of others, and says when a target fails', () => {
    const bench = new Bench()
    bench.open()
    bench.call('PutRule', { Name: 'mine', EventPattern: '{"source":["shop"]}' })
    bench.call('PutTargets', {
      Rule: 'mine',
      Targets: [
        { Id: '1', Arn: ARN, InputPath: '$.detail' },
        { Id: '2', Arn: `${ARN}/nobody` },
      ],
    })
    const put = bench.call('PutEvents', {
      Entries: [
        { Source: 'shop', DetailType: 'sold', Detail: '{"item":"hat"}' },
        { Source: 'aws.ec2', DetailType: 'x', Detail: '{}' },
        { Source: 'shop', DetailType: 'x', Detail: 'no' },
      ],
    })
    expect(put.output).toMatchObject({
      FailedEntryCount: 2,
      Entries: [{}, { ErrorCode: 'NotAuthorizedForSourceException' }, { ErrorCode: 'MalformedDetail' }],
    })
    expect(bench.got()).toEqual([{ item: 'hat' }])
    expect(bench.rule('mine').problem).toBe('NoSuchThing: nobody there')
  })

  it('is refused in the words of EventBridge', () => {
    const bench = new Bench()
    const error = (operation: string, input: object) => bench.call(operation, input).error?.message
    expect(error('PutRule', { Name: 'x' })).toBe('Parameter(s) EventPattern or ScheduleExpression must be specified.')
    expect(error('PutRule', { Name: 'x', ScheduleExpression: 'rate(1 minutes)' })).toBe(
      'Parameter ScheduleExpression is not valid.',
    )
    expect(error('PutRule', { Name: 'x', EventPattern: '{"source":"a"}' })).toBe(
      'Event pattern is not valid. Reason: "source" must be an object or an array',
    )
    expect(error('EnableRule', { Name: 'x' })).toBe('Rule x does not exist on EventBus default.')
  })

  it('puts parts of an event into a text', () => {
    const event = {
      version: '0',
      id: '1',
      'detail-type': 'T',
      source: 's',
      account: 'a',
      time: 't',
      region: 'r',
      resources: ['one'],
      detail: { state: 'up', n: 3 },
    }
    const target = {
      Id: '1',
      Arn: ARN,
      InputTransformer: {
        InputPathsMap: { s: '$.detail.state', n: '$.detail.n', r: '$.resources[0]' },
        InputTemplate: '{"text": "it is <s>", "count": <n>, "what": <r>}',
      },
    }
    expect(targetInput(target, event, { name: 'x' } as Rule)).toEqual({ text: 'it is up', count: 3, what: 'one' })
  })
})
