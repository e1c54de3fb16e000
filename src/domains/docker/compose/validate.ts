import { isShape, list, type Shape, shape } from './shape.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

const TOP = words('version name include services models networks volumes secrets configs')
const SERVICE = words(`
annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent cpu_period
cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns
dns_opt dns_search domainname entrypoint env_file environment expose extends external_links extra_hosts gpus group_add healthcheck hostname
image init ipc isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models
network_mode networks oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged profiles provider pull_policy
pull_refresh_after read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty
ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir`)
const BUILD = words(`
additional_contexts args cache_from cache_to context dockerfile dockerfile_inline entitlements extra_hosts isolation labels network no_cache platforms
privileged provenance pull sbom secrets shm_size ssh tags target ulimits`)
const HEALTH = words('disable interval retries test timeout start_period start_interval')
const DEPLOY = words(
  'mode endpoint_mode replicas labels rollback_config update_config resources restart_policy placement',
)
const NETWORK = words('name driver driver_opts ipam external internal enable_ipv4 enable_ipv6 attachable labels')
const VOLUME = words('name driver driver_opts external labels')
const SECRET = words('name environment file external labels driver driver_opts template_driver')
const CONFIG = words('name content environment file external labels template_driver')
const PORT = words('name mode host_ip target published protocol app_protocol')
const MOUNT = words('type source target read_only consistency bind volume tmpfs image')

/**
 * What compose's own schema refuses in a file, in its words; undefined when it takes it.
 * Models: compose-spec schema/compose-spec.json as compose-go reports it
 */
export function schemaProblem(file: unknown): string | undefined {
  if (!isShape(file)) return '(root) must be a mapping'
  const foreign = extra(file, TOP)
  if (foreign !== undefined) return `(root) additional properties '${foreign}' not allowed`
  for (const part of ['services', 'networks', 'volumes', 'secrets', 'configs'])
    if (file[part] !== undefined && file[part] !== null && !isShape(file[part])) return `${part} must be a mapping`
  for (const [name, service] of Object.entries(shape(file.services))) {
    if (!/^[a-zA-Z0-9._-]+$/.test(name)) return `services additional properties '${name}' not allowed`
    const problem = serviceProblem(service, `services.${name}`)
    if (problem !== undefined) return problem
  }
  for (const [part, known] of [
    ['networks', NETWORK],
    ['volumes', VOLUME],
    ['secrets', SECRET],
    ['configs', CONFIG],
  ] as const)
    for (const [name, value] of Object.entries(shape(file[part]))) {
      if (value === null) continue
      if (!isShape(value)) return `${part}.${name} must be a mapping`
      const other = extra(value, known)
      if (other !== undefined) return `${part}.${name} additional properties '${other}' not allowed`
    }
  return undefined
}

function serviceProblem(service: unknown, at: string): string | undefined {
  if (service === null) return undefined
  if (!isShape(service)) return `${at} must be a mapping`
  const foreign = extra(service, SERVICE)
  if (foreign !== undefined) return `${at} additional properties '${foreign}' not allowed`
  for (const key of [
    'image',
    'container_name',
    'hostname',
    'network_mode',
    'working_dir',
    'restart',
    'platform',
    'stop_signal',
    'stop_grace_period',
  ])
    if (service[key] !== undefined && service[key] !== null && typeof service[key] !== 'string')
      return `${at}.${key} must be a string`
  for (const key of [
    'ports',
    'volumes',
    'expose',
    'profiles',
    'cap_add',
    'cap_drop',
    'devices',
    'links',
    'external_links',
    'security_opt',
    'group_add',
  ])
    if (service[key] !== undefined && service[key] !== null && !Array.isArray(service[key]))
      return `${at}.${key} must be a array`
  for (const key of ['privileged', 'tty', 'stdin_open', 'read_only', 'init'])
    if (
      service[key] !== undefined &&
      service[key] !== null &&
      typeof service[key] !== 'boolean' &&
      !/^(true|false)$/.test(String(service[key]))
    )
      return `${at}.${key} must be a boolean`
  for (const key of ['environment', 'labels', 'networks', 'depends_on'])
    if (service[key] !== undefined && service[key] !== null && typeof service[key] !== 'object')
      return `${at}.${key} must be a mapping`
  return (
    below(service.build, BUILD, `${at}.build`) ??
    below(service.healthcheck, HEALTH, `${at}.healthcheck`) ??
    below(service.deploy, DEPLOY, `${at}.deploy`) ??
    each(service.ports, PORT, `${at}.ports`) ??
    each(service.volumes, MOUNT, `${at}.volumes`) ??
    dependencies(service, at)
  )
}

function dependencies(service: Shape, at: string): string | undefined {
  for (const [name, value] of Object.entries(shape(service.depends_on))) {
    if (value === null) continue
    if (!isShape(value)) return `${at}.depends_on.${name} must be a mapping`
    const condition = value.condition
    if (
      condition !== undefined &&
      !['service_started', 'service_healthy', 'service_completed_successfully'].includes(String(condition))
    )
      return `${at}.depends_on.${name}.condition must be one of 'service_started', 'service_healthy', 'service_completed_successfully'`
  }
  return undefined
}

function below(value: unknown, known: ReadonlySet<string>, at: string): string | undefined {
  if (!isShape(value)) return undefined
  const foreign = extra(value, known)
  return foreign === undefined ? undefined : `${at} additional properties '${foreign}' not allowed`
}

function each(value: unknown, known: ReadonlySet<string>, at: string): string | undefined {
  for (const [i, one] of list(value).entries()) {
    const problem = below(one, known, `${at}[${i}]`)
    if (problem !== undefined) return problem
  }
  return undefined
}

function extra(value: Shape, known: ReadonlySet<string>): string | undefined {
  return Object.keys(value).find((key) => !known.has(key) && !key.startsWith('x-'))
}
