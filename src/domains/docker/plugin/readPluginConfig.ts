import type { PluginConfig } from './pluginConfig.ts'

type Json = { readonly [key: string]: unknown }

/** The configuration of a plugin in `config.json`, with its names in lower case or as the API shows them; what is absent is empty. Models: moby api/types/plugin Config */
export function readPluginConfig(value: unknown): PluginConfig {
  const config = named(value)
  const linux = named(config.linux)
  const face = named(config.interface)
  const network = text(named(config.network).type)
  const [type = 'docker.volumedriver/1.0'] = texts(face.types)
  return {
    description: text(config.description),
    documentation: text(config.documentation),
    capability: /^(?:docker\.)?([^/]+)/.exec(type)?.[1] ?? 'volumedriver',
    socket: text(face.socket),
    entrypoint: texts(config.entrypoint),
    network: network === 'host' || network === 'bridge' ? network : 'none',
    mounts: list(config.mounts).map((one) => ({
      name: text(one.name),
      description: text(one.description),
      source: typeof one.source === 'string' ? one.source : null,
      destination: text(one.destination),
      type: text(one.type) === 'tmpfs' ? 'tmpfs' : 'bind',
      options: texts(one.options),
      settable: texts(one.settable),
    })),
    devices: list(linux.devices).map((one) => ({
      name: text(one.name),
      description: text(one.description),
      path: text(one.path),
      settable: texts(one.settable),
    })),
    allDevices: linux.allowalldevices === true,
    capabilities: texts(linux.capabilities),
    env: list(config.env).map((one) => ({
      name: text(one.name),
      description: text(one.description),
      value: text(one.value),
      settable: texts(one.settable),
    })),
    args: {
      name: text(named(config.args).name),
      description: text(named(config.args).description),
      value: texts(named(config.args).value),
      settable: texts(named(config.args).settable),
    },
  }
}

/** An object with its keys in lower case: Go reads JSON without regard to case. */
function named(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toLowerCase(), one as unknown]))
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(named) : []
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
