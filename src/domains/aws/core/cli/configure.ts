import type { Json } from '../../../../kernel/index.ts'
import { type Call, ok, type Step } from '../../../../shell/index.ts'
import { misused, unknownOptions } from './cliError.ts'
import { configPaths, profileOf, readSections, withSetting } from './configuration.ts'
import { GLOBALS } from './globals.ts'
import { choose, readLine } from './line.ts'

/** Words of `aws configure`. */
export const CONFIGURE = ['get', 'import', 'list', 'list-profiles', 'set']

const SECRET: ReadonlySet<string> = new Set(['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'])

const QUESTIONS = [
  ['aws_access_key_id', 'AWS Access Key ID'],
  ['aws_secret_access_key', 'AWS Secret Access Key'],
  ['region', 'Default region name'],
  ['output', 'Default output format'],
] as const

/** `aws configure`: reads and writes `~/.aws/config` and `~/.aws/credentials`. Models: awscli/customizations/configure. */
export function configure(call: Call, words: readonly string[], state: Json | undefined): Step {
  const line = readLine(words, GLOBALS)
  if (line.unknown.length > 0) throw unknownOptions(line.unknown)
  const [verb, ...operands] = line.operands
  const asked = line.given.get('--profile')?.[0] ?? call.env['AWS_PROFILE']
  const name = asked ?? 'default'
  if (verb === undefined) return converse(call, name, state)
  choose('subcommand', verb, CONFIGURE)
  if (verb === 'list-profiles')
    return ok(
      profiles(call)
        .map((one) => `${one}\n`)
        .join(''),
    )
  if (verb === 'list') return ok(listing(call, asked))
  const [variable, value, ...rest] = operands
  if (rest.length > 0) throw unknownOptions(rest)
  if (variable === undefined)
    throw misused(`the following arguments are required: varname${verb === 'set' ? ', value' : ''}`)
  if (verb === 'get') {
    if (value !== undefined) throw unknownOptions([value])
    const found = lookUp(call, name, variable)
    return found === undefined ? { exit: 1 } : ok(`${found}\n`)
  }
  if (verb !== 'set') throw misused(`the lab does not have aws configure ${verb}`)
  if (value === undefined) throw misused('the following arguments are required: value')
  const [profile, setting] = split(name, variable, line.given.has('--profile'))
  write(call, profile, setting, value)
  return { exit: 0 }
}

/** `profile.testing.region` and `default.region` name their profile; other dotted names are nested settings or sections. */
function split(name: string, variable: string, named: boolean): readonly [string, string] {
  const parts = variable.split('.')
  if (parts[0] === 'profile' && parts.length > 2) return [parts[1] ?? name, parts.slice(2).join('.')]
  if (parts[0] === 'default' && parts.length > 1) return ['default', parts.slice(1).join('.')]
  if (parts.length === 2 && parts[0] === 'preview' && !named) return ['\u0000preview', parts[1] ?? '']
  return [name, variable]
}

function write(call: Call, profile: string, setting: string, value: string): void {
  const paths = configPaths(call.env, call.cwd)
  const secret = SECRET.has(setting)
  const path = secret ? paths.credentials : paths.config
  const section = profile.startsWith('\u0000')
    ? profile.slice(1)
    : secret || profile === 'default'
      ? profile
      : `profile ${profile}`
  const read = call.files.read(path)
  const text = 'error' in read ? '' : read.text
  const folder = path.slice(0, path.lastIndexOf('/'))
  if (!call.files.exists(folder)) call.files.mkdir(folder)
  call.files.write(path, withSetting(text, section, setting, value))
}

function lookUp(call: Call, name: string, variable: string): string | undefined {
  const [profile, setting] = split(name, variable, false)
  const paths = configPaths(call.env, call.cwd)
  const config = readSections(call.files, paths.config)
  if (profile.startsWith('\u0000')) return config.get(profile.slice(1))?.get(setting)
  const own = config.get(profile === 'default' ? 'default' : `profile ${profile}`)
  return readSections(call.files, paths.credentials).get(profile)?.get(setting) ?? own?.get(setting)
}

function profiles(call: Call): readonly string[] {
  const paths = configPaths(call.env, call.cwd)
  const names = new Set<string>()
  for (const section of readSections(call.files, paths.config).keys())
    if (section === 'default' || section.startsWith('profile ')) names.add(section.replace(/^profile /, ''))
  for (const section of readSections(call.files, paths.credentials).keys()) names.add(section)
  return [...names]
}

function listing(call: Call, asked: string | undefined): string {
  const profile = profileOf(call.files, call.env, call.cwd, asked)
  const { env } = call
  const rows: (readonly string[])[] = [['NAME', 'VALUE', 'TYPE', 'LOCATION']]
  const hidden = (text: string) => `${'*'.repeat(16)}${text.slice(-4)}`
  rows.push(['profile', ...(asked === undefined ? ['<not set>', 'None', 'None'] : [asked, 'manual', '--profile'])])
  const key = (variable: string, setting: string, shownName: string) => {
    const inEnv = env[variable]
    const inFile = profile.credentials.get(setting)
    const inConfig = profile.config.get(setting)
    if (inEnv !== undefined) rows.push([shownName, hidden(inEnv), 'env', ''])
    else if (inFile !== undefined) rows.push([shownName, hidden(inFile), 'shared-credentials-file', ''])
    else if (inConfig !== undefined) rows.push([shownName, hidden(inConfig), 'config-file', ''])
    else rows.push([shownName, '<not set>', 'None', 'None'])
  }
  key('AWS_ACCESS_KEY_ID', 'aws_access_key_id', 'access_key')
  key('AWS_SECRET_ACCESS_KEY', 'aws_secret_access_key', 'secret_key')
  const variable = env['AWS_REGION'] !== undefined ? 'AWS_REGION' : 'AWS_DEFAULT_REGION'
  const region = env[variable]
  const inConfig = profile.config.get('region')
  if (region !== undefined) rows.push(['region', region, 'env', `['AWS_REGION', 'AWS_DEFAULT_REGION']`])
  else if (inConfig !== undefined) rows.push(['region', inConfig, 'config-file', '~/.aws/config'])
  else rows.push(['region', '<not set>', 'None', 'None'])
  return rows
    .map(([name = '', value = '', type = '', location = '']) =>
      `${name.padEnd(10)} : ${value.padEnd(24)} : ${type.padEnd(16)} : ${location}`.trimEnd(),
    )
    .join('\n')
    .concat('\n')
}

/** Asks one question after the other; an empty answer leaves a setting as it is. */
function converse(call: Call, name: string, state: Json | undefined): Step {
  const asked = state === undefined ? 0 : Number(state)
  if (state !== undefined) {
    const answer = (call.input ?? '').trim()
    const [setting] = QUESTIONS[asked] ?? ['region']
    if (answer !== '') write(call, name, setting, answer)
  }
  const next = state === undefined ? 0 : asked + 1
  const question = QUESTIONS[next]
  if (!question) return { exit: 0 }
  const [setting, words] = question
  const now = lookUp(call, name, setting)
  const shown = now === undefined ? 'None' : SECRET.has(setting) ? `${'*'.repeat(16)}${now.slice(-4)}` : now
  return { wait: { input: true }, state: next, stdout: `${words} [${shown}]: ` }
}
