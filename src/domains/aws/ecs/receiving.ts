import type { JsonObject, World } from '../../../kernel/index.ts'
import { type Message, parseArn, type Received, rolePrincipal, servicePrincipal } from '../core/index.ts'
import { runTask } from './task/runTask.ts'
import type * as api from './types.generated.ts'

/**
 * A cluster as the target of an EventBridge rule or schedule: runs the tasks that its EcsParameters name.
 * Models: EventBridge API EcsParameters; Scheduler API EcsParameters
 */
export function receives(arn: string, message: Message, world: World): Received {
  const parsed = parseArn(arn)
  if (!parsed?.resource.startsWith('cluster/'))
    return { error: { code: 'ValidationException', message: `Provided Arn is not in correct format: ${arn}` } }
  const settings = (message.settings ?? {}) as {
    readonly EcsParameters?: JsonObject
    readonly RoleArn?: string
    readonly Input?: string
  }
  const given = (settings.EcsParameters ?? message.settings ?? {}) as { readonly [key: string]: unknown }
  const at = (key: string) => given[key] ?? given[key.charAt(0).toLowerCase() + key.slice(1)]
  const network = (at('NetworkConfiguration') ?? undefined) as
    | { readonly awsvpcConfiguration?: Record<string, unknown>; readonly AwsvpcConfiguration?: Record<string, unknown> }
    | undefined
  const vpc = network?.awsvpcConfiguration ?? network?.AwsvpcConfiguration
  const input: api.RunTaskRequest = {
    cluster: arn,
    taskDefinition: String(at('TaskDefinitionArn') ?? ''),
    count: Number(at('TaskCount') ?? 1),
    startedBy: message.from.startsWith('scheduler')
      ? 'chronos-schedule'
      : `events-rule/${(message.by ?? '').split('/').pop() ?? ''}`.slice(0, 36),
    ...(at('LaunchType') === undefined ? {} : { launchType: String(at('LaunchType')) }),
    ...(at('Group') === undefined ? {} : { group: String(at('Group')) }),
    ...(vpc
      ? {
          networkConfiguration: {
            awsvpcConfiguration: {
              subnets: (vpc.Subnets ?? vpc.subnets ?? []) as readonly string[],
              securityGroups: (vpc.SecurityGroups ?? vpc.securityGroups ?? []) as readonly string[],
              assignPublicIp: String(vpc.AssignPublicIp ?? vpc.assignPublicIp ?? 'DISABLED'),
            },
          },
        }
      : {}),
    ...(overridesOf(settings.Input) ?? {}),
  }
  const principal =
    settings.RoleArn === undefined ? servicePrincipal('events') : rolePrincipal(settings.RoleArn, 'events')
  const answer = runTask(
    { input, world, region: parsed.region, account: parsed.account, principal },
    { by: message.by, keys: [message.by ?? '', world.now] },
  )
  return 'error' in answer ? answer : { emit: answer.emit ?? [] }
}

/** A target's constant input is the task's overrides. */
function overridesOf(input: string | undefined): { readonly overrides: api.TaskOverride } | undefined {
  if (input === undefined) return undefined
  try {
    const overrides = JSON.parse(input) as api.TaskOverride
    return overrides.containerOverrides ? { overrides } : undefined
  } catch {
    return undefined
  }
}
