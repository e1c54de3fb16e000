import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'

/** One check of the pod security standards: what it forbids of a pod, or nothing. */
export interface PodCheck {
  readonly id: string
  readonly level: 'baseline' | 'restricted'
  /** Minor release since which the check is made. */
  readonly since: number
  /** A check of the baseline that this one makes needless. */
  readonly overrides?: string
  readonly forbids: (metadata: Loose, spec: Loose) => Forbidden | undefined
}

/** Why a pod is forbidden, and what of it. */
export interface Forbidden {
  readonly reason: string
  readonly detail: string
}

/** Every container of a pod, those before the others first. */
function containersOf(spec: Loose): readonly Loose[] {
  return [
    ...objectsAt(spec, 'initContainers'),
    ...objectsAt(spec, 'containers'),
    ...objectsAt(spec, 'ephemeralContainers'),
  ]
}

function named(containers: readonly Loose[]): string {
  return `${plural('container', containers.length)} ${quoted(containers.map((one) => textAt(one, 'name')))}`
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ')
}

function sorted(words: Iterable<string>): readonly string[] {
  return [...new Set(words)].sort()
}

function textsAt(value: Loose, ...path: readonly string[]): readonly string[] {
  const list = valueAt(value, ...path)
  return Array.isArray(list) ? list.map(String) : []
}

function isWindows(spec: Loose): boolean {
  return textAt(spec, 'os', 'name') === 'windows'
}

function usersApart(spec: Loose): boolean {
  return valueAt(spec, 'hostUsers') === false
}

/** `pod`, `containers "a", "b"`, or both: who sets something. */
function setters(pod: boolean, containers: readonly Loose[]): readonly string[] {
  return [...(pod ? ['pod'] : []), ...(containers.length > 0 ? [named(containers)] : [])]
}

const CAPABILITIES = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
)

const SYSCTLS = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
])

const SELINUX_TYPES = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'])

const VOLUMES = new Set(
  'configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret'.split(' '),
)

const appArmor = (type: string): boolean => type === '' || type === 'RuntimeDefault' || type === 'Localhost'
const seccomp = appArmor

