import { byText } from '../loose.ts'
import { canonical, compareQuantity, integerValue } from '../quantity.ts'
import type { Field } from './field.ts'
import { validateLifecycle, validateProbe } from './handlers.ts'
import { configMapKey, dnsLabel, dnsSubdomain, environmentName, portName, portNumber } from './names.ts'
import { noBacksteps, relativePath } from './paths.ts'
import { envFieldPaths, validateFieldRef, validateResourceFieldRef } from './references.ts'
import {
  isHugePages,
  isOvercommitAllowed,
  quantityIn,
  shown,
  validateContainerResource,
  validateQuantity,
} from './resourceNames.ts'
import { validateContainerSecurity } from './security.ts'

/** What a container is judged by beside itself. */
export interface PodAround {
  /** Valid volumes by name: the field of each. */
  readonly volumes: ReadonlyMap<string, Field>
  readonly claims: readonly string[]
  readonly spec: Field
}

/** Models: pkg/apis/core/validation/validation.go validateContainers. */
export function validateContainers(list: Field, around: PodAround): void {
  if (list.size === 0) {
    list.required()
    return
  }
  const names = new Set<string>()
  for (const container of list.items) {
    validateCommon(container, around)
    const name = container.at('name')
    if (names.has(name.text)) name.duplicate()
    names.add(name.text)
    validateHooksAndProbes(container, around)
    validateRestart(container)
  }
  checkHostPorts(list.items)
}

/** Models: validateInitContainers; a sidecar (restartPolicy Always) may have probes and hooks, others may not. */
export function validateInitContainers(list: Field, around: PodAround): void {
  const names = new Set(around.spec.at('containers').items.map((item) => item.at('name').text))
  for (const container of list.items) {
    validateCommon(container, around)
    const policy = container.at('restartPolicy')
    if (!policy.present) {
      if (container.at('restartPolicyRules').size > 0)
        policy.required('must specify restartPolicy when restart rules are used')
    } else if (policy.text === 'Always' && container.at('restartPolicyRules').size > 0) {
      container
        .at('restartPolicyRules')
        .forbidden('restartPolicyRules are not allowed for init containers with restart policy Always')
    } else validateRestart(container)
    const name = container.at('name')
    if (names.has(name.text)) name.duplicate()
    else if (name.text !== '') names.add(name.text)
    checkHostPorts([container])
    if (policy.text === 'Always') validateHooksAndProbes(container, around)
    else {
      for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
        if (container.at(field).present) {
          container.at(field).forbidden('may not be set for init containers without restartPolicy=Always')
        }
      }
    }
  }
}

/** Models: validateEphemeralContainers. */
export function validateEphemeralContainers(list: Field, around: PodAround): void {
  const others = new Set(
    ['containers', 'initContainers'].flatMap((field) =>
      around.spec.at(field).items.map((item) => item.at('name').text),
    ),
  )
  const names = new Set(others)
  for (const container of list.items) {
    validateCommon(container, around)
    const name = container.at('name')
    if (names.has(name.text)) name.duplicate()
    names.add(name.text)
    const target = container.at('targetContainerName')
    if (target.text !== '' && !others.has(target.text)) target.notFound()
    for (const field of ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']) {
      const given = container.at(field)
      if (given.present && given.size > 0) given.forbidden('cannot be set for an Ephemeral Container')
    }
    if (container.at('resources').size > 0)
      container.at('resources').forbidden('cannot be set for an Ephemeral Container')
    for (const mount of container.at('volumeMounts').items) {
      for (const field of ['subPath', 'subPathExpr']) {
        if (mount.at(field).text !== '') mount.at(field).forbidden('cannot be set for an Ephemeral Container')
      }
    }
  }
}

