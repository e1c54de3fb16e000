import type { Command } from '../cli/command.ts'
import { filtersOf } from '../cli/filters.ts'
import { formatRows, jsonText, render, unescaped } from '../cli/format.ts'
import { type Problem, refused } from '../cli/problem.ts'
import { findPlugin, pluginHex, pluginsOn } from './plugin.ts'
import { pluginObject } from './pluginObject.ts'

/** Models: docker/cli cli/command/plugin/list.go and formatter.go */
export const listPlugins: Command = {
  path: 'plugin ls',
  aliases: ['plugin list'],
  summary: 'List plugins',
  usage: '[OPTIONS]',
  args: [0, 0],
  flags: [
    { name: 'filter', short: 'f', type: 'filter', says: 'Provide filter values (e.g. "enabled=true")' },
    { name: 'format', type: 'string', says: 'Format output using a custom template' },
    { name: 'no-trunc', says: "Don't truncate output" },
    { name: 'quiet', short: 'q', says: 'Only display plugin IDs' },
  ],
  run(ask) {
    const filters = filtersOf(ask, ['capability', 'enabled'])
    const enabled = filters.get('enabled')
    for (const value of enabled ?? [])
      if (!/^(?:true|false|1|0)$/i.test(value)) throw refused(`invalid filter 'enabled=[${value}]'`)
    const whole = ask.flag('no-trunc')
    const rows = pluginsOn(ask.world, ask.engine)
      .filter(
        ({ state, config }) =>
          (enabled?.some((value) => /^(?:true|1)$/i.test(value) === (state === 'Enabled')) ?? true) &&
          (filters.get('capability')?.every((value) => value === config.capability) ?? true),
      )
      .map((plugin) => {
        const { description } = plugin.config
        return {
          ID: whole ? pluginHex(plugin) : pluginHex(plugin).slice(0, 12),
          Name: plugin.name,
          Description: whole || description.length <= 45 ? description : `${description.slice(0, 44)}…`,
          Enabled: plugin.state === 'Enabled',
          PluginReference: `docker.io/${plugin.reference}`,
        }
      })
    if (ask.flag('quiet')) for (const row of rows) ask.out(`${row.ID}\n`)
    else
      ask.out(
        formatRows(
          rows,
          [
            ['ID', 'ID'],
            ['NAME', 'Name'],
            ['DESCRIPTION', 'Description'],
            ['ENABLED', 'Enabled'],
          ],
          { Description: 'DESCRIPTION', Enabled: 'ENABLED', PluginReference: 'PLUGIN REFERENCE' },
          ask.text('format'),
        ),
      )
    return { exit: 0 }
  },
}

/** Models: docker/cli cli/command/plugin/inspect.go */
export const inspectPlugin: Command = {
  path: 'plugin inspect',
  summary: 'Display detailed information on one or more plugins',
  usage: '[OPTIONS] PLUGIN [PLUGIN...]',
  args: [1, Number.POSITIVE_INFINITY],
  flags: [{ name: 'format', short: 'f', type: 'string', says: 'Format output using a custom template' }],
  run(ask) {
    const objects: Readonly<Record<string, unknown>>[] = []
    const problems: Problem[] = []
    for (const text of ask.args) {
      const found = findPlugin(ask.world, ask.engine, text)
      if (found && found !== 'many') objects.push(pluginObject(found))
      else problems.push(refused(found ? `multiple plugins found for "${text}"` : `plugin "${text}" not found`))
    }
    const format = ask.text('format')
    if (format === undefined) ask.out(`${objects.length === 0 ? '[]' : JSON.stringify(objects, undefined, 4)}\n`)
    else if (format === 'json') ask.out(`${jsonText(objects)}\n`)
    else for (const object of objects) ask.out(`${render(unescaped(format), object)}\n`)
    for (const { message } of problems) ask.err(`${message}\n`)
    return { exit: problems.length > 0 ? 1 : 0 }
  },
}