/** All checks, in the order in which their complaints are told. Models: k8s.io/pod-security-admission/policy */
export const POD_CHECKS: readonly PodCheck[] = [
  {
    id: 'appArmorProfile',
    level: 'baseline',
    since: 0,
    forbids(metadata, spec) {
      const typeOf = (one: Loose): string => textAt(one, 'securityContext', 'appArmorProfile', 'type')
      const bad = containersOf(spec).filter((one) => !appArmor(typeOf(one)))
      const annotations = Object.entries(objectAt(metadata, 'annotations') ?? {})
        .filter(([key]) => key.startsWith('container.apparmor.security.beta.kubernetes.io/'))
        .filter(([, value]) => value !== '' && value !== 'runtime/default' && !String(value).startsWith('localhost/'))
        .map(([key, value]) => `${key}="${value}"`)
        .sort()
      const pod = !appArmor(typeOf(spec))
      const who = [...setters(pod, bad), ...(annotations.length > 0 ? [plural('annotation', annotations.length)] : [])]
      if (who.length === 0) return undefined
      const values = [...sorted([...(pod ? [typeOf(spec)] : []), ...bad.map(typeOf)]), ...annotations]
      return {
        reason: plural('forbidden AppArmor profile', values.length),
        detail: `${who.join(' and ')} must not set AppArmor profile type to ${quoted(values)}`,
      }
    },
  },
  {
    id: 'capabilities_baseline',
    level: 'baseline',
    since: 0,
    forbids(_metadata, spec) {
      const added = (one: Loose): readonly string[] =>
        textsAt(one, 'securityContext', 'capabilities', 'add').filter((name) => !CAPABILITIES.has(name))
      const bad = containersOf(spec).filter((one) => added(one).length > 0)
      if (bad.length === 0) return undefined
      const detail = `${named(bad)} must not include ${quoted(sorted(bad.flatMap(added)))} in securityContext.capabilities.add`
      return { reason: 'non-default capabilities', detail }
    },
  },
  {
    id: 'hostNamespaces',
    level: 'baseline',
    since: 0,
    forbids(_metadata, spec) {
      const shared = ['hostNetwork', 'hostPID', 'hostIPC'].filter((name) => spec[name] === true)
      if (shared.length === 0) return undefined
      return { reason: 'host namespaces', detail: shared.map((name) => `${name}=true`).join(', ') }
    },
  },
  {
    id: 'hostPathVolumes',
    level: 'baseline',
    since: 0,
    forbids(_metadata, spec) {
      const names = objectsAt(spec, 'volumes')
        .filter((volume) => volume.hostPath !== undefined)
        .map((volume) => textAt(volume, 'name'))
      if (names.length === 0) return undefined
      return { reason: 'hostPath volumes', detail: `${plural('volume', names.length)} ${quoted(names)}` }
    },
  },
  {
    id: 'hostPorts',
    level: 'baseline',
    since: 0,
    forbids(_metadata, spec) {
      const taken = (one: Loose): readonly string[] =>
        objectsAt(one, 'ports').flatMap((port) => (port.hostPort ? [String(port.hostPort)] : []))
      const bad = containersOf(spec).filter((one) => taken(one).length > 0)
      if (bad.length === 0) return undefined
      const ports = sorted(bad.flatMap(taken))
      const uses = bad.length === 1 ? 'uses' : 'use'
      return {
        reason: 'hostPort',
        detail: `${named(bad)} ${uses} ${plural('hostPort', ports.length)} ${ports.join(', ')}`,
      }
    },
  },
  {
    id: 'hostProbesAndHostLifecycle',
    level: 'baseline',
    since: 34,
    forbids(_metadata, spec) {
      const hosts = (one: Loose): readonly string[] =>
        [
          objectAt(one, 'livenessProbe'),
          objectAt(one, 'readinessProbe'),
          objectAt(one, 'startupProbe'),
          objectAt(one, 'lifecycle', 'postStart'),
          objectAt(one, 'lifecycle', 'preStop'),
        ]
          .flatMap((handler) => [textAt(handler, 'httpGet', 'host'), textAt(handler, 'tcpSocket', 'host')])
          .filter((host) => host !== '')
      const bad = containersOf(spec).filter((one) => hosts(one).length > 0)
      if (bad.length === 0) return undefined
      const all = sorted(bad.flatMap(hosts))
      const names = sorted(bad.map((one) => textAt(one, 'name')))
      const who = `${plural('container', bad.length)} ${quoted(names)} ${bad.length === 1 ? 'uses' : 'use'}`
      return {
        reason: 'probe or lifecycle host',
        detail: `${who} ${plural('probe or lifecycle host', all.length)} ${quoted(all)}`,
      }
    },
  },
  {
    id: 'privileged',
    level: 'baseline',
    since: 0,
    forbids(_metadata, spec) {
      const bad = containersOf(spec).filter((one) => valueAt(one, 'securityContext', 'privileged') === true)
      if (bad.length === 0) return undefined
      return { reason: 'privileged', detail: `${named(bad)} must not set securityContext.privileged=true` }
    },
  },
  {
    id: 'procMount',
    level: 'baseline',
    since: 0,
    forbids(_metadata, spec) {
      if (usersApart(spec)) return undefined
      const mountOf = (one: Loose): string => textAt(one, 'securityContext', 'procMount')
      const bad = containersOf(spec).filter((one) => mountOf(one) !== '' && mountOf(one) !== 'Default')
      if (bad.length === 0) return undefined
      const detail = `${named(bad)} must not set securityContext.procMount to ${quoted(sorted(bad.map(mountOf)))}`
      return { reason: 'procMount', detail }
    },
  },
  {
    id: 'seLinuxOptions',
    level: 'baseline',
    since: 0,
    forbids(_metadata, spec) {
      const optionsOf = (one: Loose): Loose => objectAt(one, 'securityContext', 'seLinuxOptions') ?? {}
      const isBad = (one: Loose): boolean => {
        const options = optionsOf(one)
        return !SELINUX_TYPES.has(textAt(options, 'type')) || Boolean(options.user) || Boolean(options.role)
      }
      const bad = containersOf(spec).filter(isBad)
      const pod = isBad(spec)
      if (!pod && bad.length === 0) return undefined
      const all = [...(pod ? [spec] : []), ...bad].map(optionsOf)
      const types = sorted(all.map((one) => textAt(one, 'type')).filter((type) => !SELINUX_TYPES.has(type)))
      const data = [
        ...(types.length > 0 ? [`${plural('type', types.length)} ${quoted(types)}`] : []),
        ...(all.some((one) => one.user) ? ['user may not be set'] : []),
        ...(all.some((one) => one.role) ? ['role may not be set'] : []),
      ]
      const who = setters(pod, bad).join(' and ')
      return {
        reason: 'seLinuxOptions',
        detail: `${who} set forbidden securityContext.seLinuxOptions: ${data.join('; ')}`,
      }
    },
  },
  {
    id: 'seccompProfile_baseline',
    level: 'baseline',
    since: 0,
    forbids: (_metadata, spec) => wrongSeccomp(spec),
  },
  {
    id: 'sysctls',
    level: 'baseline',
    since: 0,
    forbids(_metadata, spec) {
      const names = objectsAt(spec, 'securityContext', 'sysctls')
        .map((one) => textAt(one, 'name'))
        .filter((name) => !SYSCTLS.has(name))
      return names.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: names.join(', ') }
    },
  },
  {
    id: 'windowsHostProcess',
    level: 'baseline',
    since: 0,
    forbids(_metadata, spec) {
      const isHost = (one: Loose): boolean => valueAt(one, 'securityContext', 'windowsOptions', 'hostProcess') === true
      const who = setters(isHost(spec), containersOf(spec).filter(isHost))
      if (who.length === 0) return undefined
      const detail = `${who.join(' and ')} must not set securityContext.windowsOptions.hostProcess=true`
      return { reason: 'hostProcess', detail }
    },
  },
  {
    id: 'allowPrivilegeEscalation',
    level: 'restricted',
    since: 8,
    forbids(_metadata, spec) {
      if (isWindows(spec)) return undefined
      const bad = containersOf(spec).filter(
        (one) => valueAt(one, 'securityContext', 'allowPrivilegeEscalation') !== false,
      )
      if (bad.length === 0) return undefined
      const detail = `${named(bad)} must set securityContext.allowPrivilegeEscalation=false`
      return { reason: 'allowPrivilegeEscalation != false', detail }
    },
  },
  {
    id: 'capabilities_restricted',
    level: 'restricted',
    since: 22,
    overrides: 'capabilities_baseline',
    forbids(_metadata, spec) {
      if (isWindows(spec)) return undefined
      const all = containersOf(spec)
      const keeping = all.filter((one) => !textsAt(one, 'securityContext', 'capabilities', 'drop').includes('ALL'))
      const added = (one: Loose): readonly string[] =>
        textsAt(one, 'securityContext', 'capabilities', 'add').filter((name) => name !== 'NET_BIND_SERVICE')
      const adding = all.filter((one) => added(one).length > 0)
      const details = [
        ...(keeping.length > 0 ? [`${named(keeping)} must set securityContext.capabilities.drop=["ALL"]`] : []),
        ...(adding.length > 0
          ? [
              `${named(adding)} must not include ${quoted(sorted(adding.flatMap(added)))} in securityContext.capabilities.add`,
            ]
          : []),
      ]
      return details.length === 0 ? undefined : { reason: 'unrestricted capabilities', detail: details.join('; ') }
    },
  },
  {
    id: 'restrictedVolumes',
    level: 'restricted',
    since: 0,
    overrides: 'hostPathVolumes',
    forbids(_metadata, spec) {
      const typeOf = (volume: Loose): string => Object.keys(volume).find((key) => key !== 'name') ?? 'unknown'
      const bad = objectsAt(spec, 'volumes').filter((volume) => !VOLUMES.has(typeOf(volume)))
      if (bad.length === 0) return undefined
      const types = sorted(bad.map(typeOf))
      const names = quoted(bad.map((volume) => textAt(volume, 'name')))
      const who = `${plural('volume', bad.length)} ${names} ${bad.length === 1 ? 'uses' : 'use'}`
      return {
        reason: 'restricted volume types',
        detail: `${who} ${plural('restricted volume type', types.length)} ${quoted(types)}`,
      }
    },
  },
  {
    id: 'runAsNonRoot',
    level: 'restricted',
    since: 0,
    forbids(_metadata, spec) {
      if (usersApart(spec)) return undefined
      const own = (one: Loose): unknown => valueAt(one, 'securityContext', 'runAsNonRoot')
      const containers = containersOf(spec)
      const who = setters(
        own(spec) === false,
        containers.filter((one) => own(one) === false),
      )
      const reason = 'runAsNonRoot != true'
      if (who.length > 0)
        return { reason, detail: `${who.join(' and ')} must not set securityContext.runAsNonRoot=false` }
      const silent = own(spec) === true ? [] : containers.filter((one) => own(one) === undefined)
      if (silent.length === 0) return undefined
      return { reason, detail: `pod or ${named(silent)} must set securityContext.runAsNonRoot=true` }
    },
  },
  {
    id: 'runAsUser',
    level: 'restricted',
    since: 23,
    forbids(_metadata, spec) {
      if (usersApart(spec)) return undefined
      const isRoot = (one: Loose): boolean => valueAt(one, 'securityContext', 'runAsUser') === 0
      const who = setters(isRoot(spec), containersOf(spec).filter(isRoot))
      return who.length === 0
        ? undefined
        : { reason: 'runAsUser=0', detail: `${who.join(' and ')} must not set runAsUser=0` }
    },
  },
  {
    id: 'seccompProfile_restricted',
    level: 'restricted',
    since: 19,
    overrides: 'seccompProfile_baseline',
    forbids(_metadata, spec) {
      if (isWindows(spec)) return undefined
      const wrong = wrongSeccomp(spec)
      if (wrong || seccompOf(spec) !== '') return wrong
      const silent = containersOf(spec).filter((one) => seccompOf(one) === '')
      if (silent.length === 0) return undefined
      const detail = `pod or ${named(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`
      return { reason: 'seccompProfile', detail }
    },
  },
]

function seccompOf(one: Loose): string {
  return textAt(one, 'securityContext', 'seccompProfile', 'type')
}

function wrongSeccomp(spec: Loose): Forbidden | undefined {
  const bad = containersOf(spec).filter((one) => !seccomp(seccompOf(one)))
  const pod = !seccomp(seccompOf(spec))
  if (!pod && bad.length === 0) return undefined
  const values = sorted([...(pod ? [spec] : []), ...bad].map(seccompOf))
  const who = setters(pod, bad).join(' and ')
  return {
    reason: 'seccompProfile',
    detail: `${who} must not set securityContext.seccompProfile.type to ${quoted(values)}`,
  }
}
