import { labelKeyErrors } from '../labels.ts'
import { copyJson, isObject, type Loose, objectsAt, semanticEqual } from '../loose.ts'
import { validateIp } from './addresses.ts'
import { changedPaths } from './changes.ts'
import { validateContainers, validateEphemeralContainers, validateInitContainers } from './container.ts'
import type { Field } from './field.ts'
import { validateAnnotations, validateLabels, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { between, dnsLabel, dnsSubdomain, dnsSubdomainWithUnderscore } from './names.ts'
import { validatePodResources } from './podResources.ts'
import { validateResources } from './requirements.ts'
import { validateAffinity, validateTolerations, validateTopologySpread } from './scheduling.ts'
import { validatePodSecurity } from './security.ts'
import { validateVolumes } from './volumes.ts'

/** Models: ValidatePodCreate. */
export function validatePod(pod: Field): void {
  validateWholePod(pod)
  const spec = pod.at('spec')
  if (spec.at('ephemeralContainers').size > 0) spec.at('ephemeralContainers').forbidden('cannot be set on create')
  if (spec.at('nodeName').text !== '' && spec.at('schedulingGates').size > 0) {
    spec.at('nodeName').forbidden('cannot be set until all schedulingGates have been cleared')
  }
}

/** Models: ValidatePodUpdate: only images, the deadline, new tolerations and lifted scheduling gates may change. */
export function validatePodUpdate(pod: Field, old: Field): void {
  validateMetadataUpdate(pod.at('metadata'), old.at('metadata'))
  validateWholePod(pod)
  const spec = pod.at('spec')
  const before = old.at('spec')
  for (const list of ['containers', 'initContainers']) {
    if (spec.at(list).size !== before.at(list).size) {
      spec.at(list).forbidden('pod updates may not add or remove containers')
      return
    }
    for (const container of spec.at(list).items) if (container.at('image').text === '') container.at('image').required()
  }
  validateDeadlineUpdate(spec.at('activeDeadlineSeconds'), before.at('activeDeadlineSeconds'))
  validateAddedTolerations(spec.at('tolerations'), before.at('tolerations'))
  validateDeletedGates(spec.at('schedulingGates'), before.at('schedulingGates'))
  if (semanticEqual(spec.value, before.value)) return
  const munged = munge(spec.object, before.object)
  if (semanticEqual(munged, before.value)) return
  spec.forbidden(
    `pod updates may not change fields other than ${updatable.join(',')}\n${changedPaths(before.value, munged)}`,
  )
}

/** A pod template: labels, annotations and spec. Models: ValidatePodTemplateSpec. */
export function validatePodTemplate(template: Field): void {
  const metadata = template.at('metadata')
  validateLabels(metadata.at('labels').as(`${template.path}.labels`))
  validateAnnotations(metadata.at('annotations').as(`${template.path}.annotations`))
  validateDeletionCost(metadata.at('annotations').as(`${template.path}.annotations`))
  validatePodSpec(template.at('spec'), '', false)
  if (template.at('spec.ephemeralContainers').size > 0) {
    template.at('spec.ephemeralContainers').forbidden('ephemeral containers not allowed in pod template')
  }
}

const updatable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
]

function validateWholePod(pod: Field): void {
  const metadata = pod.at('metadata')
  validateMetadata(metadata, true, dnsSubdomain)
  validateDeletionCost(metadata.at('annotations'))
  const mirror = metadata.at('annotations').object['kubernetes.io/config.mirror']
  if (mirror !== undefined && pod.at('spec.nodeName').text === '') {
    metadata
      .at('annotations')
      .key('kubernetes.io/config.mirror')
      .invalid('must set spec.nodeName if mirror pod annotation is set', mirror)
  }
  const spec = pod.at('spec')
  validatePodSpec(spec, metadata.at('name').text, true)
  for (const list of ['containers', 'initContainers']) {
    for (const container of spec.at(list).items) {
      const image = container.at('image')
      if (image.text !== image.text.trim()) image.invalid('must not have leading or trailing whitespace')
    }
  }
}

function validateDeletionCost(annotations: Field): void {
  const key = 'controller.kubernetes.io/pod-deletion-cost'
  const cost = annotations.object[key]
  if (typeof cost !== 'string') return
  const sound = cost === '0' || /^-?[1-9]\d*$/.test(cost)
  if (!sound || Math.abs(Number(cost)) > 2147483647) annotations.key(key).invalid('must be a 32bit integer', cost)
}

