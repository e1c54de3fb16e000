import type { Answer, JsonObject, World } from '../../../kernel/index.ts'
import { callService } from '../core/index.ts'
import { beginEvent, currentEvent, endEvent, pending } from './events.ts'
import { hookEvent } from './hookFunctions.ts'
import { codedeployHooks } from './hooks.rule.ts'
import { type Deployment, groupPrincipal, TARGET, targetsOf } from './records.ts'
import { codedeployTraffic } from './traffic.rule.ts'
import { shareNow, trafficConfig } from './trafficOf.ts'

/** One look at a deployment of a Lambda version: the weights of its alias move. */
export function lambdaPass(deployment: Deployment, world: World): readonly Answer[] {
  const { spec, region } = deployment
  if (spec?.platform !== 'Lambda')
    return [
      {
        to: deployment.id,
        type: 'Failed',
        data: {
          error: {
            code: 'INVALID_REVISION',
            message: deployment.error?.message ?? 'The AppSpec file cannot be located in the specified S3 bucket.',
          },
        },
      },
    ]
  const [target] = targetsOf(world, deployment)
  const id = `${spec.functionName}:${spec.alias}`
  if (!target) {
    const { hooks } = codedeployHooks.decide({ platform: 'Lambda', type: 'BLUE_GREEN' })
    const data = {
      owner: deployment.id,
      region,
      targetId: id,
      type: 'LambdaTarget',
      events: pending(hooks),
      script: 0,
      updated: world.now,
      weight: 0,
    }
    return [{ to: `${TARGET}/${region}/${deployment.deploymentId}/${id}`, kind: TARGET, type: 'Created', data }]
  }
  if (target.state === 'Pending') return [{ to: target.id, type: 'Began', data: { updated: world.now } }]
  if (target.state === 'Succeeded') return [{ to: deployment.id, type: 'Succeeded' }]
  if (target.state === 'Failed') {
    const message = target.events.find(({ status }) => status === 'Failed')?.diagnostics?.message ?? ''
    return [{ to: deployment.id, type: 'Failed', data: { error: { code: 'HOOK_EXECUTION_FAILURE', message } } }]
  }
  const event = currentEvent(target)
  if (!event) return []
  if (event.name !== 'AllowTraffic') return hookEvent(target, event, spec.hooks[event.name], deployment, world)
  if (event.status === 'Pending') return [beginEvent(target, event.name, world)]
  const config = trafficConfig(deployment, world)
  const { percent, next } = shareNow(config, world.now - (event.began ?? world.now), world)
  if (percent === target.weight) return percent < 100 ? [{ again: next }] : endEvent(target, event.name, world)
  const answer = callService({
    world,
    service: 'lambda',
    operation: 'UpdateAlias',
    input: {
      FunctionName: spec.functionName,
      Name: spec.alias,
      FunctionVersion: percent === 100 ? spec.targetVersion : spec.currentVersion,
      RoutingConfig: { AdditionalVersionWeights: percent === 100 ? {} : { [spec.targetVersion]: percent / 100 } },
    } as JsonObject,
    principal: groupPrincipal(deployment.settings),
    region,
  })
  return [
    ...('output' in answer ? (answer.emit ?? []) : []),
    {
      to: target.id,
      type: 'Weighed',
      data: { weight: percent, updated: world.now },
      rule: codedeployTraffic.id,
      inputs: { config: deployment.config, greenPercent: percent },
    },
  ]
}
