import { describe, expect, it } from 'vitest'
import { type JsonObject, Simulation } from '../../../kernel/index.ts'
import {
  awsDomain,
  callService,
  defineOperation,
  defineService,
  REGION,
  recordKind,
  refuse,
  resourceOf,
  servicePrincipal,
} from '../core/index.ts'
import { parseTemplate } from './checkTemplate.ts'
import { findStack, resourceNamed, type Stack } from './records.ts'
import './index.ts'

/** A service with things that have a name, a size and a colour; red ones are refused. */
const toy = (input: JsonObject) => `toy.Thing/${String(input['Name'])}`
defineService({
  name: 'toy',
  api: {
    fullName: 'Toy',
    protocol: 'json',
    operations: { MakeThing: { in: 'Thing' }, ChangeThing: { in: 'Thing' }, DropThing: { in: 'Thing' } },
    shapes: {
      Thing: { is: 'structure', members: { Name: 'Text', Size: 'Number', Color: 'Text', Of: 'Text' } },
      Text: { is: 'string' },
      Number: { is: 'integer' },
    },
    paginators: {},
    waiters: {},
  },
  kinds: [recordKind({ kind: 'toy.Thing', noun: 'a thing' })],
  operations: [
    defineOperation<JsonObject>('MakeThing', ({ input, world }) =>
      input['Color'] === 'red'
        ? refuse('InvalidColor', 'no red')
        : world.get(toy(input))
          ? refuse('ThingAlreadyExists', 'there is one')
          : { output: {}, emit: [{ to: toy(input), kind: 'toy.Thing', type: 'Created', data: input }] },
    ),
    defineOperation<JsonObject>('ChangeThing', ({ input }) =>
      input['Color'] === 'red'
        ? refuse('InvalidColor', 'no red')
        : { output: {}, emit: [{ to: toy(input), type: 'Changed', data: input }] },
    ),
    defineOperation<JsonObject>('DropThing', ({ input }) => ({
      output: {},
      emit: [{ to: toy(input), type: 'Deleted' }],
    })),
  ],
  resources: [
    resourceOf({
      type: 'AWS::Toy::Thing',
      service: 'toy',
      name: 'Name',
      required: ['Color'],
      replaces: ['Of'],
      watches: ['toy.Thing'],
      create: { operation: 'MakeThing', id: (_output, input) => String(input['Name']) },
      update: { operation: 'ChangeThing', input: (id, properties) => ({ ...properties, Name: id }) },
      remove: { operation: 'DropThing', input: (Name) => ({ Name }) },
      entity: (id, world) => world.get(`toy.Thing/${id}`),
      attributes: (entity) => ({ Color: (entity as unknown as { Color: string }).Color }),
    }),
  ],
})