/** Models: ValidatePodSpec. `podName` is empty in templates; `isPod` also refuses host ports that differ on the host network. */
function validatePodSpec(spec: Field, podName: string, isPod: boolean): void {
  if (!spec.at('terminationGracePeriodSeconds').present) spec.at('terminationGracePeriodSeconds').required()
  const volumes = validateVolumes(spec.at('volumes'), podName)
  validateResourceClaims(spec.at('resourceClaims'))
  const claims = spec
    .at('resourceClaims')
    .items.map((claim) => claim.at('name').text)
    .filter((name) => name !== '')
  const around = { volumes, claims, spec }
  validateContainers(spec.at('containers'), around)
  validateInitContainers(spec.at('initContainers'), around)
  validateEphemeralContainers(spec.at('ephemeralContainers'), around)
  validatePodResources(spec)
  validateHostNetwork(spec, isPod)
  spec.at('restartPolicy').oneOf(['Always', 'OnFailure', 'Never'], true)
  spec.at('dnsPolicy').oneOf(['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'], true)
  validateLabels(spec.at('nodeSelector'))
  validatePodSecurity(spec.at('securityContext'), spec)
  validateAffinity(spec.at('affinity'))
  validateDns(spec.at('dnsConfig'), spec.at('dnsPolicy').text)
  for (const gate of spec.at('readinessGates').items) {
    gate.at('conditionType').invalidAll(labelKeyErrors(gate.at('conditionType').text), gate.at('conditionType').text)
  }
  validateGates(spec.at('schedulingGates'))
  validateTopologySpread(spec.at('topologySpreadConstraints'))
  validateHostUsers(spec)
  validateHostNames(spec)
  for (const name of ['serviceAccountName', 'nodeName', 'priorityClassName']) {
    if (spec.at(name).text !== '') spec.at(name).invalidAll(dnsSubdomain(spec.at(name).text))
  }
  const deadline = spec.at('activeDeadlineSeconds')
  if (deadline.present && (deadline.number < 1 || deadline.number > 2147483647))
    deadline.invalid(between(1, 2147483647))
  validateTolerations(spec.at('tolerations'))
  for (const alias of spec.at('hostAliases').items) {
    validateIp(alias.at('ip'))
    for (const name of alias.at('hostnames').items) name.invalidAll(dnsSubdomain(name.text))
  }
  const runtime = spec.at('runtimeClassName')
  if (runtime.present) runtime.invalidAll(dnsSubdomain(runtime.text), runtime.text)
  const preemption = spec.at('preemptionPolicy')
  if (preemption.present) preemption.oneOf(['PreemptLowerPriority', 'Never'], true)
  if (spec.at('overhead').present) {
    // Overhead is judged as if it were limits; the path of a bad quantity says so.
    validateResources(spec.at('overhead').withLimits(), [])
  }
  const os = spec.at('os')
  if (os.present) {
    if (os.at('name').text === '') os.at('name').required()
    else if (!['linux', 'windows'].includes(os.at('name').text))
      os.notSupported(['linux', 'windows'], os.at('name').text)
  }
}

function validateResourceClaims(list: Field): void {
  const names = new Set<string>()
  for (const claim of list.items) {
    const name = claim.at('name')
    if (name.text === '') name.required()
    else if (names.has(name.text)) name.duplicate()
    else name.invalidAll(dnsLabel(name.text))
    names.add(name.text)
    const direct = claim.at('resourceClaimName')
    const template = claim.at('resourceClaimTemplateName')
    if (direct.present && template.present) {
      claim.invalid('at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified')
    }
    if (!direct.present && !template.present) {
      claim.invalid('must specify one of: `resourceClaimName`, `resourceClaimTemplateName`')
    }
    for (const field of [direct, template]) if (field.present) field.invalidAll(dnsSubdomain(field.text), field.text)
  }
}

function validateHostNetwork(spec: Field, isPod: boolean): void {
  if (!spec.at('hostNetwork').true) return
  for (const container of spec.at('containers').items) {
    for (const port of container.at('ports').items) {
      const host = port.at('hostPort')
      if ((isPod || host.number !== 0) && host.number !== port.at('containerPort').number) {
        host.invalid('must match `containerPort` when `hostNetwork` is true', host.number)
      }
    }
  }
}

