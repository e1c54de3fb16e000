import { describe, expect, it } from 'vitest'
import { defineKind, defineLifecycle, type Entity, Simulation } from '../../../kernel/index.ts'
import { type ActionProvider, awsDomain, callService, defineService, REGION, servicePrincipal } from '../core/index.ts'
import { EXECUTION, type Execution, findPipeline, type Pipeline } from './pipeline.ts'
import './index.ts'

/** A provider whose jobs end as the test says. */
interface Job extends Entity {
  readonly action: string
}

const jobKind = defineKind<Job>({
  kind: 'toy.Job',
  lifecycle: defineLifecycle({
    id: 'toy.Job',
    initial: 'Running',
    states: {
      Running: {
        description: 'It runs.',
        on: { Done: { target: 'Well', description: 'Done.' }, Broke: { target: 'Ill', description: 'Broke.' } },
      },
      Well: { description: 'It is done.' },
      Ill: { description: 'It broke.' },
    },
  }),
})

function provider(category: ActionProvider['category'], name: string): ActionProvider {
  return {
    category,
    provider: name,
    inputs: [0, 5],
    outputs: [0, 5],
    required: [],
    watches: ['toy.Job'],
    start: (action) => {
      const external = `toy.Job/${action.by}`
      return { external, emit: [{ to: external, kind: 'toy.Job', type: 'Started', data: { action: action.name } }] }
    },
    state: (action, external, world) => {
      const { state } = world.get(external) as Job
      if (state === 'Running') return 'working'
      if (state === 'Ill') return { failed: { code: 'JobFailed', message: 'it broke' } }
      return { succeeded: { artifacts: action.outputs.map((one) => ({ name: one, files: { a: action.execution } })) } }
    },
  }
}

defineService({
  name: 'toy',
  api: { fullName: 'Toy', protocol: 'json', operations: {}, shapes: {}, paginators: {}, waiters: {} },
  operations: [],
  kinds: [jobKind],
  actions: [provider('Source', 'CodeCommit'), provider('Build', 'CodeBuild'), provider('Deploy', 'ECS')],
})

const action = (name: string, category: string, provider: string, inputs: string[], outputs: string[]) => ({
  name,
  actionTypeId: { category, owner: 'AWS', provider, version: '1' },
  inputArtifacts: inputs.map((one) => ({ name: one })),
  outputArtifacts: outputs.map((one) => ({ name: one })),
})

const DECLARATION = {
  name: 'shop',
  roleArn: 'role',
  artifactStore: { type: 'S3', location: 'bucket' },
  pipelineType: 'V2',
  stages: [
    { name: 'Source', actions: [action('Commit', 'Source', 'CodeCommit', [], ['src'])] },
    { name: 'Build', actions: [action('Compile', 'Build', 'CodeBuild', ['src'], ['app'])] },
    {
      name: 'Prod',
      actions: [
        action('Ask', 'Approval', 'Manual', [], []),
        { ...action('Ship', 'Deploy', 'ECS', ['app'], []), runOrder: 2 },
      ],
    },
  ],
}

class Bench {
  readonly simulation = new Simulation({ domains: [awsDomain()], seed: 1 })

  call(operation: string, input: object) {
    const answer = callService({
      world: this.simulation.world,
      service: 'codepipeline',
      operation,
      input: input as never,
      principal: servicePrincipal('test'),
      region: REGION,
    })
    if ('output' in answer) for (const emission of answer.emit ?? []) this.simulation.schedule(emission, [])
    this.run()
    return answer as { output: Record<string, never>; error?: { code: string; message: string } }
  }

  private run(): void {
    this.simulation.advanceTo(this.simulation.world.now + 5000)
  }

  pipeline(): Pipeline {
    return findPipeline(this.simulation.world, REGION, 'shop') as Pipeline
  }

  executions(): readonly Execution[] {
    return [...this.simulation.world.all(EXECUTION)] as unknown as readonly Execution[]
  }

  /** Ends the running job of an action. */
  end(name: string, type = 'Done'): void {
    const jobs = [...this.simulation.world.all('toy.Job')] as unknown as readonly Job[]
    const job = jobs.find((one) => one.action === name && one.state === 'Running')
    this.simulation.schedule({ to: job?.id ?? '', type }, [])
    this.run()
  }

  approve(status: string) {
    const { stageStates } = this.call('GetPipelineState', { name: 'shop' }).output as unknown as {
      stageStates: { actionStates: { latestExecution?: { token?: string } }[] }[]
    }
    const token = stageStates[2]?.actionStates[0]?.latestExecution?.token
    return this.call('PutApprovalResult', {
      pipelineName: 'shop',
      stageName: 'Prod',
      actionName: 'Ask',
      token,
      result: { status, summary: 'ok' },
    })
  }
}

