import { CliError } from '../domains/aws/core/cli/cliError.ts'
import { readRequest, wordOf } from '../domains/aws/core/cli/request.ts'
import type { Setting } from '../domains/aws/core/cli/setting.ts'
import { kebab } from '../domains/aws/core/cli/words.ts'
import { type AwsService, services } from '../domains/aws/core/service.ts'
import type { JsonObject } from '../kernel/index.ts'
import { Files, type Session } from '../shell/index.ts'
import type { Stage } from './stage.ts'

/** What a documented line calls. */
export interface AwsCall {
  readonly service: AwsService
  /** `CreateCluster`; a waiter's is the operation that it looks by. */
  readonly operation: string
  readonly input: JsonObject
  /** The option of the region as it stands in the line, with a space before it; empty for none. */
  readonly region: string
}

/** The service and the operation of the first `aws` in a line, as they are typed. */
export function awsWords(line: string): readonly string[] | undefined {
  const words = shellWords(line)
  const at = words.indexOf('aws')
  if (at < 0) return undefined
  const rest = words.slice(at + 1)
  while (rest[0]?.startsWith('--')) rest.splice(0, rest[1]?.startsWith('--') || rest[0].includes('=') ? 1 : 2)
  return rest.slice(0, 2).length === 2 ? rest : undefined
}

/** Reads the first `aws` call of a line; undefined when it is none that the lab can read. */
export function awsCall(line: string, stage: Stage): AwsCall | undefined {
  const [name, verb = '', ...words] = awsWords(line) ?? []
  const service = [...services.values()].find((one) => wordOf(one) === name)
  if (!service) return undefined
  const { api } = service
  const waiter = verb === 'wait' ? Object.keys(api.waiters).find((one) => kebab(one) === words[0]) : undefined
  const operation =
    waiter === undefined
      ? Object.keys(api.operations).find((one) => kebab(one) === verb)
      : api.waiters[waiter]?.operation
  if (operation === undefined) return undefined
  const session = stage.world.get('shell.Session/main') as Session | undefined
  const setting = {
    paginate: true,
    reading: {
      files: new Files(session?.files ?? {}, stage.world.now),
      cwd: '/home/learner',
      home: '/home/learner',
      raw: false,
    },
  } as unknown as Setting
  try {
    const request = readRequest(service, operation, waiter === undefined ? words : words.slice(1), setting)
    const region = /\s--region[= ]["']?[\w-]+["']?/.exec(line)?.[0] ?? ''
    return request.is === 'call' ? { service, operation, input: request.input, region } : undefined
  } catch (error) {
    if (error instanceof CliError) return undefined
    throw error
  }
}

/** The words of a simple command, up to a pipe, a redirection or the next command. */
function shellWords(line: string): readonly string[] {
  const text = line.replace(/\\\r?\n/g, ' ')
  const words: string[] = []
  let word: string | undefined
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] as string
    if (sign === "'" || sign === '"') {
      const end = endOf(text, i, sign)
      word =
        (word ?? '') + (sign === '"' ? text.slice(i + 1, end).replace(/\\(["\\$`])/g, '$1') : text.slice(i + 1, end))
      i = end
    } else if (/[|;>&\n]/.test(sign) && words.includes('aws')) break
    else if (/\s/.test(sign)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + (sign === '\\' ? (text[++i] ?? '') : sign)
  }
  if (word !== undefined) words.push(word)
  return words
}

function endOf(text: string, start: number, quote: string): number {
  for (let i = start + 1; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++
    else if (text[i] === quote) return i
  }
  return text.length
}
