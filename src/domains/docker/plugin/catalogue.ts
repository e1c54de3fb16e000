import type { PluginConfig } from './pluginConfig.ts'

/** The plugins that Docker Hub has here, by their names without a tag: those of Docker's own documentation and a few well-known ones. */
export const PLUGINS: Readonly<Record<string, PublishedPlugin>> = {
  'vieux/sshfs': {
    tags: ['latest', 'next'],
    config: {
      description: 'sshFS plugin for Docker',
      documentation: 'https://docs.docker.com/engine/extend/plugins/',
      capability: 'volumedriver',
      socket: 'sshfs.sock',
      entrypoint: ['/docker-volume-sshfs'],
      network: 'host',
      mounts: [],
      devices: [{ name: '', description: '', path: '/dev/fuse', settable: [] }],
      allDevices: false,
      capabilities: ['CAP_SYS_ADMIN'],
      env: [{ name: 'DEBUG', description: '', value: '0', settable: ['value'] }],
      args: { name: '', description: '', value: [], settable: [] },
    },
  },
  'tiborvass/sample-volume-plugin': {
    tags: ['latest'],
    config: {
      description: 'A test plugin for Docker',
      documentation: 'https://docs.docker.com/engine/extend/plugins/',
      capability: 'volumedriver',
      socket: 'plugins.sock',
      entrypoint: ['plugin-sample-volume-plugin', '/data'],
      network: 'host',
      mounts: [
        {
          name: '',
          description: '',
          source: '/data',
          destination: '/data',
          type: 'bind',
          options: ['shared', 'rbind'],
          settable: [],
        },
        { name: '', description: '', source: null, destination: '/foobar', type: 'tmpfs', options: [], settable: [] },
      ],
      devices: [
        { name: 'device', description: 'a host device to mount', path: '/dev/cpu_dma_latency', settable: ['path'] },
      ],
      allDevices: false,
      capabilities: [],
      env: [{ name: 'DEBUG', description: 'If set, prints debug messages', value: '0', settable: ['value'] }],
      args: { name: 'args', description: 'command line arguments', value: [], settable: ['value'] },
    },
  },
  'grafana/loki-docker-driver': {
    tags: ['latest'],
    config: {
      description: 'Loki Logging Driver',
      documentation: 'https://github.com/grafana/loki',
      capability: 'logdriver',
      socket: 'loki.sock',
      entrypoint: ['/bin/docker-driver'],
      network: 'host',
      mounts: [],
      devices: [],
      allDevices: false,
      capabilities: [],
      env: [
        {
          name: 'LOG_LEVEL',
          description: 'Set log level to output for plugin logs',
          value: 'info',
          settable: ['value'],
        },
      ],
      args: { name: '', description: '', value: [], settable: [] },
    },
  },
}

/** A plugin as a registry has it. */
export interface PublishedPlugin {
  readonly tags: readonly string[]
  readonly config: PluginConfig
}
