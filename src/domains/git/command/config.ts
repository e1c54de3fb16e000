import { resolvePath } from '../../../shell/index.ts'
import { type Config, normalKey, parseConfig, withoutSection, withSetting } from '../work/config.ts'
import type { Ask } from './ask.ts'
import type { Command } from './command.ts'
import { flags } from './flags.ts'
import { die, Problem, refuse } from './problem.ts'

/** Models: git builtin/config.c, with the subcommands of git 2.46 and the options from before. */
export const config: Command = {
  name: 'config',
  summary: 'Get and set repository or global options',
  usage: [
    'git config list [<file-option>] [<display-option>]',
    'git config get [<options>] <name>',
    'git config set [<options>] <name> <value>',
    'git config unset [<options>] <name>',
  ],
  place: 'anywhere',
  flags: flags(`
    global | use global config file
    system | accepted
    local | use repository config file
    f,file=<file> | use given config file
    get | get value
    get-all | get all values
    get-regexp | get values for regexp
    add | add a new variable
    append | add a new line without altering any existing values
    unset | remove a variable
    unset-all | remove all matches
    all | all values
    replace-all | replace all matching variables
    remove-section | remove a section
    rename-section | rename section
    l,list | list all
    e,edit | open an editor
    show-origin | show origin of config
    show-scope | show scope of config
    name-only | show variable names only
    bool | value is "true" or "false"
    int | value is decimal number
    path | value is a path
    type=<type> | value is given this type
    default=<value> | with get, use default value when missing entry
    z,null | terminate values with NUL byte
  `),
  run(ask) {
    const [first, ...others] = ask.args
    const sub =
      first !== undefined && ['list', 'get', 'set', 'unset', 'edit', 'remove-section', 'rename-section'].includes(first)
        ? first
        : undefined
    const words = sub === undefined ? ask.args : others
    if (sub === 'list' || ask.flag('list')) {
      for (const [key, value] of readable(ask).list()) ask.out(ask.flag('name-only') ? `${key}\n` : `${key}=${value}\n`)
      return 0
    }
    if (sub === 'edit' || ask.flag('edit')) {
      const path = fileOf(ask)
      if (!ask.files.exists(path)) ask.files.write(path, '')
      return { edit: path, next: null }
    }
    if (
      sub === 'remove-section' ||
      ask.flag('remove-section') ||
      sub === 'rename-section' ||
      ask.flag('rename-section')
    ) {
      const [section = '', renamed] = words
      const text = textOf(ask, fileOf(ask))
      const fresh = withoutSection(text, section, renamed)
      if (fresh === text) die(`no such section: ${section}`)
      ask.files.write(fileOf(ask), fresh)
      return 0
    }
    const [key, value] = words
    if (key === undefined) throw new Problem(ask.usage.trimEnd(), 129)
    if (ask.flag('get-regexp')) return matching(ask, key)
    if (!key.includes('.')) refuse(`key does not contain a section: ${key}`)
    if (!/\.[A-Za-z][\w-]*$/.test(key)) refuse(`invalid key: ${key}`)
    if (sub === 'unset' || ask.flag('unset') || ask.flag('unset-all')) return set(ask, key, undefined)
    if (
      sub === 'get' ||
      ask.flag('get') ||
      ask.flag('get-all') ||
      (sub === undefined && value === undefined && !ask.flag('add'))
    )
      return get(ask, key, sub === 'get' && ask.flag('all'))
    if (value === undefined)
      throw new Problem(`error: wrong number of arguments, should be 2\n${ask.usage.trimEnd()}`, 129)
    return set(ask, key, value)
  },
  resume: () => 0,
}

function readable(ask: Ask): Config {
  if (ask.flag('global') || ask.flag('local') || ask.value('file') !== undefined)
    return parseConfig(textOf(ask, fileOf(ask), ask.flag('global') && !ask.files.exists(fileOf(ask))))
  return ask.config
}

function get(ask: Ask, key: string, all: boolean): number {
  const values = readable(ask).all(key)
  const found = all || ask.flag('get-all') ? values : values.slice(-1)
  const shown = found.length > 0 ? found : ask.list('default')
  if (shown.length === 0) return 1
  const asBool = ask.flag('bool') || ask.value('type') === 'bool'
  for (const value of shown) ask.out(`${asBool ? String(/^(true|yes|on|1)$/i.test(value)) : value}\n`)
  return 0
}

function matching(ask: Ask, pattern: string): number {
  const found = readable(ask)
    .list()
    .filter(([key]) => new RegExp(pattern).test(key))
  for (const [key, value] of found) ask.out(ask.flag('name-only') ? `${key}\n` : `${key} ${value}\n`)
  return found.length > 0 ? 0 : 1
}

function set(ask: Ask, key: string, value: string | undefined): number {
  const path = fileOf(ask)
  const text = textOf(ask, path)
  if (value === undefined && parseConfig(text).get(key) === undefined) return 5
  if (
    value !== undefined &&
    !ask.flag('add') &&
    !ask.flag('append') &&
    !ask.flag('replace-all') &&
    !ask.flag('all') &&
    parseConfig(text).all(key).length > 1
  ) {
    ask.err(
      `warning: ${normalKey(key)} has multiple values\nerror: cannot overwrite multiple values with a single value\n       Use a regexp, --add or --replace-all to change ${key}.\n`,
    )
    return 5
  }
  ask.files.write(path, withSetting(text, key, value, ask.flag('add') || ask.flag('append')))
  return 0
}

function fileOf(ask: Ask): string {
  const file = ask.value('file')
  if (file !== undefined) return ask.path(file)
  if (ask.flag('global')) return resolvePath(ask.call.env['HOME'] ?? '/', '.gitconfig')
  if (!ask.hasRepo) die('not in a git directory')
  return `${ask.repo.gitDir}/config`
}

function textOf(ask: Ask, path: string, must = false): string {
  const read = ask.files.read(path)
  if ('text' in read) return read.text
  return must ? die(`unable to read config file '${path}': No such file or directory`) : ''
}
