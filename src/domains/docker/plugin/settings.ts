import type { PluginConfig, PluginDevice, PluginMount } from './pluginConfig.ts'

/** What a plugin is run with: its author's defaults, changed by `docker plugin set`. */
export interface PluginSettings {
  readonly mounts: readonly PluginMount[]
  readonly devices: readonly PluginDevice[]
  /** `NAME=value` each. */
  readonly env: readonly string[]
  readonly args: readonly string[]
}

export function defaultSettings(config: PluginConfig): PluginSettings {
  return {
    mounts: config.mounts,
    devices: config.devices,
    env: config.env.map(({ name, value }) => `${name}=${value}`),
    args: config.args.value,
  }
}

/** Settings after `NAME[.FIELD]=VALUE` each, or the engine's complaint. Models: moby daemon/pkg/plugin/v2 settable.go and plugin.go Set */
export function changeSettings(
  config: PluginConfig,
  settings: PluginSettings,
  changes: readonly string[],
): PluginSettings | string {
  let now = settings
  for (const text of changes) {
    const change = readChange(text)
    if (typeof change === 'string') return change
    const answer = changed(config, now, change)
    if (typeof answer === 'string') return answer
    now = answer
  }
  return now
}

interface Change {
  readonly name: string
  readonly field: string
  readonly value: string
}

function readChange(text: string): Change | string {
  const cut = text.indexOf('=')
  const [name = '', field = '', ...more] = (cut < 0 ? text : text.slice(0, cut)).split('.')
  if (name === '' || more.length > 0 || text.startsWith('=')) return `invalid plugin setting ${JSON.stringify(text)}`
  return { name, field, value: cut < 0 ? '' : text.slice(cut + 1) }
}

function changed(config: PluginConfig, settings: PluginSettings, change: Change): PluginSettings | string {
  const { name, value } = change
  const variable = config.env.find((one) => one.name === name)
  if (variable) {
    const problem = refusal(change, ['value'], variable.settable)
    if (problem !== undefined) return problem
    return { ...settings, env: [...settings.env.filter((one) => !one.startsWith(`${name}=`)), `${name}=${value}`] }
  }
  const mount = config.mounts.find((one) => one.name === name)
  if (mount) {
    const problem = refusal(change, ['source'], mount.settable)
    if (problem !== undefined) return problem
    return { ...settings, mounts: settings.mounts.map((one) => (one.name === name ? { ...one, source: value } : one)) }
  }
  const device = config.devices.find((one) => one.name === name)
  if (device) {
    const problem = refusal(change, ['path'], device.settable)
    if (problem !== undefined) return problem
    return { ...settings, devices: settings.devices.map((one) => (one.name === name ? { ...one, path: value } : one)) }
  }
  if (config.args.name === name) {
    const problem = refusal(change, ['value'], config.args.settable)
    return problem ?? { ...settings, args: value.split(' ') }
  }
  return `setting "${name}" not found in the plugin configuration`
}

/** Why a field must not be set: fields of its kind that can be, and those that the author allows. */
function refusal({ name, field }: Change, allowed: readonly string[], settable: readonly string[]): string | undefined {
  const shown = field === '' ? name : `${name}.${field}`
  const wanted = field === '' ? settable[0] : field
  return wanted === undefined || !allowed.includes(wanted) || !settable.includes(wanted)
    ? `"${shown}" is not settable`
    : undefined
}
