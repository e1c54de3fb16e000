import type { Answer, World } from '../../../kernel/index.ts'
import { arnOf, services, uuid } from '../core/index.ts'
import { beginEvent, endEvent, failEvent } from './events.ts'
import type { Deployment, EventRecord, Target } from './records.ts'

const HOUR = 3_600_000

/**
 * A lifecycle event for which a function may be given: it is invoked, and the deployment waits until it answers.
 * Models: AWS CodeDeploy User Guide, "AppSpec 'hooks' section for an Amazon ECS / AWS Lambda deployment"
 */
export function hookEvent(
  target: Target,
  event: EventRecord,
  name: string | undefined,
  deployment: Deployment,
  world: World,
): readonly Answer[] {
  if (event.status === 'Pending') {
    const token = uuid(world, target.id, event.name)
    const begun = beginEvent(target, event.name, world, name === undefined ? {} : { token })
    return name === undefined ? [begun] : [begun, ...invoke(name, token, deployment, world)]
  }
  if (name === undefined) return endEvent(target, event.name, world)
  const left = (event.began ?? world.now) + HOUR - world.now
  if (left > 0)
    return [
      {
        decline: `The function ${name} has not answered yet for ${event.name}: it does so with PutLifecycleEventHookExecutionStatus.`,
        to: target.id,
      },
      { again: left },
    ]
  return failEvent(target, event.name, world, {
    errorCode: 'UnknownError',
    scriptName: name,
    message: `The lifecycle event hook function ${name} did not return a result within one hour.`,
    logTail: '',
  })
}

/** Calls a function with what it needs to answer, where the lab has somebody who runs functions. */
function invoke(name: string, token: string, deployment: Deployment, world: World): readonly Answer[] {
  const arn = name.startsWith('arn:') ? name : arnOf('lambda', deployment.region, `function:${name}`)
  const body = { DeploymentId: deployment.deploymentId, LifecycleEventHookExecutionId: token }
  const received = services
    .get('lambda')
    ?.receives?.(arn, { from: 'codedeploy.amazonaws.com', body, by: deployment.id }, world)
  return received && 'emit' in received ? received.emit : []
}
