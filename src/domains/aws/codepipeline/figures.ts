import type { World } from '../../../kernel/index.ts'
import { type Execution, executionsOf, type Pipeline } from './pipeline.ts'

/** How a pipeline delivers: the four measures of DevOps Research and Assessment. Times in ms; undefined before there is anything to count. */
export interface PipelineFigures {
  /** Executions that went through the last stage. */
  readonly deployments: number
  /** Deployments a day, over the time since the first execution. */
  readonly perDay: number | undefined
  /** From the commit to the end of the last stage, the median. */
  readonly leadTime: number | undefined
  /** Share of changes that failed in the last stage, or were rolled back there, 0 to 1. */
  readonly changeFailureRate: number | undefined
  /** From a failure in the last stage to the next success there, the mean. */
  readonly timeToRestore: number | undefined
  /** The same in words. */
  readonly facts: readonly (readonly [string, string])[]
}

/** Measures a pipeline by what its executions have come to until now. */
export function pipelineFigures(world: World, pipeline: Pipeline): PipelineFigures {
  const last = pipeline.declaration.stages.at(-1)?.name
  const executions = executionsOf(world, pipeline)
  const deployed = executions.filter(({ state }) => state === 'Succeeded')
  const failed = executions.filter(({ state, stage }) => state === 'Failed' && stage === last)
  const first = executions[0]?.started
  const days = first === undefined ? 0 : (world.now - first) / 86_400_000
  const leadTimes = deployed.flatMap((execution) => leadTime(execution) ?? []).sort((a, b) => a - b)
  const restores = failed.flatMap((execution) => {
    const next = deployed.find((other) => other.since > execution.since)
    return next ? [next.since - execution.since] : []
  })
  const changes = deployed.filter(({ rollbackOf }) => rollbackOf === undefined).length + failed.length
  const figures = {
    deployments: deployed.length,
    perDay: days > 0 ? deployed.length / days : undefined,
    leadTime: leadTimes[Math.floor((leadTimes.length - 1) / 2)],
    changeFailureRate: changes > 0 ? failed.length / changes : undefined,
    timeToRestore: restores.length > 0 ? restores.reduce((a, b) => a + b, 0) / restores.length : undefined,
  }
  return {
    ...figures,
    facts: [
      ['Lead time', spanText(figures.leadTime)],
      ['Deployment frequency', figures.perDay === undefined ? 'none yet' : `${figures.perDay.toFixed(1)} a day`],
      [
        'Change-failure rate',
        figures.changeFailureRate === undefined ? 'none yet' : `${Math.round(figures.changeFailureRate * 100)} %`,
      ],
      ['Time to restore', spanText(figures.timeToRestore)],
    ],
  }
}

/** From the newest commit in it to its end. */
function leadTime(execution: Execution): number | undefined {
  const made = Object.values(execution.revisions).flatMap(({ at }) => at ?? [])
  const from = made.length > 0 ? Math.max(...made) : execution.started
  return execution.rollbackOf === undefined ? execution.since - from : undefined
}

function spanText(ms: number | undefined): string {
  if (ms === undefined) return 'none yet'
  const seconds = Math.round(ms / 1000)
  if (seconds < 120) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
