import type { DockerImage } from '../image/index.ts'
import { refused } from './problem.ts'

/** One Dockerfile instruction that changes a configuration. */
export function changedConfig(config: DockerImage['config'], line: string): DockerImage['config'] {
  const [, word = '', rest = ''] = /^\s*(\w+)\s+(.*)$/s.exec(line) ?? []
  const list = (): readonly string[] => {
    try {
      const value: unknown = JSON.parse(rest)
      if (Array.isArray(value)) return value.map(String)
    } catch {
      return ['/bin/sh', '-c', rest]
    }
    return ['/bin/sh', '-c', rest]
  }
  const pair = (): readonly [string, string] => {
    const [, name = '', value = ''] = /^([^\s=]+)[\s=]+"?(.*?)"?$/.exec(rest) ?? []
    return [name, value]
  }
  switch (word.toUpperCase()) {
    case 'CMD':
      return { ...config, Cmd: list() }
    case 'ENTRYPOINT':
      return { ...config, Entrypoint: list() }
    case 'ENV': {
      const [name, value] = pair()
      return {
        ...config,
        Env: [...(config.Env ?? []).filter((one) => !one.startsWith(`${name}=`)), `${name}=${value}`],
      }
    }
    case 'EXPOSE':
      return { ...config, ExposedPorts: { ...config.ExposedPorts, [rest.includes('/') ? rest : `${rest}/tcp`]: {} } }
    case 'LABEL': {
      const [name, value] = pair()
      return { ...config, Labels: { ...config.Labels, [name]: value } }
    }
    case 'USER':
      return { ...config, User: rest }
    case 'WORKDIR':
      return { ...config, WorkingDir: rest }
    case 'VOLUME':
      return { ...config, Volumes: { ...config.Volumes, [rest]: {} } }
    case 'STOPSIGNAL':
      return { ...config, StopSignal: rest }
    default:
      throw refused(`${word.toLowerCase()} is not a valid change command`)
  }
}
