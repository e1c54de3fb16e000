import { type Plugin, pluginHex } from './plugin.ts'
import type { PluginDevice, PluginMount } from './pluginConfig.ts'

/** A plugin as `docker plugin inspect` shows it. Models: moby api/types/plugin Plugin */
export function pluginObject(plugin: Plugin): Readonly<Record<string, unknown>> {
  const { config, settings } = plugin
  return {
    Config: {
      Args: {
        Description: config.args.description,
        Name: config.args.name,
        Settable: some(config.args.settable),
        Value: some(config.args.value),
      },
      Description: config.description,
      Documentation: config.documentation,
      Entrypoint: config.entrypoint,
      Env: config.env.map(({ name, description, value, settable }) => ({
        Description: description,
        Name: name,
        Settable: some(settable),
        Value: value,
      })),
      Interface: { Socket: config.socket, Types: [`docker.${config.capability}/1.0`] },
      IpcHost: false,
      Linux: {
        AllowAllDevices: config.allDevices,
        Capabilities: some(config.capabilities),
        Devices: some(config.devices.map(deviceObject)),
      },
      Mounts: some(config.mounts.map(mountObject)),
      Network: { Type: config.network },
      PidHost: false,
      PropagatedMount: '',
      User: {},
      WorkDir: '',
    },
    Enabled: plugin.state === 'Enabled',
    Id: pluginHex(plugin),
    Name: plugin.name,
    PluginReference: `docker.io/${plugin.reference}`,
    Settings: {
      Args: settings.args,
      Devices: settings.devices.map(deviceObject),
      Env: settings.env,
      Mounts: settings.mounts.map(mountObject),
    },
  }
}

function some<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list
}

function mountObject(mount: PluginMount): Readonly<Record<string, unknown>> {
  return {
    Description: mount.description,
    Destination: mount.destination,
    Name: mount.name,
    Options: some(mount.options),
    Settable: some(mount.settable),
    Source: mount.source,
    Type: mount.type,
  }
}

function deviceObject(device: PluginDevice): Readonly<Record<string, unknown>> {
  return {
    Description: device.description,
    Name: device.name,
    Path: device.path,
    Settable: some(device.settable),
  }
}