describe('a pipeline', () => {
  it('starts with its creation, hands artifacts on, and waits for approval', () => {
    const bench = new Bench()
    bench.call('CreatePipeline', { pipeline: DECLARATION })
    bench.end('Commit')
    bench.end('Compile')
    expect(bench.executions()[0]).toMatchObject({ state: 'InProgress', stage: 'Prod' })
    expect(Object.keys(bench.executions()[0]?.artifacts ?? {})).toEqual(['src', 'app'])
    expect(bench.approve('Approved').error).toBeUndefined()
    bench.end('Ship')
    expect(bench.executions()[0]?.state).toBe('Succeeded')
    expect(bench.pipeline().track.executions).toEqual([])
  })

  it('fails, keeps what succeeded, and is retried', () => {
    const bench = new Bench()
    bench.call('CreatePipeline', { pipeline: DECLARATION })
    bench.end('Commit')
    bench.end('Compile', 'Broke')
    const [first] = bench.executions()
    expect(first?.state).toBe('Failed')
    const retried = bench.call('RetryStageExecution', {
      pipelineName: 'shop',
      stageName: 'Build',
      pipelineExecutionId: first?.executionId,
      retryMode: 'FAILED_ACTIONS',
    })
    expect(retried.error).toBeUndefined()
    bench.end('Compile')
    expect(bench.executions()[0]).toMatchObject({ state: 'InProgress', stage: 'Prod' })
  })

  it('lets the newest of those that wait supersede the others', () => {
    const bench = new Bench()
    bench.call('CreatePipeline', { pipeline: DECLARATION })
    bench.end('Commit')
    for (let i = 0; i < 2; i++) {
      bench.call('StartPipelineExecution', { name: 'shop' })
      bench.end('Commit')
    }
    expect(bench.executions().map(({ state }) => state)).toEqual(['InProgress', 'Superseded', 'InProgress'])
    expect(bench.pipeline().track.waiting['Build']).toHaveLength(1)
  })

  it('goes back by itself to what was good before, where that is declared', () => {
    const bench = new Bench()
    const [source, build, prod] = DECLARATION.stages
    const ship = { ...prod, actions: prod?.actions.slice(1), onFailure: { result: 'ROLLBACK' } }
    bench.call('CreatePipeline', { pipeline: { ...DECLARATION, stages: [source, build, ship] } })
    for (const name of ['Commit', 'Compile', 'Ship']) bench.end(name)
    bench.call('StartPipelineExecution', { name: 'shop' })
    bench.end('Commit')
    bench.end('Compile')
    bench.end('Ship', 'Broke')
    const last = bench.executions().at(-1)
    expect(last).toMatchObject({ trigger: { triggerType: 'AutomatedRollback' }, stage: 'Prod', state: 'InProgress' })
    expect(last?.artifacts['app']?.files).toEqual({ a: bench.executions()[0]?.executionId })
    bench.end('Ship')
    expect(bench.executions().map(({ state }) => state)).toEqual(['Succeeded', 'Failed', 'Succeeded'])
  })

  it('stops, closes its transitions and says what is wrong with a structure', () => {
    const bench = new Bench()
    bench.call('CreatePipeline', { pipeline: DECLARATION })
    bench.call('DisableStageTransition', {
      pipelineName: 'shop',
      stageName: 'Build',
      transitionType: 'Inbound',
      reason: 'no',
    })
    bench.end('Commit')
    expect(bench.executions()[0]?.waits).toBe(true)
    bench.call('EnableStageTransition', { pipelineName: 'shop', stageName: 'Build', transitionType: 'Inbound' })
    expect(bench.executions()[0]).toMatchObject({ waits: false, stage: 'Build' })
    const executionId = bench.executions()[0]?.executionId
    bench.call('StopPipelineExecution', { pipelineName: 'shop', pipelineExecutionId: executionId, abandon: true })
    expect(bench.executions()[0]?.state).toBe('Stopped')
    expect(bench.call('GetPipeline', { name: 'nope' }).error).toEqual({
      code: 'PipelineNotFoundException',
      message: "Account '123456789012' does not have a pipeline with name 'nope'",
    })
    const lonely = bench.call('CreatePipeline', {
      pipeline: { ...DECLARATION, name: 'x', stages: DECLARATION.stages.slice(0, 1) },
    })
    expect(lonely.error?.code).toBe('InvalidStructureException')
    const blind = { ...DECLARATION.stages[1], actions: [action('Compile', 'Build', 'CodeBuild', ['none'], [])] }
    const unfed = bench.call('CreatePipeline', {
      pipeline: { ...DECLARATION, name: 'y', stages: [DECLARATION.stages[0], blind] },
    })
    expect(unfed.error?.message).toContain('Input Artifact Bundle none in action Compile')
  })
})