/** Models: validateResourceRequirements, for a container or for a pod's overhead. */
export function validateResources(resources: Field, claims: readonly string[]): void {
  const limits = resources.at('limits')
  const requests = resources.at('requests')
  let compute = false
  let huge = false
  const check = (name: string, field: Field) => {
    validateContainerResource(name, field)
    validateQuantity(name, field)
    if (name === 'cpu' || name === 'memory') compute = true
    if (!isHugePages(name)) return
    huge = true
    if (!isMultiple(name, field))
      field.invalid(`${shown(field)} is not positive integer multiple of ${name}`, shown(field))
  }
  for (const [name, field] of limits.entries) check(name, field)
  for (const [name, field] of requests.entries) {
    check(name, field)
    const request = quantityIn(field)
    const limit = quantityIn(limits.key(name))
    if (!request) continue
    if (limit) {
      const order = compareQuantity(request, limit)
      if (order !== 0 && !isOvercommitAllowed(name)) {
        requests.invalid(`must be equal to ${name} limit of ${canonical(limit)}`, shown(field))
      } else if (order > 0)
        requests.invalid(`must be less than or equal to ${name} limit of ${canonical(limit)}`, shown(field))
    } else if (!isOvercommitAllowed(name)) limits.required('Limit must be set for non overcommitable resources')
  }
  if (huge && !compute) resources.forbidden('HugePages require cpu or memory')
  const seen = new Set<string>()
  for (const claim of resources.at('claims').items) {
    const name = claim.at('name').text
    const request = claim.at('request').text
    if (name === '') {
      claim.required()
      continue
    }
    if (request !== '') claim.at('request').invalidAll(dnsLabel(request))
    const key = request === '' ? name : `${name}/${request}`
    if (seen.has(name)) claim.duplicate(name)
    else if (seen.has(key)) claim.duplicate(key)
    seen.add(key)
    if (!claims.includes(name)) {
      const known = claims.length === 0 ? ' which is empty' : `: ${[...claims].sort(byText).join(', ')}`
      claim.notFound(name, `must be one of the names in pod.spec.resourceClaims${known}`)
    }
  }
}

function isMultiple(name: string, field: Field): boolean {
  const page = quantityIn(field.as(field.path))
  const size = /^hugepages-(.*)$/.exec(name)?.[1] ?? ''
  const unit = /^(\d+)(Ki|Mi|Gi)$/.exec(size)
  if (!page || !unit) return true
  const bytes = Number(unit[1]) * 1024 ** ({ Ki: 1, Mi: 2, Gi: 3 }[unit[2] ?? ''] ?? 1)
  const value = integerValue(page)
  return value > 0 && value % bytes === 0
}

function validateCommon(container: Field, around: PodAround): void {
  const name = container.at('name')
  if (name.text === '') name.required()
  else name.invalidAll(dnsLabel(name.text))
  const image = container.at('image')
  if (image.text === '') image.required()
  container.at('terminationMessagePolicy').oneOf(['File', 'FallbackToLogsOnError'], true)
  validatePorts(container.at('ports'))
  for (const item of container.at('env').items) validateEnv(item)
  validateEnvFrom(container.at('envFrom'))
  validateMounts(container, around)
  validateDevices(container, around)
  container.at('imagePullPolicy').oneOf(['Always', 'IfNotPresent', 'Never'], true)
  validateResources(container.at('resources'), around.claims)
  validateResizePolicy(container.at('resizePolicy'), around.spec.at('restartPolicy').text)
  const hostUsers = around.spec.at('hostUsers').value !== false
  validateContainerSecurity(container.at('securityContext'), hostUsers)
}

function validateHooksAndProbes(container: Field, around: PodAround): void {
  const grace = around.spec.at('terminationGracePeriodSeconds')
  const os = around.spec.at('os')
  validateLifecycle(container.at('lifecycle'), grace, os)
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'] as const)
    validateProbe(container.at(probe), probe)
}

function validatePorts(ports: Field): void {
  const names = new Set<string>()
  for (const port of ports.items) {
    const name = port.at('name')
    if (name.text !== '') {
      const problems = portName(name.text)
      name.invalidAll(problems)
      if (problems.length === 0 && names.has(name.text)) name.duplicate()
      names.add(name.text)
    }
    const number = port.at('containerPort')
    if (number.number === 0) number.required()
    else number.invalidAll(portNumber(number.number))
    const host = port.at('hostPort')
    if (host.number !== 0) host.invalidAll(portNumber(host.number))
    port.at('protocol').oneOf(['SCTP', 'TCP', 'UDP'], true)
  }
}

