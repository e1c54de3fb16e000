import type { World } from '../../../../kernel/index.ts'
import { isObject, type Loose, objectAt } from '../../api/loose.ts'
import { every, find, type ObjectEntity } from '../../object/object.ts'
import { type Forbidden, POD_CHECKS, type PodCheck } from './podSecurityChecks.ts'

/** A level of the pod security standards, and the release whose rules hold: `latest` or `v1.32`. */
export interface SecurityLevel {
  readonly level: 'privileged' | 'baseline' | 'restricted'
  readonly version: string
}

type Mode = 'enforce' | 'warn'

/** The level that a namespace's labels ask for; what cannot be read is enforced as restricted, and warns of nothing. Models: api.PolicyToEvaluate */
export function securityLevel(labels: Loose | undefined, mode: Mode): SecurityLevel {
  const asked = labels?.[`pod-security.kubernetes.io/${mode}`]
  const version = labels?.[`pod-security.kubernetes.io/${mode}-version`]
  if (mode === 'warn' && asked === undefined) {
    const enforced = securityLevel(labels, 'enforce')
    return version === undefined ? enforced : { ...enforced, version: String(version) }
  }
  const level = isLevel(asked) ? asked : asked === undefined || mode === 'warn' ? 'privileged' : 'restricted'
  return { level, version: String(version ?? 'latest') }
}

function isLevel(value: unknown): value is SecurityLevel['level'] {
  return value === 'privileged' || value === 'baseline' || value === 'restricted'
}

/**
 * What the pod security standards make of a new pod in its namespace: why it is forbidden, or of what the asker is warned.
 * Models: k8s.io/pod-security-admission/admission ValidatePod
 */
export function podSecurity(
  world: World,
  namespace: string,
  metadata: Loose,
  spec: Loose,
): { readonly forbidden?: string; readonly warning?: string } {
  const labels = labelsOf(world, namespace)
  if (!labels) return {}
  const enforced = securityLevel(labels, 'enforce')
  const found = violations(enforced, metadata, spec)
  if (found.length > 0)
    return { forbidden: `violates PodSecurity "${nameOf(enforced)}": ${found.map(inFull).join(', ')}` }
  const warning = templateWarning(labels, metadata, spec)
  return warning === undefined ? {} : { warning }
}

/** Of what the asker is warned who writes something with a pod template. Models: ValidatePodController */
export function templateSecurity(world: World, namespace: string, object: Loose): string | undefined {
  const labels = labelsOf(world, namespace)
  if (!labels) return undefined
  const template =
    object.kind === 'CronJob'
      ? objectAt(object, 'spec', 'jobTemplate', 'spec', 'template')
      : TEMPLATED.has(String(object.kind))
        ? objectAt(object, 'spec', 'template')
        : undefined
  const spec = objectAt(template, 'spec')
  return spec && templateWarning(labels, objectAt(template, 'metadata') ?? {}, spec)
}

const TEMPLATED = new Set(['Deployment', 'ReplicaSet', 'ReplicationController', 'DaemonSet', 'StatefulSet', 'Job'])

/** Of which pods the asker is warned who gives a namespace a stricter level. Models: EvaluatePodsInNamespace */
export function namespaceSecurity(world: World, before: Loose, after: Loose): readonly string[] {
  const old = securityLevel(objectAt(before, 'metadata', 'labels'), 'enforce')
  const level = securityLevel(objectAt(after, 'metadata', 'labels'), 'enforce')
  if (level.level === 'privileged') return []
  if (level.version === old.version && ORDER.indexOf(level.level) <= ORDER.indexOf(old.level)) return []
  const name = String(objectAt(after, 'metadata')?.name)
  const told = new Map<string, string[]>()
  for (const pod of podsOf(world, name)) {
    const found = violations(level, pod.metadata as unknown as Loose, (pod.spec ?? {}) as Loose)
    if (found.length === 0) continue
    const reason = found.map((one) => one.reason).join(', ')
    told.set(reason, [...(told.get(reason) ?? []), pod.metadata.name])
  }
  if (told.size === 0) return []
  const lines = [...told].map(([reason, names]) => {
    const [first = ''] = [...names].sort()
    const others = names.length - 1
    const more = others === 0 ? '' : others === 1 ? ' (and 1 other pod)' : ` (and ${others} other pods)`
    return `${first}${more}: ${reason}`
  })
  const head = `existing pods in namespace "${name}" violate the new PodSecurity enforce level "${nameOf(level)}"`
  return [head, ...lines.sort()]
}

const ORDER: readonly string[] = ['privileged', 'baseline', 'restricted']

function podsOf(world: World, namespace: string): readonly ObjectEntity[] {
  return [...every(world, 'Pod')].filter((pod) => pod.metadata.namespace === namespace)
}

function templateWarning(labels: Loose, metadata: Loose, spec: Loose): string | undefined {
  const level = securityLevel(labels, 'warn')
  const found = violations(level, metadata, spec)
  return found.length === 0
    ? undefined
    : `would violate PodSecurity "${nameOf(level)}": ${found.map(inFull).join(', ')}`
}

/** The labels of a namespace that ask for any level, or nothing. */
function labelsOf(world: World, namespace: string): Loose | undefined {
  const labels = find(world, 'Namespace', undefined, namespace)?.metadata.labels as unknown as Loose | undefined
  if (!isObject(labels)) return undefined
  return Object.keys(labels).some((key) => key.startsWith('pod-security.kubernetes.io/')) ? labels : undefined
}

/** What a level finds wrong with a pod; a restricted check replaces that of the baseline which it overrides. */
function violations({ level, version }: SecurityLevel, metadata: Loose, spec: Loose): readonly Forbidden[] {
  if (level === 'privileged') return []
  const minor = /^v1\.(\d+)$/.exec(version)?.[1]
  const release = minor === undefined ? Number.POSITIVE_INFINITY : Number(minor)
  const held = POD_CHECKS.filter((check) => check.since <= release)
  const overridden = new Set(level === 'restricted' ? held.map((check) => check.overrides) : [])
  const made = (check: PodCheck): boolean =>
    check.level === 'restricted' ? level === 'restricted' : !overridden.has(check.id)
  return held.filter(made).flatMap((check) => check.forbids(metadata, spec) ?? [])
}

function nameOf({ level, version }: SecurityLevel): string {
  return `${level}:${version}`
}

function inFull({ reason, detail }: Forbidden): string {
  return detail === '' ? reason : `${reason} (${detail})`
}