class Bench {
  readonly simulation = new Simulation({ domains: [awsDomain()], seed: 1 })
  call(operation: string, input: object, wait = 120_000) {
    const answer = callService({
      world: this.simulation.world,
      service: 'cloudformation',
      operation,
      input: input as never,
      principal: servicePrincipal('test'),
      region: REGION,
    })
    if ('output' in answer) for (const emission of answer.emit ?? []) this.simulation.schedule(emission, [])
    this.simulation.advanceTo(this.simulation.world.now + wait)
    return answer as { output: Record<string, never>; error?: { code: string; message: string } }
  }
  stack(name = 'demo'): Stack {
    return findStack(this.simulation.world, REGION, name) as Stack
  }
  thing(name: string) {
    return this.simulation.world.get(`toy.Thing/${name}`) as unknown as { Color: string; Size: number } | undefined
  }
  statuses(): readonly string[] {
    const { StackEvents } = this.call('DescribeStackEvents', { StackName: this.stack().stackId }, 0)
      .output as unknown as {
      StackEvents: { LogicalResourceId: string; ResourceStatus: string }[]
    }
    return StackEvents.map(
      ({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`,
    ).reverse()
  }
}

const template = (a: string, b: string, more = '') => `
Parameters:
  Shade: { Type: String, Default: blue, AllowedValues: [blue, green, red] }
Conditions:
  IsGreen: !Equals [!Ref Shade, green]
Resources:
  B:
    Type: AWS::Toy::Thing
    Properties: { Name: !Sub '\${AWS::StackName}-b', Color: !GetAtt A.Color, Of: !Ref A, ${b} }
  A:
    Type: AWS::Toy::Thing
    Properties: { Name: a, Color: !If [IsGreen, green, !Ref Shade], ${a} }
${more}Outputs:
  Name: { Value: !Join ['/', [!Ref A, !Ref B]], Export: { Name: !Sub '\${AWS::StackName}-name' } }
`

describe('a stack', () => {
  it('makes its resources in order, gives outputs, and goes as a whole', () => {
    const bench = new Bench()
    const made = bench.call('CreateStack', { StackName: 'demo', TemplateBody: template('Size: "3"', 'Size: 1') })
    expect(made.error).toBeUndefined()
    expect(bench.stack().state).toBe('CREATE_COMPLETE')
    expect(bench.thing('demo-b')).toMatchObject({ Color: 'blue', Size: 1 })
    expect(bench.thing('a')?.Size).toBe(3)
    expect(bench.stack().outputs).toEqual([{ OutputKey: 'Name', OutputValue: 'a/demo-b', ExportName: 'demo-name' }])
    const seen = bench.statuses()
    expect(seen.indexOf('A CREATE_COMPLETE')).toBeLessThan(seen.indexOf('B CREATE_IN_PROGRESS'))
    expect(seen.at(-1)).toBe('demo CREATE_COMPLETE')
    const id = bench.stack().stackId
    bench.call('DeleteStack', { StackName: 'demo' })
    expect([bench.thing('a'), bench.thing('demo-b')]).toEqual([undefined, undefined])
    expect(bench.call('DescribeStacks', { StackName: 'demo' }).error?.message).toBe('Stack with id demo does not exist')
    expect(bench.call('DescribeStacks', { StackName: id }).output).toMatchObject({
      Stacks: [{ StackStatus: 'DELETE_COMPLETE' }],
    })
  })

  it('is rolled back when a resource cannot be made', () => {
    const bench = new Bench()
    const body = template('Size: 1', 'Size: 1').replace('Color: !GetAtt A.Color', 'Color: red')
    bench.call('CreateStack', { StackName: 'demo', TemplateBody: body })
    expect(bench.stack()).toMatchObject({ state: 'ROLLBACK_COMPLETE' })
    expect(bench.thing('a')).toBeUndefined()
    const told = bench.stack().told.find(({ status }) => status === 'ROLLBACK_IN_PROGRESS')
    expect(told?.reason).toBe('The following resource(s) failed to create: [B]. Rollback requested by user.')
    const failed = resourceNamed(bench.simulation.world, bench.stack(), 'B')?.told.find(
      ({ status }) => status === 'CREATE_FAILED',
    )
    expect(failed?.reason).toMatch(
      /^Resource handler returned message: "no red" \(RequestToken: .*, HandlerErrorCode: InvalidRequest\)$/,
    )
    expect(bench.call('UpdateStack', { StackName: 'demo', TemplateBody: body }).error?.message).toMatch(
      /is in ROLLBACK_COMPLETE state and can not be updated/,
    )
  })

  it('changes, replaces and removes, and goes back when that fails', () => {
    const bench = new Bench()
    const extra = '  C:\n    Type: AWS::Toy::Thing\n    Properties: { Name: c, Color: pink }\n'
    bench.call('CreateStack', { StackName: 'demo', TemplateBody: template('Size: 1', 'Size: 1', extra) })
    const same = bench.call('UpdateStack', { StackName: 'demo', TemplateBody: template('Size: 1', 'Size: 1', extra) })
    expect(same.error?.message).toBe('No updates are to be performed.')
    bench.call('UpdateStack', { StackName: 'demo', TemplateBody: template('Size: 2', 'Size: 1') })
    expect(bench.stack().state).toBe('UPDATE_COMPLETE')
    expect([bench.thing('a')?.Size, bench.thing('c')]).toEqual([2, undefined])
    const red = template('Size: 5', 'Size: 1').replace('Color: !GetAtt A.Color', 'Color: red')
    bench.call('UpdateStack', { StackName: 'demo', TemplateBody: red })
    expect(bench.stack().state).toBe('UPDATE_ROLLBACK_COMPLETE')
    expect(bench.thing('a')?.Size).toBe(2)
    const renamed = template('Size: 2', 'Size: 1').replace('Name: a,', 'Name: other,')
    bench.call('UpdateStack', { StackName: 'demo', TemplateBody: renamed.replace("-b'", "-b2'") })
    expect(bench.stack().state).toBe('UPDATE_COMPLETE')
    expect([bench.thing('a'), bench.thing('demo-b'), bench.thing('other')?.Size]).toEqual([undefined, undefined, 2])
  })

  it('shows in a change set what would be done', () => {
    const bench = new Bench()
    const order = {
      StackName: 'demo',
      ChangeSetName: 'first',
      ChangeSetType: 'CREATE',
      TemplateBody: template('Size: 1', 'Size: 1'),
    }
    bench.call('CreateChangeSet', order, 1000)
    expect(bench.stack().state).toBe('REVIEW_IN_PROGRESS')
    bench.call('ExecuteChangeSet', { StackName: 'demo', ChangeSetName: 'first' }, 0)
    expect(bench.stack().state).toBe('REVIEW_IN_PROGRESS')
    bench.call('ExecuteChangeSet', { StackName: 'demo', ChangeSetName: 'none' }, 10_000)
    bench.call('ExecuteChangeSet', { StackName: 'demo', ChangeSetName: 'first' })
    expect(bench.stack().state).toBe('CREATE_COMPLETE')
    bench.call('CreateChangeSet', {
      ...order,
      ChangeSetName: 'second',
      ChangeSetType: 'UPDATE',
      Parameters: [{ ParameterKey: 'Shade', ParameterValue: 'green' }],
      TemplateBody: template('Size: 1', 'Size: 1').replace('Name: a,', 'Name: z,'),
    })
    const { output } = bench.call('DescribeChangeSet', { StackName: 'demo', ChangeSetName: 'second' })
    const changes = (output['Changes'] as unknown as { ResourceChange: JsonObject }[]).map(
      ({ ResourceChange: one }) =>
        `${String(one['Action'])} ${String(one['LogicalResourceId'])} ${String(one['Replacement'])}`,
    )
    expect(changes).toEqual(['Modify A True', 'Modify B True'])
    bench.call('SetStackPolicy', {
      StackName: 'demo',
      StackPolicyBody: '{"Statement":[{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"*"}]}',
    })
    expect(bench.call('ExecuteChangeSet', { StackName: 'demo', ChangeSetName: 'second' }).error?.message).toMatch(
      'Action denied by stack policy',
    )
    bench.call('CreateChangeSet', { ...order, ChangeSetName: 'empty', ChangeSetType: 'UPDATE' })
    expect(bench.call('DescribeChangeSet', { StackName: 'demo', ChangeSetName: 'empty' }).output).toMatchObject({
      Status: 'FAILED',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    })
  })

  it('is told why it cannot be made', () => {
    const bench = new Bench()
    const error = (TemplateBody: string, more: object = {}) =>
      bench.call('CreateStack', { StackName: 'x', TemplateBody, ...more }, 0).error
    expect(
      error(template('', 'Size: 1'), { Parameters: [{ ParameterKey: 'Shade', ParameterValue: 'grey' }] })?.message,
    ).toBe("Parameter 'Shade' must be one of AllowedValues")
    expect(error('Parameters: { P: { Type: String } }\nResources: { A: { Type: AWS::Toy::Thing } }')?.message).toBe(
      'Parameters: [P] must have values',
    )
    expect(error('Resources: { R: { Type: AWS::IAM::Role } }')).toEqual({
      code: 'InsufficientCapabilitiesException',
      message: 'Requires capabilities : [CAPABILITY_IAM]',
    })
    bench.call('CreateStack', { StackName: 'x', TemplateBody: 'Resources: { R: { Type: AWS::None::Such } }' })
    expect(resourceNamed(bench.simulation.world, bench.stack('x'), 'R')?.told.map(({ reason }) => reason)).toContain(
      'The lab does not have resources of type AWS::None::Such.',
    )
  })

  it('keeps what others import', () => {
    const bench = new Bench()
    bench.call('CreateStack', { StackName: 'demo', TemplateBody: template('Size: 1', 'Size: 1') })
    bench.call('CreateStack', {
      StackName: 'user',
      TemplateBody:
        'Resources: { U: { Type: AWS::Toy::Thing, Properties: { Name: u, Color: !ImportValue demo-name } } }',
    })
    expect(bench.thing('u')?.Color).toBe('a/demo-b')
    bench.call('DeleteStack', { StackName: 'demo' })
    expect(bench.stack()).toMatchObject({
      state: 'DELETE_FAILED',
      reason: 'Export demo-name cannot be deleted as it is in use by user',
    })
  })
})

describe('a template', () => {
  const error = (text: string) => {
    try {
      parseTemplate(text)
      return undefined
    } catch (problem) {
      return (problem as Error).message
    }
  }
  it('is refused in the words of CloudFormation', () => {
    const one = (text: string) => error(`Resources: { A: { Type: AWS::S3::Bucket, Properties: { X: ${text} } } }`)
    expect(error('Description: nothing')).toBe('Template format error: At least one Resources member must be defined.')
    expect(error('Resources: [')).toMatch(/^Template format error: YAML not well-formed. \(line 1, column \d+\)$/)
    expect(error('just text')).toBe('Template format error: unsupported structure.')
    expect(error('Foo: 1\nResources: { A: { Type: AWS::S3::Bucket } }')).toBe(
      'Invalid template property or properties [Foo]',
    )
    expect(one('!Ref B')).toBe(
      'Template format error: Unresolved resource dependencies [B] in the Resources block of the template',
    )
    expect(one('!GetAtt B')).toMatch(/^Template error: every Fn::GetAtt object requires two non-empty parameters/)
    expect(one('!Sub "${A.Arn}"')).toBe('Circular dependency between resources: [A]')
    expect(one('!FindInMap [M, a, b]')).toBe(
      "Template error: Mapping named 'M' is not present in the 'Mappings' section of template.",
    )
    expect(one('!Foo x')).toMatch(
      /^Template error: Encountered unsupported function: Fn::Foo Supported functions are: \[Fn::Base64/,
    )
    expect(error('Resources: { A: { Properties: {} } }')).toBe(
      'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
    )
    expect(
      error('Resources: { A: { Type: AWS::S3::Bucket, DependsOn: B }, B: { Type: AWS::S3::Bucket, DependsOn: A } }'),
    ).toBe('Circular dependency between resources: [A, B]')
  })
})