function checkHostPorts(containers: readonly Field[]): void {
  const seen = new Set<string>()
  for (const container of containers) {
    for (const port of container.at('ports').items) {
      const host = port.at('hostPort')
      if (host.number === 0) continue
      const key = `${port.at('protocol').text}/${port.at('hostIP').text}/${host.number}`
      if (seen.has(key)) host.duplicate(key)
      seen.add(key)
    }
  }
}

function validateEnv(env: Field): void {
  const name = env.at('name')
  if (name.text === '') name.required()
  else name.invalidAll(environmentName(name.text))
  const from = env.at('valueFrom')
  if (!from.present) return
  let sources = 0
  const source = (field: string, check: (field: Field) => void) => {
    if (!from.at(field).present) return
    sources++
    check(from.at(field))
  }
  source('fieldRef', (ref) => {
    validateFieldRef(ref, envFieldPaths)
  })
  source('resourceFieldRef', (ref) => {
    validateResourceFieldRef(ref, false)
  })
  source('configMapKeyRef', validateKeyRef)
  source('secretKeyRef', validateKeyRef)
  source('fileKeyRef', validateFileKeyRef)
  if (sources === 0) {
    from.invalid(
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
      '',
    )
  } else if (env.at('value').text !== '') from.invalid('may not be specified when `value` is not empty', '')
  else if (sources > 1) from.invalid('may not have more than one field specified at a time', '')
}

function validateKeyRef(ref: Field): void {
  ref.at('name').invalidAll(dnsSubdomain(ref.at('name').text), ref.at('name').text)
  const key = ref.at('key')
  if (key.text === '') key.required()
  else key.invalidAll(configMapKey(key.text))
}

function validateFileKeyRef(ref: Field): void {
  const key = ref.at('key')
  if (key.text === '') key.required()
  else key.invalidAll(environmentName(key.text))
  const volume = ref.at('volumeName')
  if (volume.text === '') volume.required()
  else volume.invalidAll(dnsLabel(volume.text))
  const path = ref.at('path')
  if (path.text === '') path.required()
  else noBacksteps(path)
}

function validateEnvFrom(list: Field): void {
  for (const source of list.items) {
    const prefix = source.at('prefix')
    if (prefix.text !== '') prefix.invalidAll(environmentName(prefix.text))
    let sources = 0
    for (const name of ['configMapRef', 'secretRef']) {
      const ref = source.at(name)
      if (!ref.present) continue
      sources++
      if (ref.at('name').text === '') ref.at('name').required()
      else ref.at('name').invalidAll(dnsSubdomain(ref.at('name').text))
    }
    if (sources === 0) list.invalid('must specify one of: `configMapRef` or `secretRef`', '')
    else if (sources > 1) list.invalid('may not have more than one field specified at a time', '')
  }
}

function validateMounts(container: Field, around: PodAround): void {
  const list = container.at('volumeMounts')
  const devices = new Map(
    container.at('volumeDevices').items.map((item) => [item.at('name').text, item.at('devicePath').text]),
  )
  const paths = new Set<string>()
  for (const mount of list.items) {
    const name = mount.at('name')
    if (name.text === '') name.required()
    if (!around.volumes.has(name.text)) name.notFound(name.text)
    const path = mount.at('mountPath')
    if (path.text === '') path.required()
    if (paths.has(path.text)) path.invalid('must be unique', path.text)
    paths.add(path.text)
    if (devices.has(name.text)) name.invalid('must not already exist in volumeDevices')
    if ([...devices.values()].includes(path.text)) path.invalid('must not already exist as a path in volumeDevices')
    const sub = mount.at('subPath')
    const expression = mount.at('subPathExpr')
    if (sub.text !== '') relativePath(sub.as(`${list.path}.subPath`))
    if (expression.text !== '') {
      if (sub.text !== '') expression.invalid('subPathExpr and subPath are mutually exclusive')
      relativePath(expression.as(`${list.path}.subPathExpr`))
    }
    validatePropagation(mount, list.path, container)
  }
}

