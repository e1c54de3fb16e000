import { parse as parseYaml } from 'yaml'
import type { Json, JsonObject } from '../../../../kernel/index.ts'
import type { ApiError } from '../apiError.ts'
import type { CliArgument } from '../cliCommand.ts'
import { isObject } from '../isObject.ts'
import type { AwsService } from '../service.ts'
import { failed, invalid, misused, unknownOptions, unreadable } from './cliError.ts'
import { constraintError } from './constraints.ts'
import { GLOBALS, OPERATION_OPTIONS, PAGE_OPTIONS } from './globals.ts'
import { inputValue, wireInput } from './inputValue.ts'
import { choose, type Option, readLine } from './line.ts'
import type { Paging } from './pages.ts'
import { parameterFile } from './parameterFile.ts'
import { readJson } from './pythonJson.ts'
import type { Setting } from './setting.ts'
import { clientProblems } from './validate.ts'
import { kebab, oppositeOf, optionOf } from './words.ts'

/** The word of a service on the command line. */
export function wordOf(service: AwsService): string {
  return service.cli ?? service.name
}

/** How one option of an operation sets its input. */
export interface Setter extends Option {
  readonly member?: string
  readonly shape?: string
  /** The value of a switch. */
  readonly sets?: boolean
  readonly extra?: CliArgument
}

/** The options of an operation, those that must be there first. `free` leaves out what may come from elsewhere. */
export function settersOf(service: AwsService, operation: string, free = false): readonly Setter[] {
  const { api } = service
  const shape = api.shapes[api.operations[operation]?.in ?? '']
  const extras = (service.cliArguments ?? []).filter((one) => one.operations.includes(operation))
  const freed = new Set(extras.flatMap((one) => one.frees ?? []))
  if (shape?.is !== 'structure') return extras.map(extraSetter)
  const word = kebab(operation)
  const own = Object.entries(shape.members).flatMap(([member, of]): Setter[] => {
    const option = optionOf(wordOf(service), word, member)
    const required =
      !free && (shape.required?.includes(member) ?? false) && !freed.has(member) && !shape.tokens?.includes(member)
    const is = api.shapes[of]?.is
    const base = { member, shape: of }
    if (is === 'boolean')
      return [
        { ...base, name: `--${option}`, takes: 'none', sets: true },
        { ...base, name: `--${oppositeOf(wordOf(service), option)}`, takes: 'none', sets: false },
      ]
    return [{ ...base, name: `--${option}`, takes: is === 'list' ? 'many' : 'one', required }]
  })
  return [...own, ...extras.map(extraSetter)]
}

function extraSetter(extra: CliArgument): Setter {
  return {
    name: `--${extra.name}`,
    takes:
      extra.shape === undefined ? 'one' : extra.shape === 'switch' ? 'none' : extra.shape === 'words' ? 'many' : 'one',
    extra,
  }
}

/** An operation's call, read from its words. */
export type Request =
  | {
      readonly is: 'call'
      readonly input: JsonObject
      readonly paging: Paging | undefined
      readonly refused: ApiError | undefined
    }
  | { readonly is: 'skeleton'; readonly of: 'input' | 'output' | 'yaml-input' }

