import { beforeAll, describe, expect, it } from 'vitest'
import { type Domain, Simulation } from '../../../../kernel/index.ts'
import { installProgram, outputText, shellDomain, transcript } from '../../../../shell/index.ts'
import { refuse } from '../apiError.ts'
import { defineOperation } from '../operation.ts'
import { defineService } from '../service.ts'
import type { ServiceApi } from '../serviceApi.ts'
import { awsProgram } from './awsProgram.ts'

const api: ServiceApi = {
  fullName: 'Clockmaker',
  protocol: 'json',
  operations: {
    DescribeClocks: { in: 'DescribeIn', out: 'DescribeOut' },
    CreateClock: { in: 'CreateIn', out: 'CreateOut' },
    StopClock: { in: 'StopIn' },
  },
  shapes: {
    DescribeIn: { is: 'structure', members: { nextToken: 'Text', limit: 'Count' } },
    DescribeOut: { is: 'structure', members: { clocks: 'Clocks', nextToken: 'Text' } },
    CreateIn: {
      is: 'structure',
      members: {
        clockName: 'Name',
        wheels: 'Wheels',
        loud: 'Flag',
        kind: 'Sort',
        tags: 'Tags',
        since: 'When',
        teeth: 'Count',
      },
      required: ['clockName'],
    },
    CreateOut: { is: 'structure', members: { clock: 'Clock' } },
    StopIn: { is: 'structure', members: { clockName: 'Name' }, required: ['clockName'] },
    Clock: {
      is: 'structure',
      members: { name: 'Text', weight: 'Weight', made: 'When', wheels: 'Wheels', tags: 'Tags' },
    },
    Clocks: { is: 'list', of: 'Clock' },
    Wheels: { is: 'list', of: 'Wheel' },
    Wheel: { is: 'structure', members: { size: 'Count', names: 'Names' } },
    Names: { is: 'list', of: 'Text' },
    Tags: { is: 'map', key: 'Text', of: 'Text' },
    Text: { is: 'string' },
    Name: { is: 'string', min: 2, max: 8, pattern: '[a-z]+' },
    Sort: { is: 'string', enum: ['TOWER', 'WRIST'] },
    Count: { is: 'integer' },
    Weight: { is: 'double' },
    Flag: { is: 'boolean' },
    When: { is: 'timestamp' },
  },
  paginators: { DescribeClocks: { input: 'nextToken', output: 'nextToken', limit: 'limit', results: 'clocks' } },
  waiters: {
    ClockReady: {
      operation: 'DescribeClocks',
      delay: 10,
      attempts: 3,
      acceptors: [
        { matcher: 'pathAny', argument: 'clocks[].name', expected: 'four', state: 'success' },
        { matcher: 'pathAny', argument: 'clocks[].name', expected: 'broken', state: 'failure' },
      ],
    },
  },
}

const CLOCKS = ['one', 'two', 'three'].map((name, i) => ({
  name,
  weight: i + 1,
  made: Date.UTC(2026, 0, 1) + i,
  secret: 1,
}))

beforeAll(() => {
  defineService({
    name: 'clockmaker',
    cli: 'clocks',
    api,
    operations: [
      defineOperation<{ nextToken?: string }>('DescribeClocks', ({ input }) => {
        const at = Number(input.nextToken ?? 0)
        const output = {
          nextToken: at === 0 ? '2' : undefined,
          clocks: at === 0 ? CLOCKS.slice(0, 2) : CLOCKS.slice(2),
        }
        return { output }
      }),
      defineOperation<{
        clockName: string
        loud?: boolean
        tags?: object
        since?: number
        teeth?: number
        wheels?: object[]
      }>('CreateClock', ({ input }) =>
        input.clockName === 'bad'
          ? refuse('ClockException', 'It does not tick.')
          : {
              output: {
                clock: { name: JSON.stringify(input), wheels: input.wheels, tags: input.tags, made: input.since },
              },
            },
      ),
      defineOperation('StopClock', () => ({ output: {} })),
    ],
    commands: [
      {
        name: 'wind',
        summary: 'winds',
        flags: [{ name: 'turns', value: 'N', says: 'how often', required: true }],
        run: (ask) => ({ exit: 0, stdout: `${ask.text('turns')} ${ask.principal.arn} ${ask.region}\n` }),
      },
    ],
  })
  installProgram(awsProgram)
})