function validateDns(config: Field, policy: string): void {
  const servers = config.at('nameservers')
  if (policy === 'None') {
    if (!config.present) {
      config.required('must provide `dnsConfig` when `dnsPolicy` is None')
      return
    }
    if (servers.size === 0) {
      servers.required('must provide at least one DNS nameserver when `dnsPolicy` is None')
      return
    }
  }
  if (servers.size > 3) servers.invalid('must not have more than 3 nameservers')
  for (const server of servers.items) validateIp(server)
  const searches = config.at('searches')
  if (searches.size > 32) searches.invalid('must not have more than 32 search paths')
  if (searches.texts.join(' ').length > 2048) {
    searches.invalid('must not have more than 2048 characters (including spaces) in the search list')
  }
  for (const search of searches.items) {
    const name = search.text.replace(/\.$/, '')
    if (search.text !== '.') search.invalidAll(dnsSubdomainWithUnderscore(name), name)
  }
  for (const option of config.at('options').items)
    if (option.at('name').text === '') option.required('must not be empty')
}

function validateGates(list: Field): void {
  const seen = new Set<string>()
  for (const gate of list.items) {
    const name = gate.at('name').text
    gate.invalidAll(labelKeyErrors(name), name)
    if (seen.has(name)) gate.duplicate(name)
    seen.add(name)
  }
}

function validateHostUsers(spec: Field): void {
  if (spec.at('hostUsers').value !== false) return
  if (spec.at('hostNetwork').true) spec.at('hostNetwork').forbidden('when `hostUsers` is false')
  if (spec.at('hostPID').true) spec.at('HostPID').forbidden('when `hostUsers` is false')
  if (spec.at('hostIPC').true) spec.at('HostIPC').forbidden('when `hostUsers` is false')
}

function validateHostNames(spec: Field): void {
  const override = spec.at('hostnameOverride')
  if (override.present) {
    if (spec.at('setHostnameAsFQDN').true) override.forbidden('may not be specified when setHostnameAsFQDN is true')
    if (spec.at('hostNetwork').true) override.forbidden('may not be specified when hostNetwork is true')
    if (override.text.length > 64) override.tooLong(64)
    override.invalidAll(dnsSubdomain(override.text))
  }
  for (const name of ['hostname', 'subdomain']) {
    if (spec.at(name).text !== '') spec.at(name).invalidAll(dnsLabel(spec.at(name).text))
  }
}

function validateDeadlineUpdate(deadline: Field, old: Field): void {
  if (deadline.present) {
    if (deadline.number < 0 || deadline.number > 2147483647) deadline.invalid(between(0, 2147483647))
    if (old.present && old.number < deadline.number) deadline.invalid('must be less than or equal to previous value')
  } else if (old.present) deadline.invalid('must not update from a positive integer to nil value', null)
}

function validateAddedTolerations(list: Field, old: Field): void {
  const bare = (toleration: unknown) =>
    isObject(toleration) ? { ...toleration, tolerationSeconds: undefined } : toleration
  for (const toleration of old.items) {
    const kept = list.items.some((item) => semanticEqual(bare(item.value), bare(toleration.value)))
    if (!kept) list.forbidden('existing toleration can not be modified except its tolerationSeconds')
  }
}

function validateDeletedGates(list: Field, old: Field): void {
  const before = old.items.map((gate) => gate.at('name').text)
  for (const gate of list.items) {
    const name = gate.at('name')
    if (!before.includes(name.text))
      name.forbidden(`only deletion is allowed, but found new scheduling gate '${name.text}'`)
  }
}

/** The new spec with every change undone that an update may make. */
function munge(spec: Loose, old: Loose): Loose {
  const copy = copyJson(spec)
  for (const list of ['containers', 'initContainers']) {
    objectsAt(copy, list).forEach((container, index) => {
      container.image = objectsAt(old, list)[index]?.image
    })
  }
  for (const field of ['activeDeadlineSeconds', 'schedulingGates', 'tolerations']) copy[field] = old[field]
  const grace = old.terminationGracePeriodSeconds
  if (typeof grace === 'number' && grace < 0 && copy.terminationGracePeriodSeconds === 1)
    copy.terminationGracePeriodSeconds = grace
  if (Array.isArray(old.schedulingGates) && old.schedulingGates.length > 0) {
    // Unlike Kubernetes, a gated pod's node selector and node affinity may change freely, not only be narrowed.
    copy.nodeSelector = old.nodeSelector
    const affinity = isObject(copy.affinity) ? copy.affinity : undefined
    const before = isObject(old.affinity) ? old.affinity : undefined
    if (affinity) affinity.nodeAffinity = before?.nodeAffinity
    if (!before && affinity && affinity.podAffinity === undefined && affinity.podAntiAffinity === undefined)
      delete copy.affinity
  }
  return copy
}
