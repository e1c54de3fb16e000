import { type AwsService, services } from '../service.ts'
import type { ServiceApi } from '../serviceApi.ts'
import { GLOBALS, OPERATION_OPTIONS, PAGE_OPTIONS } from './globals.ts'
import { settersOf, wordOf } from './request.ts'
import { kebab } from './words.ts'

/** `aws help`. */
export function toolHelp(): string {
  return page([
    ['NAME', ['aws -']],
    ['DESCRIPTION', ['The AWS Command Line Interface is a unified tool to manage your AWS services.']],
    [
      'SYNOPSIS',
      [
        'aws [options] <command> <subcommand> [parameters]',
        '',
        'Use aws command help for information on a specific command.',
      ],
    ],
    [
      'GLOBAL OPTIONS',
      GLOBALS.flatMap((option) =>
        described(option.name, option.takes === 'none' ? 'boolean' : 'string', option.says, option.values),
      ),
    ],
    ['AVAILABLE SERVICES', ['configure', ...[...services.values()].map(wordOf).sort()].map((name) => `o ${name}`)],
  ])
}

/** `aws ecs help`. */
export function serviceHelp(service: AwsService): string {
  return page([
    ['NAME', [`${wordOf(service)} -`]],
    ['DESCRIPTION', [service.api.fullName]],
    ['AVAILABLE COMMANDS', [...commandNames(service), 'help'].sort().map((name) => `o ${name}`)],
  ])
}

/** `aws ecs create-service help`. */
export function operationHelp(service: AwsService, operation: string): string {
  const { api } = service
  const word = kebab(operation)
  const setters = settersOf(service, operation).filter((one) => one.sets !== false)
  const pages = api.paginators[operation] ? PAGE_OPTIONS : []
  const synopsis = setters.map((one) => {
    const value = one.takes === 'none' ? (one.extra ? '' : ` | --no-${one.name.slice(2)}`) : ' <value>'
    return one.required ? `${one.name}${value}` : `[${one.name}${value}]`
  })
  const out = api.operations[operation]?.out
  return page([
    ['NAME', [`${word} -`]],
    ['DESCRIPTION', [`Calls ${operation} of ${api.fullName}.`]],
    ['SYNOPSIS', [`  ${word}`, ...synopsis, ...[...pages, ...OPERATION_OPTIONS].map((one) => `[${one.name} <value>]`)]],
    [
      'OPTIONS',
      [
        ...setters.flatMap((one) => {
          const is = one.extra ? 'string' : (api.shapes[one.shape ?? '']?.is ?? 'string')
          return [
            `${one.name} (${is})${one.required ? ' [required]' : ''}`,
            ...(one.extra ? [`   ${one.extra.says}`] : shapeText(api, one.shape ?? '', '   ', [])),
            '',
          ]
        }),
        ...[...pages, ...OPERATION_OPTIONS].flatMap((one) => described(one.name, 'string', one.says, one.values)),
      ],
    ],
    ['OUTPUT', out === undefined ? ['None'] : shapeText(api, out, '', [])],
  ])
}

/** What a service can be told on the command line: the operations that the lab has, and commands of the tool's own. */
export function commandNames(service: AwsService): readonly string[] {
  const names = new Set([
    ...service.operations.map((operation) => kebab(operation.name)),
    ...(service.commands ?? []).map((command) => command.name),
  ])
  if (Object.keys(service.api.waiters).length > 0) names.add('wait')
  return [...names].sort()
}

function shapeText(api: ServiceApi, shapeName: string, indent: string, above: readonly string[]): string[] {
  const shape = api.shapes[shapeName]
  if (!shape || above.includes(shapeName) || above.length > 5) return []
  const inner = [...above, shapeName]
  switch (shape.is) {
    case 'structure':
      return Object.entries(shape.members).flatMap(([member, of]) => [
        `${indent}${member} -> (${api.shapes[of]?.is ?? 'string'})${shape.required?.includes(member) ? ' [required]' : ''}`,
        ...shapeText(api, of, `${indent}   `, inner),
      ])
    case 'list':
      return [`${indent}(${api.shapes[shape.of]?.is ?? 'string'})`, ...shapeText(api, shape.of, `${indent}   `, inner)]
    case 'map':
      return [
        `${indent}key -> (string)`,
        `${indent}value -> (${api.shapes[shape.of]?.is ?? 'string'})`,
        ...shapeText(api, shape.of, `${indent}   `, inner),
      ]
    case 'string':
      return [
        ...(shape.enum ? [`${indent}Possible values:`, ...shape.enum.map((value) => `${indent}o ${value}`)] : []),
        ...constraints(indent, shape),
      ]
    default:
      return []
  }
}

function constraints(indent: string, shape: { min?: number; max?: number; pattern?: string }): string[] {
  const found = [
    ...(shape.min === undefined ? [] : [`min: ${shape.min}`]),
    ...(shape.max === undefined ? [] : [`max: ${shape.max}`]),
    ...(shape.pattern === undefined ? [] : [`pattern: ${shape.pattern}`]),
  ]
  return found.length === 0 ? [] : [`${indent}Constraints:`, ...found.map((one) => `${indent}o ${one}`)]
}

function described(name: string, is: string, says: string, values: readonly string[] | undefined): readonly string[] {
  return [`${name} (${is})`, `   ${says}`, ...(values ?? []).map((value) => `   o ${value}`), '']
}

function page(sections: readonly (readonly [string, readonly string[]])[]): string {
  return sections
    .map(([title, lines]) => `${title}\n${lines.map((line) => (line === '' ? '' : `       ${line}`)).join('\n')}`)
    .join('\n\n')
    .concat('\n')
}