function validatePropagation(mount: Field, path: string, container: Field): void {
  const mode = mount.at('mountPropagation').as(`${path}.mountPropagation`)
  if (mode.present) {
    if (!['Bidirectional', 'HostToContainer', 'None'].includes(mode.text)) {
      mode.notSupported(['Bidirectional', 'HostToContainer', 'None'])
    }
    if (mode.text === 'Bidirectional' && !container.at('securityContext.privileged').true) {
      mode.forbidden('Bidirectional mount propagation is available only to privileged containers')
    }
  }
  const only = mount.at('recursiveReadOnly').as(`${path}.recursiveReadOnly`)
  if (!only.present || only.text === 'Disabled') return
  if (only.text !== 'Enabled' && only.text !== 'IfPossible') {
    only.notSupported(['Disabled', 'Enabled', 'IfPossible'])
    return
  }
  if (!mount.at('readOnly').true) only.forbidden('may only be specified when readOnly is true')
  if (mode.present && mode.text !== 'None') {
    only.forbidden('may only be specified when mountPropagation is None or not specified')
  }
}

function validateDevices(container: Field, around: PodAround): void {
  const list = container.at('volumeDevices')
  const mounts = new Map(
    container.at('volumeMounts').items.map((item) => [item.at('name').text, item.at('mountPath').text]),
  )
  const names = new Set<string>()
  const paths = new Set<string>()
  for (const device of list.items) {
    const name = device.at('name')
    const path = device.at('devicePath')
    const volume = around.volumes.get(name.text)
    if (name.text === '') name.required()
    if (names.has(name.text)) name.invalid('must be unique')
    if (volume && !volume.at('persistentVolumeClaim').present && !volume.at('ephemeral').present) {
      name.invalid('can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode')
    }
    if (!volume) name.notFound(name.text)
    if (path.text === '') path.required()
    if (paths.has(path.text)) path.invalid('must be unique')
    if (path.text.split('/').includes('..')) path.invalid("can not contain backsteps ('..')")
    else paths.add(path.text)
    if (mounts.has(name.text)) name.invalid('must not already exist in volumeMounts')
    if ([...mounts.values()].includes(path.text)) path.invalid('must not already exist as a path in volumeMounts')
    names.add(name.text)
  }
}

function validateResizePolicy(list: Field, podRestart: string): void {
  const seen = new Set<string>()
  for (const item of list.items) {
    const resource = item.at('resourceName')
    const policy = item.at('restartPolicy')
    if (seen.has(resource.text)) item.duplicate(resource.text)
    seen.add(resource.text)
    resource.as(list.path).oneOf(['cpu', 'memory'], true)
    policy.as(list.path).oneOf(['NotRequired', 'RestartContainer'], true)
    if (podRestart === 'Never' && policy.text !== 'NotRequired') {
      list.invalid("must be 'NotRequired' when pod `restartPolicy` is 'Never'", policy.text)
    }
  }
}

/** Models: validateContainerRestartPolicy (ContainerRestartRules, on by default in 1.35). */
function validateRestart(container: Field): void {
  const policy = container.at('restartPolicy')
  const rules = container.at('restartPolicyRules')
  if (!policy.present) {
    if (rules.size > 0) policy.required('must specify restartPolicy when restart rules are used')
  } else if (!['Always', 'Never', 'OnFailure'].includes(policy.text))
    policy.notSupported(['Always', 'Never', 'OnFailure'])
  if (rules.size > 20) rules.tooMany(20)
  for (const rule of rules.items) {
    if (rule.at('action').text !== 'Restart') rule.at('action').notSupported(['Restart'])
    const codes = rule.at('exitCodes')
    if (!codes.present) {
      codes.required('must be specified')
      continue
    }
    if (!['In', 'NotIn'].includes(codes.at('operator').text)) codes.at('operator').notSupported(['In', 'NotIn'])
    if (codes.at('values').size > 255) codes.at('values').tooMany(255)
  }
}
