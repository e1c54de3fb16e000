import type { Json } from '../../../../kernel/index.ts'
import { type Call, type Completing, type Completion, ok, type Program, type Step } from '../../../../shell/index.ts'
import { type AwsService, services } from '../service.ts'
import { CliError, misused } from './cliError.ts'
import { runCommand } from './command.ts'
import { CONFIGURE, configure } from './configure.ts'
import { GLOBALS, OPERATION_OPTIONS, PAGE_OPTIONS } from './globals.ts'
import { commandNames, operationHelp, serviceHelp, toolHelp } from './helping.ts'
import { choose, readLine } from './line.ts'
import { operate, wait } from './operate.ts'
import { settersOf, wordOf } from './request.ts'
import { settingOf } from './setting.ts'
import { kebab } from './words.ts'

/**
 * The AWS CLI, version 2, over the services that are taken in: their shapes give it commands, options, help, validation, output and
 * waiters. Models: awscli/clidriver.py.
 */
export const awsProgram: Program = {
  name: 'aws',
  summary: 'The AWS Command Line Interface',
  usage: '[options] <command> <subcommand> [parameters]',
  operands: 'none',
  ownHelp: true,
  misuse: 252,
  examples: ['aws sts get-caller-identity', 'aws ecs list-clusters --output table', 'aws ecs create-service help'],
  run: (call) => guarded(call, undefined),
  resume: (call, state) => guarded(call, state),
  complete,
}

function guarded(call: Call, state: Json | undefined): Step {
  try {
    return run(call, state)
  } catch (error) {
    if (error instanceof CliError) return { exit: error.exit, stderr: error.message }
    throw error
  }
}

function run(call: Call, state: Json | undefined): Step {
  if (call.why === 'signal') return { exit: 130 }
  const words = call.argv.slice(1)
  const { before, rest } = split(words)
  const globals = readLine(before, GLOBALS, false)
  if (globals.given.has('--version')) return ok('aws-cli/2.34.3 Python/3.13.11 Linux/6.1.0 exe/x86_64.debian.12\n')
  const [name, verb, ...more] = rest
  if (name === undefined) {
    if (globals.unknown.length > 0) throw misused(`the following arguments are required: command`)
    throw misused('the following arguments are required: command')
  }
  if (name === 'help') return ok(toolHelp())
  choose('command', name, ['configure', ...[...services.values()].map(wordOf), 'help'])
  if (name === 'configure') {
    if (verb === 'help') return ok('aws configure [get | set | list | list-profiles]\n')
    return configure(call, [...before, ...rest.slice(1)], state)
  }
  const service = [...services.values()].find((one) => wordOf(one) === name)
  if (!service) throw misused(`argument command: Found invalid choice '${name}'`)
  if (verb === undefined) throw misused('the following arguments are required: operation')
  if (verb === 'help') return ok(serviceHelp(service))
  const operation = Object.keys(service.api.operations).find((one) => kebab(one) === verb)
  const command = service.commands?.find((one) => one.name === verb)
  if (verb === 'wait' && !command) return waiting(service, more, before, call, state)
  if (!command && !operation) choose('operation', verb, [...commandNames(service), 'help'])
  if (more[0] === 'help' && more.length === 1)
    return ok(
      command
        ? `NAME\n       ${command.name} - ${command.summary}\n\nOPTIONS\n${command.flags.map((flag) => `       --${flag.name}${flag.value === undefined ? '' : ' <value>'}\n          ${flag.says}`).join('\n')}\n`
        : operationHelp(service, operation ?? ''),
    )
  const ownGlobals = readLine([...before, ...globalWords(more)], GLOBALS, false)
  const setting = settingOf(call, ownGlobals)
  if (command) return runCommand(command, more, setting, state)
  return operate(service, operation ?? '', more, setting)
}

function waiting(
  service: AwsService,
  [name, ...words]: readonly string[],
  before: readonly string[],
  call: Call,
  state: Json | undefined,
): Step {
  if (name === undefined) throw misused('the following arguments are required: subcommand')
  const waiters = Object.keys(service.api.waiters)
  if (name === 'help')
    return ok(`NAME\n       wait -\n\nAVAILABLE COMMANDS\n${waiters.map((one) => `       o ${kebab(one)}\n`).join('')}`)
  choose('subcommand', name, waiters.map(kebab))
  const waiter = waiters.find((one) => kebab(one) === name) ?? ''
  return wait(
    service,
    waiter,
    words,
    settingOf(call, readLine([...before, ...globalWords(words)], GLOBALS, false)),
    state,
  )
}

/** The words before the command, and the command with all that follows. */
function split(words: readonly string[]): { readonly before: readonly string[]; readonly rest: readonly string[] } {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('-')) return { before: words.slice(0, at), rest: words.slice(at) }
    const option = GLOBALS.find((one) => one.name === word)
    if (option?.takes === 'one') at++
  }
  return { before: words, rest: [] }
}

/** The global options among an operation's words, with their values. */
function globalWords(words: readonly string[]): readonly string[] {
  const found: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const option = GLOBALS.find((one) => word === one.name || word.startsWith(`${one.name}=`))
    if (!option) continue
    found.push(word)
    if (option.takes === 'one' && !word.includes('=') && at + 1 < words.length) found.push(words[++at] ?? '')
  }
  return found
}

function complete({ words, word }: Completing): readonly Completion[] {
  const { before, rest } = split(words.slice(1))
  const last = words[words.length - 1] ?? ''
  const global = GLOBALS.find((one) => one.name === last)
  if (global?.values) return global.values.map((text) => ({ text }))
  if (global?.name === '--region')
    return ['us-east-1', 'us-east-2', 'us-west-2', 'eu-central-1', 'eu-west-1'].map((text) => ({ text }))
  const [name, verb, third] = rest
  const globals = () => GLOBALS.map(({ name: text, says }) => ({ text, says }))
  if (name === undefined)
    return word.startsWith('-')
      ? globals()
      : before.length === 0 || !global
        ? ['configure', 'help', ...[...services.values()].map(wordOf)].sort().map((text) => ({ text }))
        : []
  if (name === 'configure') return verb === undefined ? CONFIGURE.map((text) => ({ text })) : globals()
  const service = [...services.values()].find((one) => wordOf(one) === name)
  if (!service) return []
  if (verb === undefined) return [...commandNames(service), 'help'].map((text) => ({ text }))
  const waiters = Object.keys(service.api.waiters)
  if (verb === 'wait' && third === undefined) return waiters.map((one) => ({ text: kebab(one) }))
  const command = service.commands?.find((one) => one.name === verb)
  if (command) return [...command.flags.map(({ name: flag, says }) => ({ text: `--${flag}`, says })), ...globals()]
  const operation =
    verb === 'wait'
      ? service.api.waiters[waiters.find((one) => kebab(one) === third) ?? '']?.operation
      : Object.keys(service.api.operations).find((one) => kebab(one) === verb)
  if (operation === undefined) return []
  const setters = settersOf(service, operation)
  const setter = setters.find((one) => one.name === last)
  const shape = service.api.shapes[setter?.shape ?? '']
  if (setter && shape?.is === 'string' && shape.enum) return shape.enum.map((text) => ({ text }))
  const pages = service.api.paginators[operation] ? PAGE_OPTIONS : []
  return [
    ...setters.map(({ name: text, required }) => ({ text, says: required ? 'required' : undefined })),
    ...[...OPERATION_OPTIONS, ...pages].map(({ name: text, says }) => ({ text, says })),
    ...globals(),
  ]
}
