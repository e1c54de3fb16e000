import { describe, expect, test } from 'vitest'
import { type JsonObject, Simulation } from '../../../kernel/index.ts'
import {
  type Asked,
  awsDomain,
  callService,
  defineService,
  type Principal,
  REGION,
  type ResourceCall,
  resolveReference,
  rolePrincipal,
  servicePrincipal,
} from '../core/index.ts'
import { ssm } from './index.ts'

const DAY = 86_400_000
const RESERVED = /can't be prefixed with "aws" or "ssm" \(case-insensitive\)/

/** What the stand-in for IAM was asked, and what it denies. */
const asked: Asked[] = []
const denied = new Set<string>()
defineService({
  name: 'judge',
  api: { fullName: 'Judge', protocol: 'json', operations: {}, shapes: {}, paginators: {}, waiters: {} },
  operations: [],
  authorize: (_principal, access) => {
    asked.push(access)
    return denied.has(`${access.action} ${access.resource}`) ? { message: `not ${access.action}` } : undefined
  },
})

function lab() {
  asked.length = 0
  denied.clear()
  const simulation = new Simulation({ domains: [awsDomain()], seed: 3 })
  const { world } = simulation
  const call = (operation: string, input: object, principal: Principal = servicePrincipal('test')) => {
    const answer = callService({
      world,
      service: 'ssm',
      operation,
      input: input as JsonObject,
      principal,
      region: REGION,
    })
    if ('error' in answer) return `${answer.error.code}: ${answer.error.message}`
    for (const one of answer.emit ?? []) simulation.schedule(one, [])
    simulation.advanceTo(simulation.now)
    return answer.output as { readonly [member: string]: unknown }
  }
  const put = (Name: string, Value: string, more: object = {}) =>
    call('PutParameter', { Name, Value, Type: 'String', ...more })
  const value = (Name: string, more: object = {}) => {
    const answer = call('GetParameter', { Name, ...more })
    return typeof answer === 'string' ? answer : (answer['Parameter'] as { readonly Value: string }).Value
  }
  const names = (operation: string, input: object) => {
    const answer = call(operation, input)
    if (typeof answer === 'string') return answer
    return (answer['Parameters'] as readonly { readonly Name: string }[]).map(({ Name }) => Name)
  }
  return { simulation, world, call, put, value, names }
}

