import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../kernel/index.ts'
import { shellDomain } from '../../../shell/index.ts'
import { awsDomain, callService, REGION, servicePrincipal } from '../core/index.ts'
import { BUILD, type Build } from './build.ts'
import { parseBuildspec } from './buildspec.ts'
import { logOf } from './log.ts'
import './index.ts'

class Bench {
  readonly simulation = new Simulation({ domains: [shellDomain, awsDomain()], seed: 1 })

  call(operation: string, input: object) {
    const { world } = this.simulation
    const principal = servicePrincipal('test')
    const answer = callService({
      world,
      service: 'codebuild',
      operation,
      input: input as never,
      principal,
      region: REGION,
    })
    if ('output' in answer) for (const emission of answer.emit ?? []) this.simulation.schedule(emission, [])
    this.simulation.advanceTo(world.now + 120_000)
    return answer as { output: Record<string, unknown>; error?: { code: string; message: string } }
  }

  /** Runs a build of an inline buildspec to its end. */
  build(buildspec: string, more: object = {}): Build {
    const created = this.call('CreateProject', {
      name: 'demo',
      source: { type: 'NO_SOURCE', buildspec },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        type: 'LINUX_CONTAINER',
        image: 'aws/codebuild/standard:7.0',
        computeType: 'BUILD_GENERAL1_SMALL',
      },
      serviceRole: 'role',
      ...more,
    })
    expect(created.error).toBeUndefined()
    this.call('StartBuild', { projectName: 'demo' })
    return [...this.simulation.world.all(BUILD)][0] as Build
  }

  log(build: Build): string {
    return logOf(build, this.simulation.world)
      .map(({ text }) => text.replace(/^\[Container\] \S+ \S+ /, '> '))
      .join('\n')
  }
}

describe('a build', () => {
  it('runs its commands in one shell, phase after phase', () => {
    const bench = new Bench()
    const build = bench.build(`version: 0.2
env:
  variables: { GREETING: hello }
  exported-variables: [TAG]
phases:
  pre_build:
    commands:
      - mkdir -p out && cd out
      - export TAG=v1
  build:
    commands:
      - echo "$GREETING $TAG" > greeting.txt
      - pwd
      - cat greeting.txt
artifacts:
  files: ['out/*.txt']
`)
    expect(build.state).toBe('SUCCEEDED')
    expect(build.exported).toEqual({ TAG: 'v1' })
    expect(build.artifacts?.[0]?.files).toEqual({ 'out/greeting.txt': 'hello v1\n' })
    const log = bench.log(build)
    expect(log).toContain('> Running command cat greeting.txt\nhello v1\n> Phase complete: BUILD State: SUCCEEDED')
    expect(log).toContain('> Entering phase PRE_BUILD')
    expect(build.phases.map(({ phase }) => phase)).toContain('UPLOAD_ARTIFACTS')
  })

  it('stops at the first command that fails, runs finally and post_build, and says why', () => {
    const bench = new Bench()
    const build = bench.build(`version: 0.2
phases:
  build:
    commands:
      - sh -c 'exit 3'
      - echo never
    finally:
      - echo at last
  post_build:
    commands:
      - echo "succeeding $CODEBUILD_BUILD_SUCCEEDING"
`)
    expect(build.state).toBe('FAILED')
    const log = bench.log(build)
    expect(log).toContain("> Command did not exit successfully sh -c 'exit 3' exit status 3")
    expect(log).toContain('at last')
    expect(log).not.toContain('never')
    expect(log).toContain('succeeding 0')
    const failed = build.phases.find(({ phase }) => phase === 'BUILD')
    expect(failed?.context).toEqual({
      statusCode: 'COMMAND_EXECUTION_ERROR',
      message: "Error while executing command: sh -c 'exit 3'. Reason: exit status 3",
    })
  })

  it('ends at once when an early phase fails, and when it takes too long', () => {
    const early = new Bench().build(
      'version: 0.2\nphases:\n  install:\n    commands: ["false"]\n  build:\n    commands: [ls]\n',
    )
    expect(early.phases.map(({ phase }) => phase)).not.toContain('BUILD')
    const bench = new Bench()
    const long = bench.build('version: 0.2\nphases:\n  build:\n    commands: ["sleep 3600"]\n', { timeoutInMinutes: 5 })
    expect(long.state).toBe('BUILD')
    bench.simulation.advanceTo(bench.simulation.world.now + 600_000)
    expect(bench.simulation.world.get(long.id)?.state).toBe('TIMED_OUT')
  })
})

describe('a buildspec', () => {
  it('is refused in the words of CodeBuild', () => {
    const error = (text: string) => (parseBuildspec(text) as { error?: string }).error
    expect(error('version: 0.2\nphases:\n  build:\n    commands:\n      - echo Hello: world\n')).toMatch(
      /^Expected Commands\[0\] to be of string type: found subkeys instead at line 5/,
    )
    expect(error('version: 0.2\nphases:\n  prebuild:\n    commands: [ls]\n')).toBe(
      'Invalid buildspec phase name: prebuild. Expecting: install,pre_build,build,post_build',
    )
    expect(error('phases: {}')).toContain('version is required')
    expect(error('version: 0.2\nphases:\n  build:\n  commands: [\n')).toContain('Error parsing YAML file')
  })
})