/** Reads the words after an operation's name. Errors of the client end the command; the service's own come in `refused`. */
export function readRequest(
  service: AwsService,
  operation: string,
  words: readonly string[],
  setting: Setting,
): Request {
  const { api } = service
  const paginator = api.paginators[operation]
  const free = words.some((word) => /^--(cli-input-|generate-cli-skeleton)/.test(word))
  const pageNames = paginator ? PAGE_OPTIONS.map(({ name }) => name) : []
  const setters = settersOf(service, operation, free).filter(({ name }) => !pageNames.includes(name))
  const options = [...(paginator ? PAGE_OPTIONS : []), ...setters, ...OPERATION_OPTIONS]
  const distinct = options.filter((option, i) => options.findIndex((other) => other.name === option.name) === i)
  const line = readLine(words, [...distinct, ...GLOBALS])
  const strange = [...line.unknown, ...line.operands]
  if (strange.length > 0) throw unknownOptions(strange)
  const one = (name: string) => line.given.get(name)?.[0]
  const wanted = line.given.has('--generate-cli-skeleton') ? (one('--generate-cli-skeleton') ?? 'input') : undefined
  if (wanted !== undefined && wanted !== 'output') {
    choose('--generate-cli-skeleton', wanted, ['input', 'output', 'yaml-input'])
    return { is: 'skeleton', of: wanted as 'input' | 'yaml-input' }
  }
  let input: JsonObject = fromDocument(one('--cli-input-json'), one('--cli-input-yaml'), setting)
  for (const setter of setters) {
    const given = line.given.get(setter.name)
    if (!given || setter.member === undefined) continue
    const value = setter.sets ?? inputValue(api, setter.shape ?? '', setter.name, given, setting.reading)
    input = { ...input, [setter.member]: value }
  }
  for (const { extra, name } of setters) {
    const given = line.given.get(name)
    if (!given && extra?.absent) input = extra.absent(input)
    if (!given || !extra) continue
    const value: Json =
      extra.shape === 'switch'
        ? true
        : extra.shape === 'words'
          ? [...given]
          : extra.shape === undefined
            ? parameterFile(given[0] ?? '', name, setting.reading, false)
            : inputValue(api, extra.shape, name, given, setting.reading)
    input = extra.apply(input, value, (message) => {
      throw invalid(message)
    })
  }
  const shape = api.operations[operation]?.in
  const problems = shape === undefined ? [] : clientProblems(api, shape, input)
  if (problems.length > 0) throw invalid(`Parameter validation failed:\n${problems.join('\n')}`)
  if (wanted === 'output') return { is: 'skeleton', of: 'output' }
  return {
    is: 'call',
    input: shape === undefined ? input : (wireInput(api, shape, input) as JsonObject),
    paging: pagingOf(one, setters, line.given, paginator, setting),
    refused: shape === undefined ? undefined : constraintError(service.name, api, shape, input),
  }
}

function pagingOf(
  one: (name: string) => string | undefined,
  setters: readonly Setter[],
  given: ReadonlyMap<string, readonly string[]>,
  paginator: AwsService['api']['paginators'][string] | undefined,
  setting: Setting,
): Paging | undefined {
  if (!paginator || !setting.paginate) return undefined
  const own = [paginator.input, paginator.limit ?? []].flat()
  const manual = setters.some(({ member, name }) => member !== undefined && own.includes(member) && given.has(name))
  const number = (name: string) => {
    const text = one(name)
    if (text !== undefined && !/^[+-]?\d+$/.test(text))
      throw name === '--max-items'
        ? failed(`invalid literal for int() with base 10: '${text}'`)
        : misused(`argument ${name}: invalid int value: '${text}'`)
    return text === undefined ? undefined : Number(text)
  }
  const [startingToken, maxItems, pageSize] = [one('--starting-token'), number('--max-items'), number('--page-size')]
  if (manual) {
    if (startingToken !== undefined || maxItems !== undefined || pageSize !== undefined)
      throw invalid(
        'Cannot specify --no-paginate along with pagination arguments: '.replace(
          '--no-paginate along with pagination arguments: ',
          `manual pagination parameters along with pagination arguments: ${['--max-items', '--page-size', '--starting-token'].filter((name) => given.has(name)).join(', ')}`,
        ),
      )
    return undefined
  }
  return { startingToken, maxItems, pageSize }
}

function fromDocument(json: string | undefined, yaml: string | undefined, setting: Setting): JsonObject {
  if (json !== undefined && yaml !== undefined) throw invalid('Only one --cli-input- parameter may be specified.')
  if (json !== undefined) {
    const text = parameterFile(json, 'cli-input-json', setting.reading, false)
    const read = readJson(text)
    if ('error' in read) throw unreadable('cli-input-json', `Invalid JSON: ${read.error}\nJSON received: ${text}`)
    if (!isObject(read.value))
      throw unreadable('cli-input-json', `Invalid type: expecting map, received ${typeof read.value}`)
    return read.value
  }
  if (yaml === undefined) return {}
  const text = parameterFile(yaml, 'cli-input-yaml', setting.reading, false)
  let value: Json
  try {
    value = parseYaml(text, { version: '1.1' }) as Json
  } catch (error) {
    throw unreadable('cli-input-yaml', `Invalid YAML: ${(error as Error).message}`)
  }
  if (!isObject(value)) throw unreadable('cli-input-yaml', 'Invalid type: expecting map')
  return value
}