describe('a parameter', () => {
  test('keeps every version that is put, and is not overwritten by accident', () => {
    const { put, value, call, simulation } = lab()
    expect(put('/db/host', 'one')).toEqual({ Version: 1, Tier: 'Standard' })
    expect(put('/db/host', 'two')).toBe(
      'ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
    simulation.advanceTo(5000)
    expect(call('PutParameter', { Name: '/db/host', Value: 'two', Overwrite: true })).toMatchObject({ Version: 2 })
    expect(call('GetParameter', { Name: '/db/host' })).toEqual({
      Parameter: {
        Name: '/db/host',
        Type: 'String',
        Value: 'two',
        Version: 2,
        LastModifiedDate: Date.UTC(2026, 0, 1, 0, 0, 5),
        ARN: 'arn:aws:ssm:us-east-1:123456789012:parameter/db/host',
        DataType: 'text',
      },
    })
    expect(value('/db/host:1')).toBe('one')
    expect(value('arn:aws:ssm:us-east-1:123456789012:parameter/db/host:1')).toBe('one')
    expect(value('/db/host:3')).toBe(
      'ParameterVersionNotFound: Systems Manager could not find version 3 of /db/host. Verify the version and try again.',
    )
    expect(value('/db/none')).toBe('ParameterNotFound: ')
    expect(call('GetParameterHistory', { Name: '/db/host' })).toMatchObject({
      Parameters: [
        {
          Version: 1,
          Value: 'one',
          LastModifiedUser: 'arn:aws:iam::123456789012:root',
          Tier: 'Standard',
          Policies: [],
        },
        { Version: 2, Value: 'two', Labels: [] },
      ],
    })
  })

  test('keeps a hundred versions, and does not lose one with a label', () => {
    const { put, call, value } = lab()
    for (let i = 1; i <= 101; i++) put('n', `${i}`, { Overwrite: true })
    expect(value('n:1')).toMatch(/^ParameterVersionNotFound/)
    expect(value('n:2')).toBe('2')
    call('LabelParameterVersion', { Name: 'n', ParameterVersion: 2, Labels: ['keep'] })
    expect(put('n', '102', { Overwrite: true })).toBe(
      "ParameterMaxVersionLimitExceeded: You attempted to create a new version of n by calling the PutParameter API with the overwrite flag. Version 2, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.",
    )
    call('LabelParameterVersion', { Name: 'n', ParameterVersion: 50, Labels: ['keep'] })
    expect(put('n', '102', { Overwrite: true })).toMatchObject({ Version: 102 })
    expect(value('n:keep')).toBe('50')
  })

  test('has names of a certain form', () => {
    const { put } = lab()
    expect(put('aws-thing', 'x')).toMatch(RESERVED)
    expect(put('/SSM-thing', 'x')).toMatch(RESERVED)
    expect(put('/aws/x', 'x')).toBe('AccessDeniedException: No access to reserved parameter name: aws/x.')
    expect(put('/ssm/x', 'x')).toMatch(/^ValidationException: Parameter name: can't be prefixed with "ssm" \(case/)
    expect(put('a/b', 'x')).toBe('ValidationException: Parameter name must be a fully qualified name.')
    expect(put('/a b', 'x')).toMatch(/^ValidationException: .*sub-paths/)
    expect(put(`/${Array.from({ length: 16 }, () => 'a').join('/')}`, 'x')).toMatch(
      /^HierarchyLevelLimitExceededException: A hierarchy can have a maximum of 15 levels\./,
    )
    expect(put(`/${Array.from({ length: 15 }, () => 'a').join('/')}`, 'x')).toMatchObject({ Version: 1 })
    expect(put(' /trimmed ', 'x')).toMatchObject({ Version: 1 })
  })

  test('refuses values and requests that do not fit', () => {
    const { put, call } = lab()
    expect(call('PutParameter', { Name: 'p', Value: 'x' })).toBe(
      'ValidationException: A parameter type is required when you create a parameter.',
    )
    expect(put('p', 'x', { AllowedPattern: '\\d+' })).toBe(
      'ParameterPatternMismatchException: Parameter value, cannot validate against allowedPattern: \\d+',
    )
    expect(put('p', 'x', { AllowedPattern: '(' })).toMatch(/^InvalidAllowedPatternException/)
    expect(put('p', '{{ssm:q}}')).toMatch(/nest another parameter/)
    expect(put('p', 'x', { DataType: 'Text' })).toMatch(/The following data type is not supported: Text/)
    expect(put('p', 'x', { KeyId: 'alias/mine' })).toMatch(/KeyId is required for SecureString/)
    expect(put('p', '1', { AllowedPattern: '\\d+', Tags: [{ Key: 'a', Value: 'b' }] })).toMatchObject({ Version: 1 })
    expect(put('p', 'two', { Overwrite: true })).toMatch(/^ParameterPatternMismatchException/)
    expect(put('p', '2', { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] })).toMatch(/tags and overwrite can't/)
  })

  test('becomes advanced when it must, for good', () => {
    const { put, world } = lab()
    const big = 'x'.repeat(4097)
    expect(put('p', big)).toMatch(/^ValidationException: Standard tier parameters support .* 4096 characters/)
    expect(put('p', 'small', { Tier: 'Intelligent-Tiering' })).toEqual({ Version: 1, Tier: 'Standard' })
    expect(put('p', big, { Tier: 'Intelligent-Tiering', Overwrite: true })).toEqual({ Version: 2, Tier: 'Advanced' })
    expect(put('p', 'small', { Overwrite: true })).toEqual({ Version: 3, Tier: 'Advanced' })
    expect(put('p', 'small', { Tier: 'Standard', Overwrite: true })).toMatch(/You can't downgrade a parameter/)
    expect(world.get('aws.ssm.Parameter/us-east-1/p')?.state).toBe('Advanced')
    expect([...world.journal].at(-1)).toMatchObject({ rule: 'ssm.parameterTier', inputs: { current: 'Advanced' } })
  })
})

describe('a SecureString', () => {
  test('is read in clear only when that is asked for', () => {
    const { put, value, call } = lab()
    put('/db/password', 's3cr3t', { Type: 'SecureString' })
    const encrypted = value('/db/password')
    expect(encrypted).toMatch(/^AQICAH[A-Za-z0-9+/]{200,}=*$/)
    expect(encrypted.length % 4).toBe(0)
    expect(value('/db/password')).toBe(encrypted)
    expect(value('/db/password', { WithDecryption: true })).toBe('s3cr3t')
    call('PutParameter', { Name: '/db/password', Value: 's3cr3t', Overwrite: true })
    expect(value('/db/password')).not.toBe(encrypted)
    expect(call('DescribeParameters', {})).toMatchObject({ Parameters: [{ KeyId: 'alias/aws/ssm', Version: 2 }] })
  })

  test("asks for the account's own key to be used", () => {
    const { put, call } = lab()
    put('/db/password', 's3cr3t', { Type: 'SecureString', KeyId: '1234abcd' })
    const user = rolePrincipal('arn:aws:iam::123456789012:role/reader', 'me')
    const key = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd'
    const get = (WithDecryption: boolean) => call('GetParameter', { Name: '/db/password', WithDecryption }, user)
    denied.add(`kms:Decrypt ${key}`)
    expect(get(true)).toBe('AccessDeniedException: not kms:Decrypt')
    expect(asked.at(-1)?.context).toMatchObject({ 'kms:ViaService': 'ssm.us-east-1.amazonaws.com' })
    expect(get(false)).toMatchObject({ Parameter: { Type: 'SecureString' } })
  })
})

describe('labels, tags and listings', () => {
  test('a label is on one version, and moves', () => {
    const { put, call, value } = lab()
    put('p', 'one')
    put('p', 'two', { Overwrite: true })
    expect(
      call('LabelParameterVersion', { Name: 'p', ParameterVersion: 1, Labels: ['prod', '9lives', 'awsome'] }),
    ).toEqual({ InvalidLabels: ['9lives', 'awsome'], ParameterVersion: 1 })
    expect(call('GetParameter', { Name: 'p:prod' })).toMatchObject({ Parameter: { Value: 'one', Selector: ':prod' } })
    call('LabelParameterVersion', { Name: 'p', Labels: ['prod'] })
    expect(value('p:prod')).toBe('two')
    const many = Array.from({ length: 10 }, (_, i) => `l${i}`)
    expect(call('LabelParameterVersion', { Name: 'p', Labels: many })).toMatch(/^ParameterVersionLabelLimitExceeded/)
    expect(call('LabelParameterVersion', { Name: 'p', ParameterVersion: 7, Labels: ['x'] })).toMatch(/version 7 of p/)
    expect(call('UnlabelParameterVersion', { Name: 'p', ParameterVersion: 2, Labels: ['prod', 'x'] })).toEqual({
      RemovedLabels: ['prod'],
      InvalidLabels: ['x'],
    })
    expect(value('p:prod')).toMatch(/^ParameterVersionNotFound/)
  })

  test('paths are listed level by level or whole, and filtered', () => {
    const { put, names, call } = lab()
    put('/app/a', '1')
    put('/app/b', '2', { Type: 'StringList' })
    put('/app/deep/c', '3', { Tags: [{ Key: 'env', Value: 'prod' }] })
    put('/apple', '4')
    expect(names('GetParametersByPath', { Path: '/app' })).toEqual(['/app/a', '/app/b'])
    expect(names('GetParametersByPath', { Path: '/app/', Recursive: true })).toEqual([
      '/app/a',
      '/app/b',
      '/app/deep/c',
    ])
    expect(names('GetParametersByPath', { Path: 'app' })).toMatch(/must begin with a forward slash/)
    const by = (Key: string, Values: string[], Option?: string) =>
      names('DescribeParameters', { ParameterFilters: [{ Key, Values, ...(Option ? { Option } : {}) }] })
    expect(by('Type', ['StringList'])).toEqual(['/app/b'])
    expect(by('Path', ['/app'], 'Recursive')).toHaveLength(3)
    expect(by('Name', ['/app'], 'BeginsWith')).toHaveLength(4)
    expect(by('tag:env', ['prod'])).toEqual(['/app/deep/c'])
    expect(by('Label', ['x'])).toMatch(/^InvalidFilterKey: The following filter key is not valid: Label\./)
    expect(by('Type', ['Number'])).toMatch(/^InvalidFilterOption: The following filter value is not valid: Number/)
    const page = call('DescribeParameters', { MaxResults: 3 })
    expect(page).toMatchObject({ NextToken: '3' })
    expect(names('DescribeParameters', { MaxResults: 3, NextToken: '3' })).toEqual(['/apple'])
    expect(call('GetParameters', { Names: ['/apple', '/app/a', '/none'] })).toMatchObject({
      Parameters: [{ Name: '/app/a' }, { Name: '/apple' }],
      InvalidParameters: ['/none'],
    })
    expect(call('DeleteParameters', { Names: ['/app/a', '/none'] })).toEqual({
      DeletedParameters: ['/app/a'],
      InvalidParameters: ['/none'],
    })
    expect(call('DeleteParameter', { Name: '/app/a' })).toBe('ParameterNotFound: ')
  })

  test('tags are added, listed and taken away', () => {
    const { put, call } = lab()
    put('p', 'x', { Tags: [{ Key: 'a', Value: '1' }] })
    const on = { ResourceType: 'Parameter', ResourceId: 'p' }
    call('AddTagsToResource', { ...on, Tags: [{ Key: 'b', Value: '2' }] })
    call('RemoveTagsFromResource', { ...on, TagKeys: ['a'] })
    expect(call('ListTagsForResource', on)).toEqual({ TagList: [{ Key: 'b', Value: '2' }] })
    expect(call('ListTagsForResource', { ...on, ResourceId: 'q' })).toMatch(/^InvalidResourceId/)
  })
})

describe('policies', () => {
  const policy = (Type: string, Attributes: object) => ({ Type, Version: '1.0', Attributes })
  const texts = [
    policy('Expiration', { Timestamp: '2026-01-31T00:00:00.000Z' }),
    policy('ExpirationNotification', { Before: '5', Unit: 'Days' }),
    policy('NoChangeNotification', { After: '10', Unit: 'Days' }),
  ]

  test('tell of what is near, and delete what has expired', () => {
    const { put, value, simulation, world } = lab()
    expect(put('p', 'x', { Policies: JSON.stringify(texts) })).toMatch(/^ValidationException: Parameter policies/)
    put('p', 'x', { Policies: JSON.stringify(texts), Tier: 'Intelligent-Tiering' })
    const told = () =>
      [...world.journal].filter(({ type }) => type === 'PolicyApplied').map(({ at }) => Math.round(at / DAY))
    simulation.advanceTo(9 * DAY)
    expect(told()).toEqual([])
    simulation.advanceTo(29 * DAY)
    expect(told()).toEqual([10, 25])
    expect(value('p')).toBe('x')
    simulation.advanceTo(30 * DAY)
    expect(told()).toEqual([10, 25, 30])
    expect(value('p')).toBe('ParameterNotFound: ')
  })

  test('are refused when they make no sense', () => {
    const { put } = lab()
    const refused = (...list: object[]) => put('p', 'x', { Tier: 'Advanced', Policies: JSON.stringify(list) })
    expect(refused(policy('Rotation', {}))).toMatch(/^InvalidPolicyTypeException/)
    expect(refused(policy('Expiration', { Timestamp: 'soon' }))).toMatch(/^InvalidPolicyAttributeException/)
    expect(refused(texts[0] as object, texts[0] as object)).toMatch(/^IncompatiblePolicyException/)
    expect(refused(...Array.from({ length: 11 }, () => texts[2] as object))).toMatch(/^PoliciesLimitExceededException/)
    expect(refused(texts[2] as object)).toMatchObject({ Tier: 'Advanced' })
  })

  test('start anew or stay when a new version comes, and go with an empty list', () => {
    const { put, call, simulation, world } = lab()
    put('p', 'x', { Policies: JSON.stringify([texts[2]]), Tier: 'Advanced' })
    simulation.advanceTo(8 * DAY)
    put('p', 'y', { Overwrite: true })
    simulation.advanceTo(17 * DAY)
    const told = () => [...world.journal].filter(({ type }) => type === 'PolicyApplied').length
    expect(told()).toBe(0)
    simulation.advanceTo(18 * DAY)
    expect(told()).toBe(1)
    put('p', 'z', { Overwrite: true, Policies: '[{}]' })
    expect(call('DescribeParameters', {})).toMatchObject({ Parameters: [{ Tier: 'Advanced', Policies: [] }] })
    simulation.advanceTo(90 * DAY)
    expect(told()).toBe(1)
  })
})

describe('what other services see', () => {
  const role = rolePrincipal('arn:aws:iam::123456789012:role/ecsTaskExecutionRole', 'task')
  const arn = 'arn:aws:ssm:us-east-1:123456789012:parameter/db/password'

  test('a secret of a container or a variable of a build is read in clear, as the role', () => {
    const { put, call, world } = lab()
    put('/db/password', 'one', { Type: 'SecureString' })
    put('/db/password', 'two', { Overwrite: true })
    call('LabelParameterVersion', { Name: '/db/password', ParameterVersion: 1, Labels: ['stable'] })
    const read = (reference: string) => resolveReference(reference, role, REGION, world)
    for (const reference of ['/db/password', arn]) {
      expect(read(reference)).toEqual({ value: 'two' })
      expect(read(`${reference}:1`)).toEqual({ value: 'one' })
      expect(read(`${reference}:stable`)).toEqual({ value: 'one' })
    }
    expect(read('/db/none')).toMatchObject({ error: { code: 'ParameterNotFound' } })
    expect(read('/db/password:7')).toMatchObject({ error: { code: 'ParameterNotFound' } })
    expect(resolveReference(arn.replace('us-east-1', 'eu-west-1'), role, REGION, world)).toHaveProperty('error')
    expect(asked[0]).toMatchObject({ action: 'ssm:GetParameters', resource: arn })
    denied.add(`ssm:GetParameters ${arn}`)
    expect(read('/db/password:1')).toEqual({
      error: { code: 'AccessDeniedException', message: 'not ssm:GetParameters' },
    })
  })

  test('a name without a slash is found by its ARN too', () => {
    const { put, world } = lab()
    put('plain', 'x')
    const plain = 'arn:aws:ssm:us-east-1:123456789012:parameter/plain'
    expect(resolveReference(plain, role, REGION, world)).toEqual({ value: 'x' })
    expect(resolveReference('plain', role, REGION, world)).toEqual({ value: 'x' })
  })

  test('CloudFormation makes, changes and removes parameters', () => {
    const { simulation, world, call } = lab()
    const type = ssm.resources?.[0]
    const resourceCall: ResourceCall = {
      world,
      region: REGION,
      principal: servicePrincipal('cloudformation'),
      stack: 'aws-shop',
      logicalId: 'Setting',
      generatedName: 'aws-shop-Setting-1A2B3C4D5E6F',
      tags: { stack: 'aws-shop' },
    }
    const happen = (answer: ReturnType<NonNullable<typeof type>['create']> | undefined) => {
      if (!answer || 'error' in answer) throw new Error(JSON.stringify(answer))
      for (const one of answer.emit) simulation.schedule(one, [])
      simulation.advanceTo(simulation.now)
      return answer.physicalId
    }
    const properties = { Type: 'String', Value: 'on', Tags: { env: 'prod' } }
    expect(type?.create({ ...properties, Type: 'SecureString' }, resourceCall)).toHaveProperty('error')
    const id = happen(type?.create(properties, resourceCall))
    expect(id).toBe('CFN-Setting-1A2B3C4D5E6F')
    expect(type?.state(id, world)).toBe('ready')
    happen(type?.update?.(id, { ...properties, Value: 'off', Tags: {} }, properties, resourceCall))
    expect(type?.attributes?.(id, world)).toEqual({ Type: 'String', Value: 'off' })
    expect(call('ListTagsForResource', { ResourceType: 'Parameter', ResourceId: id })).toEqual({
      TagList: [{ Key: 'stack', Value: 'aws-shop' }],
    })
    happen(type?.remove(id, properties, resourceCall))
    expect(type?.state(id, world)).toBe('gone')
  })

  test('the event bus is told of every change', () => {
    const { put, call, world } = lab()
    put('p', 'x', { Description: 'a switch' })
    put('p', 'y', { Overwrite: true })
    call('LabelParameterVersion', { Name: 'p', Labels: ['prod'] })
    call('DeleteParameter', { Name: 'p' })
    const told = [...world.journal].flatMap((event) => {
      const bus = ssm.announces?.['aws.ssm.Parameter']?.[event.type]?.(event, world)
      return bus ? [bus] : []
    })
    // Only what is gone is told of here: the others are asked for when they happen, while the parameter is there.
    expect(told).toEqual([
      {
        source: 'aws.ssm',
        detailType: 'Parameter Store Change',
        resources: ['arn:aws:ssm:us-east-1:123456789012:parameter/p'],
        detail: { operation: 'Delete', name: 'p', type: 'String', description: 'a switch' },
      },
    ])
    put('q', 'x')
    const [created] = [...world.journal].filter(({ to, type }) => to.endsWith('/q') && type === 'Created')
    expect(created && ssm.announces?.['aws.ssm.Parameter']?.['Created']?.(created, world)?.detail).toEqual({
      operation: 'Create',
      name: 'q',
      type: 'String',
    })
  })
})
