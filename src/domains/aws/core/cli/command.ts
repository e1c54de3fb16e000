import type { Emission, Json, JsonObject } from '../../../../kernel/index.ts'
import type { Step } from '../../../../shell/index.ts'
import { callService } from '../callService.ts'
import type { CliAsk, CliCommand } from '../cliCommand.ts'
import type { ApiAnswer } from '../operation.ts'
import { services } from '../service.ts'
import { CliError, failed, misused, refusal, unknownOptions } from './cliError.ts'
import { GLOBALS } from './globals.ts'
import { readLine } from './line.ts'
import { printed } from './output.ts'
import { parameterFile } from './parameterFile.ts'
import type { Setting } from './setting.ts'

/** Runs a command that a service adds to the tool. */
export function runCommand(
  command: CliCommand,
  words: readonly string[],
  setting: Setting,
  state: Json | undefined,
): Step {
  const { call } = setting
  const options = command.flags.map((flag) => ({
    name: `--${flag.name}`,
    takes: flag.value === undefined ? ('none' as const) : flag.many ? ('many' as const) : ('one' as const),
    required: flag.required,
  }))
  const line = readLine(words, [...options, ...GLOBALS])
  const wanted = command.operands ?? []
  const missing = wanted.filter((name, i) => !name.startsWith('[') && line.operands[i] === undefined)
  if (missing.length > 0)
    throw misused(
      `the following arguments are required: ${missing.map((name) => name.replace(/[<>]/g, '')).join(', ')}`,
    )
  const strange = [...line.unknown, ...line.operands.slice(wanted.length)]
  if (strange.length > 0) throw unknownOptions(strange)
  const emitted: Emission[] = []
  const api = (service: string, operation: string, input: object): ApiAnswer =>
    callService({
      world: call.world,
      service,
      operation,
      input: input as JsonObject,
      principal: setting.caller({ operation, protocol: services.get(service)?.api.protocol ?? 'json' }),
      region: setting.region,
    })
  const ask: CliAsk = {
    call,
    world: call.world,
    region: setting.region,
    get principal() {
      return setting.caller({ operation: command.name, protocol: 'json' })
    },
    text: (flag) => {
      const word = line.given.get(`--${flag}`)?.[0]
      return word === undefined ? undefined : parameterFile(word, `--${flag}`, setting.reading, false)
    },
    list: (flag) => line.given.get(`--${flag}`) ?? [],
    has: (flag) => line.given.has(`--${flag}`),
    operands: line.operands,
    api,
    must: (service, operation, input) => {
      const answer = api(service, operation, input)
      if ('error' in answer) throw refusal(operation, answer.error)
      emitted.push(...(answer.emit ?? []))
      return answer.output as JsonObject
    },
    print: (output, service, operation = command.name) =>
      printed(output, {
        api: service === undefined ? undefined : services.get(service)?.api,
        operation,
        format: setting.format,
        query: setting.query,
      }),
    fail: (message, exit = 255) => {
      throw exit === 255 ? failed(message) : new CliError(`\naws: [ERROR]: ${message}\n`, exit)
    },
  }
  const step = state === undefined || !command.resume ? command.run(ask) : command.resume(ask, state)
  return emitted.length === 0 ? step : { ...step, emit: [...emitted, ...(step.emit ?? [])] }
}
