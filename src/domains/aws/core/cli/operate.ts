import type { Json } from '../../../../kernel/index.ts'
import type { Done, Step } from '../../../../shell/index.ts'
import { callService } from '../callService.ts'
import type { ApiAnswer } from '../operation.ts'
import type { AwsService } from '../service.ts'
import { failed, refusal, unknownOptions } from './cliError.ts'
import { jsonFormat } from './jsonFormat.ts'
import { readLine } from './line.ts'
import { printed } from './output.ts'
import { allPages } from './pages.ts'
import { readRequest, settersOf } from './request.ts'
import type { Setting } from './setting.ts'
import { shaped } from './shaped.ts'
import { skeleton, yamlSkeleton } from './skeleton.ts'
import { judged } from './waiting.ts'

/** Runs one operation from its words, and prints what it answers. */
export function operate(service: AwsService, operation: string, words: readonly string[], setting: Setting): Done {
  const { api } = service
  const request = readRequest(service, operation, words, setting)
  const shape = api.operations[operation]
  if (request.is === 'skeleton') {
    if (request.of === 'yaml-input') return { exit: 0, stdout: yamlSkeleton(api, shape?.in) }
    const sample = skeleton(api, request.of === 'input' ? shape?.in : shape?.out, request.of === 'output')
    return {
      exit: 0,
      stdout:
        request.of === 'input'
          ? jsonFormat(sample)
          : printed(sample as object, { operation, format: setting.format, query: setting.query }),
    }
  }
  if (request.refused) throw refusal(operation, request.refused)
  const paginator = api.paginators[operation]
  const call = (input: object): ApiAnswer =>
    callService({
      world: setting.call.world,
      service: service.name,
      operation,
      input: input as never,
      principal: setting.caller({ operation, protocol: api.protocol }),
      region: setting.region,
    })
  const answer =
    request.paging && paginator ? allPages(paginator, request.input, request.paging, call) : call(request.input)
  if ('error' in answer) {
    const { emit } = answer
    const error = refusal(operation, answer.error)
    return { exit: error.exit, stderr: error.message, emit }
  }
  const token = (answer.output as { NextToken?: Json }).NextToken
  const marked = request.paging !== undefined && token !== undefined
  const output =
    marked && !hasMember(api, shape?.out, 'NextToken')
      ? withToken(service, operation, answer.output, token, setting)
      : print(service, operation, answer.output, setting)
  return { exit: 0, stdout: output, emit: answer.emit }
}

function print(service: AwsService, operation: string, output: object, setting: Setting): string {
  return printed(output, { api: service.api, operation, format: setting.format, query: setting.query })
}

/** Output with the client's own token. Text output says it after the rest, to which a query has been applied by itself. */
function withToken(service: AwsService, operation: string, output: object, token: Json, setting: Setting): string {
  const whole = shaped(service.api, service.api.operations[operation]?.out, output) as object
  const { format, query } = setting
  if (format === 'text')
    return [whole, { NextToken: { NextToken: token } }]
      .map((part) => printed(part, { operation, format, query }))
      .join('')
  return printed({ ...whole, NextToken: token }, { operation, format, query })
}

function hasMember(api: AwsService['api'], shapeName: string | undefined, member: string): boolean {
  const shape = api.shapes[shapeName ?? '']
  return shape?.is === 'structure' && shape.members[member] !== undefined
}

/** What a waiter remembers between two looks. */
interface Waited {
  readonly attempt: number
  readonly reason?: string | undefined
}

/** Looks until what is waited for is so: `aws ecs wait services-stable`. Resumed after every delay of the waiter. */
export function wait(
  service: AwsService,
  name: string,
  words: readonly string[],
  setting: Setting,
  state: Json | undefined,
): Step {
  const waiter = service.api.waiters[name]
  if (!waiter) throw failed(`Waiter does not exist: ${name}`)
  const { operation } = waiter
  const strange = readLine(words, settersOf(service, operation, true), false)
  if (strange.operands.length > 0) throw unknownOptions(strange.operands)
  const request = readRequest(service, operation, words, setting)
  if (request.is === 'skeleton')
    return { exit: 0, stdout: jsonFormat(skeleton(service.api, service.api.operations[operation]?.in)) }
  const before: Waited = (state as unknown as Waited | undefined) ?? { attempt: 0 }
  const answer: ApiAnswer = request.refused
    ? { error: request.refused }
    : callService({
        world: setting.call.world,
        service: service.name,
        operation,
        input: request.input,
        principal: setting.caller({ operation, protocol: service.api.protocol }),
        region: setting.region,
      })
  const shown = 'error' in answer ? {} : shaped(service.api, service.api.operations[operation]?.out, answer.output)
  const look = judged(waiter, answer, shown)
  if (look.is === 'success') return { exit: 0 }
  if (look.is === 'failure') throw failed(`Waiter ${name} failed: ${look.reason}`)
  const attempt = before.attempt + 1
  if (attempt >= waiter.attempts)
    throw failed(
      `Waiter ${name} failed: Max attempts exceeded${look.reason === undefined ? '' : `. Previously accepted state: ${look.reason}`}`,
    )
  return { wait: { after: waiter.delay * 1000 }, state: { attempt } as never }
}