function session() {
  const simulation = new Simulation({ domains: [shellDomain as Domain], seed: 1 })
  let read = 0
  return (line: string, ms = 0) => {
    simulation.command(line)
    simulation.advanceTo(simulation.world.now + ms)
    const entries = transcript(simulation.journal, 'shell.Session/main', read)
    read = simulation.journal.length
    return outputText(entries)
  }
}

describe('aws', () => {
  it('prints JSON in the order of the model, pages merged', () => {
    const out = session()('aws clocks describe-clocks')
    expect(JSON.parse(out).clocks).toHaveLength(3)
    expect(out).toContain('"weight": 1.0,\n            "made": "2026-01-01T00:00:00+00:00"')
    expect(out).not.toContain('secret')
    expect(out).not.toContain('nextToken')
  })

  it('cuts pages with a token of its own and goes on from there', () => {
    const run = session()
    const first = JSON.parse(run('aws clocks describe-clocks --max-items 1'))
    expect(first).toMatchObject({ clocks: [{ name: 'one' }], NextToken: expect.any(String) })
    const second = JSON.parse(run(`aws clocks describe-clocks --max-items 1 --starting-token ${first.NextToken}`))
    expect(second.clocks.map((clock: { name: string }) => clock.name)).toEqual(['two'])
    expect(JSON.parse(run(`aws clocks describe-clocks --starting-token ${second.NextToken}`)).clocks).toHaveLength(1)
    expect(JSON.parse(run('aws clocks describe-clocks --no-paginate'))).toMatchObject({ nextToken: '2' })
  })

  it('writes text, tables and YAML, and queries', () => {
    const run = session()
    expect(run('aws clocks describe-clocks --query clocks[].name --output text')).toBe('one\ttwo\tthree\n')
    expect(run("aws clocks describe-clocks --query 'clocks[?name==`two`].[name,weight]' --output text")).toBe(
      'two\t2.0\n',
    )
    expect(run('aws clocks describe-clocks --output text --max-items 1')).toMatch(
      /^CLOCKS\t2026-01-01T00:00:00\+00:00\tone\t1\.0\nNEXTTOKEN\teyJ/,
    )
    expect(run("aws clocks describe-clocks --output table --query 'clocks[].{Name:name,Weight:weight}'")).toBe(
      [
        '---------------------',
        '|  DescribeClocks   |',
        '+--------+----------+',
        '|  Name  | Weight   |',
        '+--------+----------+',
        '|  one   |  1.0     |',
        '|  two   |  2.0     |',
        '|  three |  3.0     |',
        '+--------+----------+',
        '',
      ].join('\n'),
    )
    expect(run("aws clocks describe-clocks --output yaml --query 'clocks[:1]'")).toBe(
      "- name: one\n  weight: 1.0\n  made: '2026-01-01T00:00:00+00:00'\n",
    )
    expect(run("aws clocks describe-clocks --query 'clocks['")).toContain('Bad value for --query clocks[')
  })

  it('reads shorthand, JSON, switches, files and moments', () => {
    const run = session()
    const input = (line: string) =>
      JSON.parse(JSON.parse(run(`aws clocks create-clock --clock-name abc ${line}`)).clock.name)
    expect(input('--wheels size=3,names=a,b size=4,names=[c] --no-loud --tags k=v,l=w --teeth=-3')).toEqual({
      clockName: 'abc',
      wheels: [
        { size: 3, names: ['a', 'b'] },
        { size: 4, names: ['c'] },
      ],
      loud: false,
      tags: { k: 'v', l: 'w' },
      teeth: -3,
    })
    run('echo \'{"clockName":"xyz","loud":true}\' > in.json')
    expect(input('--cli-input-json file://in.json --since 2026-01-02')).toEqual({
      clockName: 'abc',
      loud: true,
      since: Date.UTC(2026, 0, 2),
    })
    run("printf 'clockName: xyz\\nteeth: 3\\n' > in.yaml")
    expect(input('--cli-input-yaml file://in.yaml')).toEqual({ clockName: 'abc', teeth: 3 })
  })

  it('says what is wrong as the real tool does', () => {
    const run = session()
    expect(run('aws clocks create-clock')).toBe(
      '\naws: [ERROR]: An error occurred (ParamValidation): the following arguments are required: --clock-name\n\nusage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\nTo see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n\n',
    )
    expect(run('echo $?')).toBe('252\n')
    expect(run('aws clocks create-clocks --x')).toContain(
      "argument operation: Found invalid choice 'create-clocks'\n\nMaybe you meant:\n\n  * create-clock",
    )
    expect(run('aws clocks create-clock --clock-name abc --foo 1')).toContain('Unknown options: --foo, 1')
    expect(run('aws clocks create-clock --clock-name a')).toContain(
      'Parameter validation failed:\nInvalid length for parameter clockName, value: a, valid min length: 2',
    )
    expect(run(`aws clocks create-clock --cli-input-json '{"teeth":"x","y":1}'`)).toContain(
      'Missing required parameter in input: "clockName"\nUnknown parameter in input: "y", must be one of: clockName, wheels, loud, kind, tags, since, teeth\nInvalid type for parameter teeth, value: x, type: <class \'str\'>, valid types: <class \'int\'>',
    )
    expect(run('aws clocks create-clock --clock-name ABC --kind BIG')).toBe(
      "\naws: [ERROR]: An error occurred (ValidationException) when calling the CreateClock operation: 2 validation errors detected: Value 'ABC' at 'clockName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]+; Value 'BIG' at 'kind' failed to satisfy constraint: Member must satisfy enum value set: [TOWER, WRIST]\n",
    )
    expect(run('echo $?')).toBe('254\n')
    expect(run('aws clocks create-clock --clock-name abc --wheels size')).toContain(
      "Error parsing parameter '--wheels': Expected: '=', received: 'EOF' for input:\nsize\n    ^",
    )
    expect(run(`aws clocks create-clock --clock-name abc --tags '{"a":}'`)).toContain(
      'Invalid JSON: Expecting value: line 1 column 6 (char 5)\nJSON received: {"a":}',
    )
    expect(run('aws clocks create-clock --clock-name file://none')).toContain(
      "Unable to load paramfile file://none: [Errno 2] No such file or directory: 'none'",
    )
    expect(run('aws clocks create-clock --clock-name bad')).toBe(
      '\naws: [ERROR]: An error occurred (ClockException) when calling the CreateClock operation: It does not tick.\n',
    )
    expect(run('aws clocks create-clock --clock-name abc --profile none')).toContain(
      'The config profile (none) could not be found',
    )
  })

  it('prints nothing for an operation without output', () => {
    expect(session()('aws clocks stop-clock --clock-name abc')).toBe('')
  })

  it('waits in virtual time', () => {
    const run = session()
    expect(run('aws clocks wait clock-ready; echo $?', 19_000)).toBe('')
    expect(run('', 2_000)).toBe('\naws: [ERROR]: Waiter ClockReady failed: Max attempts exceeded\n255\n')
  })

  it('makes skeletons and help from the shapes', () => {
    const run = session()
    expect(JSON.parse(run('aws clocks create-clock --generate-cli-skeleton'))).toEqual({
      clockName: '',
      wheels: [{ size: 0, names: [''] }],
      loud: true,
      kind: 'TOWER',
      tags: { KeyName: '' },
      since: '1970-01-01T00:00:00',
      teeth: 0,
    })
    expect(run('aws clocks create-clock help')).toContain('--clock-name (string) [required]')
    expect(run('aws help')).toContain('o clocks')
    expect(run('aws clocks wind --turns 3 --region eu-west-1')).toBe(
      '3 arn:aws:iam::123456789012:user/learner eu-west-1\n',
    )
  })

  it('configures', () => {
    const run = session()
    run('aws configure set region eu-west-1; aws configure set region us-west-2 --profile testing')
    run('aws configure set profile.two.output text')
    expect(run('cat ~/.aws/config')).toBe(
      '[default]\nregion = eu-west-1\n[profile testing]\nregion = us-west-2\n[profile two]\noutput = text\n',
    )
    expect(run('aws configure get region --profile testing')).toBe('us-west-2\n')
    expect(run('aws configure list-profiles')).toBe('default\ntesting\ntwo\n')
    expect(run('aws clocks wind --turns 1')).toContain('eu-west-1')
    expect(run('AWS_PROFILE=testing aws clocks wind --turns 1')).toContain('us-west-2')
    expect(run('aws configure --profile new')).toBe('AWS Access Key ID [None]: ')
    run('AKIA1')
    run('secret')
    run('eu-north-1')
    run('json')
    expect(run('cat ~/.aws/credentials; aws configure get profile.new.region')).toBe(
      '[new]\naws_access_key_id = AKIA1\naws_secret_access_key = secret\neu-north-1\n',
    )
  })
})
