import { validateEnv, validateEnvFrom } from './environment.ts'
import type { Field } from './field.ts'
import { validateLifecycle, validateProbe } from './handlers.ts'
import { validateDevices, validateMounts } from './mounts.ts'
import { dnsLabel, portName, portNumber } from './names.ts'
import type { PodAround } from './podAround.ts'
import { validateResources } from './requirements.ts'
import { validateContainerSecurity } from './security.ts'

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
