import type { Controller, PastEvent, World } from '../../../kernel/index.ts'
import { type ActionProvider, services } from '../core/index.ts'
import { actionProvider } from './actionTypes.ts'
import { PIPELINE, type Pipeline } from './pipeline.ts'
import { startExecution } from './starting.ts'

/**
 * Starts an execution when a source that a pipeline watches has a new revision.
 * Models: AWS CodePipeline User Guide, "Source actions and change detection methods". Unlike AWS, a polled source is seen at once.
 */
export const sourcesController: Controller = {
  name: 'codepipeline-sources',
  get watches() {
    return Object.fromEntries(sources().flatMap(({ watches }) => watches.map((kind) => [kind, '*' as const])))
  },
  wakes(event, world) {
    const ids: string[] = []
    for (const entity of world.all(PIPELINE)) {
      const detail = triggeredBy(event, entity as Pipeline, world)
      if (detail !== undefined) ids.push(`${entity.id}\n${detail}`)
    }
    return ids
  },
  delay: () => 1000,
  reconcile(id, world) {
    const [pipelineId = '', triggerDetail = ''] = id.split('\n')
    const pipeline = world.get(pipelineId) as Pipeline | undefined
    if (!pipeline) return undefined
    return startExecution(world, pipeline, { trigger: { triggerType: 'PollForSourceChanges', triggerDetail } }).emit
  },
}

function sources(): readonly ActionProvider[] {
  return [...services.values()].flatMap(({ actions = [] }) => actions.filter(({ category }) => category === 'Source'))
}

/** What in an event is a new revision for a pipeline that polls its sources. */
function triggeredBy(event: PastEvent, pipeline: Pipeline, world: World): string | undefined {
  for (const action of pipeline.declaration.stages[0]?.actions ?? []) {
    const configuration = action.configuration ?? {}
    if (configuration['PollForSourceChanges'] === 'false') continue
    const provider = actionProvider('Source', action.actionTypeId.provider)
    if (!event.kind || !provider?.watches.includes(event.kind)) continue
    const detail = provider.triggers?.(event, configuration, world)
    if (detail !== undefined) return detail
  }
  return undefined
}
