/** What the author of a plugin declares. Models: moby api/types/plugin Config */
export interface PluginConfig {
  readonly description: string
  readonly documentation: string
  /** What it can do: `volumedriver`, `logdriver`, `networkdriver`. */
  readonly capability: string
  readonly socket: string
  readonly entrypoint: readonly string[]
  /** `host`, or `none` for a plugin without network. */
  readonly network: 'host' | 'bridge' | 'none'
  readonly mounts: readonly PluginMount[]
  readonly devices: readonly PluginDevice[]
  readonly allDevices: boolean
  readonly capabilities: readonly string[]
  readonly env: readonly PluginVariable[]
  readonly args: PluginArguments
}

export interface PluginMount {
  readonly name: string
  readonly description: string
  /** Where it is on the host; null when it needs nothing of the host. */
  readonly source: string | null
  readonly destination: string
  readonly type: 'bind' | 'tmpfs'
  readonly options: readonly string[]
  readonly settable: readonly string[]
}

export interface PluginDevice {
  readonly name: string
  readonly description: string
  readonly path: string
  readonly settable: readonly string[]
}

export interface PluginVariable {
  readonly name: string
  readonly description: string
  readonly value: string
  readonly settable: readonly string[]
}

export interface PluginArguments {
  readonly name: string
  readonly description: string
  readonly value: readonly string[]
  readonly settable: readonly string[]
}

/** What a plugin wants of its host, in the order in which docker asks for it. Models: moby daemon/pkg/plugin computePrivileges */
export function privilegesOf(config: PluginConfig): readonly { readonly name: string; readonly value: string }[] {
  const { network, mounts, devices, allDevices, capabilities } = config
  return [
    ...(network === 'host' ? [{ name: 'network', value: '[host]' }] : []),
    ...mounts.flatMap(({ source }) => (source === null ? [] : [{ name: 'mount', value: `[${source}]` }])),
    ...devices.map(({ path }) => ({ name: 'device', value: `[${path}]` })),
    ...(allDevices ? [{ name: 'allow-all-devices', value: '[true]' }] : []),
    ...(capabilities.length > 0 ? [{ name: 'capabilities', value: `[${capabilities.join(' ')}]` }] : []),
  ]
}
