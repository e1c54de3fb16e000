import { describe, expect, it } from 'vitest'
import { Simulation } from '../../../kernel/index.ts'
import { shellDomain } from '../../../shell/index.ts'
import { awsDomain, callService, REGION, servicePrincipal } from '../core/index.ts'
import { parseBuildspec } from './buildspec.ts'
import type * as api from './types.generated.ts'
import './index.ts'

class Bench {
  readonly simulation = new Simulation({ domains: [shellDomain, awsDomain()], seed: 1 })

  call(operation: string, input: object, passing = 400_000) {
    const { world } = this.simulation
    const principal = servicePrincipal('test')
    const call = { world, service: 'codebuild', operation, input: input as never, principal, region: REGION }
    const answer = callService(call)
    if ('output' in answer) for (const emission of answer.emit ?? []) this.simulation.schedule(emission, [])
    this.simulation.advanceTo(world.now + passing)
    return answer as { output: Record<string, unknown>; error?: { code: string; message: string } }
  }

  project(buildspec: string, more: object = {}): void {
    const environment = {
      type: 'LINUX_CONTAINER',
      image: 'aws/codebuild/standard:7.0',
      computeType: 'BUILD_GENERAL1_SMALL',
    }
    const { error } = this.call('CreateProject', {
      name: 'demo',
      source: { type: 'NO_SOURCE', buildspec },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment,
      serviceRole: 'role',
      buildBatchConfig: { serviceRole: 'role' },
      ...more,
    })
    expect(error).toBeUndefined()
  }

  batch(id: string): api.BuildBatch {
    return (this.call('BatchGetBuildBatches', { ids: [id] }, 0).output['buildBatches'] as api.BuildBatch[])[0] ?? {}
  }

  start(): string {
    return ((this.call('StartBuildBatch', { projectName: 'demo' }).output['buildBatch'] as api.BuildBatch).id ??
      '') as string
  }
}

const GRAPH = (second: string) => `version: 0.2
batch:
  build-graph:
    - identifier: one
      env: { variables: { SAY: 'true' } }
    - identifier: two
      env: { variables: { SAY: '${second}' } }
      depend-on: [one]
    - identifier: three
      depend-on: [two]
phases:
  build:
    commands:
      - \${SAY:-true}
`

describe('a batch of builds', () => {
  it('runs its builds in the order of their graph', () => {
    const bench = new Bench()
    bench.project(GRAPH('true'))
    const batch = bench.batch(bench.start())
    expect(batch.buildBatchStatus).toBe('SUCCEEDED')
    expect(batch.phases?.map(({ phaseType }) => phaseType)).toEqual([
      'SUBMITTED',
      'DOWNLOAD_BATCHSPEC',
      'IN_PROGRESS',
      'COMBINE_ARTIFACTS',
      'SUCCEEDED',
    ])
    expect(batch.buildGroups?.map(({ identifier }) => identifier)).toEqual(['DOWNLOAD_SOURCE', 'one', 'two', 'three'])
    const begun = batch.buildGroups?.map((group) => group.currentBuildSummary?.requestedOn ?? 0) ?? []
    expect([...begun].sort((a, b) => a - b)).toEqual(begun)
    expect(new Set(begun).size).toBe(4)
  })

  it('does not do what depends on a failed build, and retries only what failed when asked to', () => {
    const bench = new Bench()
    bench.project(GRAPH('false'))
    const id = bench.start()
    const batch = bench.batch(id)
    expect(batch.buildBatchStatus).toBe('FAILED')
    expect(batch.buildGroups?.[3]?.currentBuildSummary).toBeUndefined()
    bench.call('RetryBuildBatch', { id, retryType: 'RETRY_FAILED_BUILDS' })
    const again = bench.batch(id)
    expect(again.buildBatchStatus).toBe('FAILED')
    expect(again.buildGroups?.map(({ priorBuildSummaryList }) => priorBuildSummaryList?.length ?? 0)).toEqual([
      0, 0, 1, 0,
    ])
    expect(bench.call('DeleteBuildBatch', { id }).output['statusCode']).toBe('BATCH_DELETED')
    expect(bench.call('ListBuilds', {}).output['ids']).toEqual([])
  })

  it('needs a role of its own', () => {
    const bench = new Bench()
    bench.project(GRAPH('true'), { buildBatchConfig: undefined })
    expect(bench.call('StartBuildBatch', { projectName: 'demo' }).error?.code).toBe('InvalidInputException')
  })

  it('makes every combination of a matrix', () => {
    const read = parseBuildspec(`version: 0.2
batch:
  build-matrix:
    dynamic:
      buildspec: [a.yml, b.yml]
      env: { variables: { V: ['1', '2', '3'] } }
phases: { build: { commands: [ls] } }`)
    expect('spec' in read && read.spec.batch?.tasks.length).toBe(6)
  })

  it('cannot wait for itself', () => {
    const read = parseBuildspec(`version: 0.2
batch: { build-graph: [{ identifier: a, depend-on: [b] }, { identifier: b, depend-on: [a] }] }
phases: { build: { commands: [ls] } }`)
    expect('error' in read && read.error).toContain('cycle')
  })
})

describe('a webhook', () => {
  it('is of a project whose source has them', () => {
    const bench = new Bench()
    bench.project('version: 0.2\nphases: { build: { commands: [ls] } }')
    expect(bench.call('CreateWebhook', { projectName: 'demo' }).error?.code).toBe('InvalidInputException')
    bench.call('UpdateProject', { name: 'demo', source: { type: 'GITHUB', location: 'https://github.com/a/b.git' } })
    const filterGroups = [[{ type: 'EVENT', pattern: 'PUSH' }]]
    const { webhook } = bench.call('CreateWebhook', { projectName: 'demo', filterGroups }).output as {
      webhook: api.Webhook
    }
    expect(webhook.url).toContain('https://api.github.com/repos/a/b/hooks/')
    const rotated = bench.call('UpdateWebhook', { projectName: 'demo', rotateSecret: true }).output as {
      webhook: api.Webhook
    }
    expect(rotated.webhook.lastModifiedSecret).toBeGreaterThan(webhook.lastModifiedSecret ?? 0)
    expect(bench.call('DeleteWebhook', { projectName: 'demo' }).error).toBeUndefined()
    expect(bench.call('DeleteWebhook', { projectName: 'demo' }).error?.code).toBe('ResourceNotFoundException')
  })
})
