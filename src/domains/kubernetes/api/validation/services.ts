import { labelKeyErrors } from '../labels.ts'
import { parseIp, validateCidr, validateEndpointIp, validateIp } from './addresses.ts'
import type { Field } from './field.ts'
import { validatePort } from './handlers.ts'
import { validateLabels, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dns1035Label, dnsLabel, dnsSubdomain, portNumber } from './names.ts'

/** Models: pkg/apis/core/validation ValidateServiceCreate. */
export function validateServiceCreate(service: Field): void {
  validateMetadata(service.at('metadata'), true, dns1035Label)
  validateService(service, undefined)
}

/** Models: ValidateServiceUpdate: allocated addresses stay. */
export function validateServiceUpdate(service: Field, old: Field): void {
  validateMetadataUpdate(service.at('metadata'), old.at('metadata'))
  const spec = service.at('spec')
  const before = old.at('spec')
  if (spec.at('type').text !== 'ExternalName' && before.at('type').text !== 'ExternalName') {
    keepAddresses(spec, before)
    keepFamilies(spec, before)
  }
  const balanced = (field: Field) => field.at('type').text === 'LoadBalancer'
  const loadBalancerClass = spec.at('loadBalancerClass')
  if (balanced(spec) && balanced(before) && loadBalancerClass.value !== before.at('loadBalancerClass').value) {
    loadBalancerClass.invalid('may not change once set', loadBalancerClass.value ?? null)
  }
  const port = spec.at('healthCheckNodePort')
  if (needsHealthCheck(spec) && needsHealthCheck(before) && port.number !== before.at('healthCheckNodePort').number) {
    port.forbidden('field is immutable')
  }
  validateService(service, old)
}

function validateService(service: Field, old: Field | undefined): void {
  const spec = service.at('spec')
  const type = spec.at('type')
  const ports = spec.at('ports')
  const headless = isHeadless(spec)
  if (ports.size === 0 && !headless && type.text !== 'ExternalName') ports.required()
  if ((type.text === 'LoadBalancer' || type.text === 'NodePort') && headless) {
    spec.at('clusterIPs').index(0).invalid(`may not be set to 'None' for ${type.text} services`)
  }
  if (type.text === 'ExternalName') validateExternalName(spec)
  const names = new Set<string>()
  for (const port of ports.items) validateServicePort(port, ports.size > 1, names)
  validateLabels(spec.at('selector'))
  spec.at('sessionAffinity').oneOf(['ClientIP', 'None'], true)
  validateAffinityConfig(spec)
  validateClusterIps(spec)
  for (const ip of spec.at('externalIPs').items) if (validateIp(ip)) validateEndpointIp(ip)
  type.oneOf(['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'], true)
  validatePortCollisions(spec)
  validateLoadBalancer(spec)
  validateTraffic(spec, old)
}

function validateExternalName(spec: Field): void {
  for (const name of ['clusterIPs', 'ipFamilies']) {
    if (spec.at(name).size > 0) spec.at(name).forbidden('may not be set for ExternalName services')
  }
  if (spec.at('ipFamilyPolicy').present) spec.at('ipFamilyPolicy').forbidden('may not be set for ExternalName services')
  const name = spec.at('externalName')
  const host = name.text.replace(/\.$/, '')
  if (host === '') name.required()
  else name.invalidAll(dnsSubdomain(host), host)
}

function validateServicePort(port: Field, needsName: boolean, names: Set<string>): void {
  const name = port.at('name')
  if (needsName && name.text === '') name.required()
  else if (name.text !== '') {
    name.invalidAll(dnsLabel(name.text))
    if (names.has(name.text)) name.duplicate()
    names.add(name.text)
  }
  port.at('port').invalidAll(portNumber(port.at('port').number), port.at('port').number)
  port.at('protocol').oneOf(['SCTP', 'TCP', 'UDP'], true)
  validatePort(port.at('targetPort'))
  const app = port.at('appProtocol')
  if (app.present) app.invalidAll(labelKeyErrors(app.text))
}

function validateAffinityConfig(spec: Field): void {
  const config = spec.at('sessionAffinityConfig')
  const affinity = spec.at('sessionAffinity').text
  if (affinity === 'None' && config.present) config.forbidden('must not be set when session affinity is None')
  if (affinity !== 'ClientIP') return
  const seconds = config.at('clientIP.timeoutSeconds')
  const missing = [config, config.at('clientIP'), seconds].find((field) => !field.present)
  if (missing) missing.required('when session affinity type is ClientIP')
  else if (seconds.number <= 0 || seconds.number > 86400) seconds.invalid('must be greater than 0 and less than 86400')
}

/** Models: ValidateServiceClusterIPsRelatedFields. */
function validateClusterIps(spec: Field): void {
  if (spec.at('type').text === 'ExternalName') return
  const one = spec.at('clusterIP')
  const all = spec.at('clusterIPs')
  if (one.text !== '') {
    if (all.size === 0) all.required()
    else if (all.texts[0] !== one.text) all.invalid('first value must match `clusterIP`')
  } else if (all.size > 0) all.invalid('must be empty when `clusterIP` is not specified')
  const families = spec.at('ipFamilies')
  const seen = new Set<string>()
  for (const family of families.items) {
    if (!['IPv4', 'IPv6'].includes(family.text)) family.notSupported(['IPv4', 'IPv6'])
    if (seen.has(family.text)) family.duplicate()
    seen.add(family.text)
  }
  const policy = spec.at('ipFamilyPolicy')
  const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack']
  if (policy.present && !policies.includes(policy.text)) policy.notSupported(policies)
  let sound = true
  all.items.forEach((ip, index) => {
    if (ip.text === 'None') {
      if (index > 0) {
        sound = false
        ip.invalid("'None' must be the first and only value")
      } else if (all.size > 1) {
        sound = false
        ip.invalid("'None' must be the first and only value")
      }
    } else if (!validateIp(ip)) sound = false
  })
  if (all.size > 2) all.invalid('may only hold up to 2 values')
  if (!sound || isHeadless(spec)) return
  const kinds = all.texts.map((ip) => (parseIp(ip)?.length === 16 ? 'IPv6' : 'IPv4'))
  if (all.size > 1 && new Set(kinds).size < 2) all.invalid('may specify no more than one IP for each IP family')
  kinds.forEach((kind, index) => {
    const wanted = families.texts[index]
    if (wanted !== undefined && wanted !== kind) {
      all.index(index).invalid(`expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``)
    }
  })
}

function validatePortCollisions(spec: Field): void {
  const nodePorts = new Set<string>()
  const ports = new Set<string>()
  for (const port of spec.at('ports').items) {
    const node = port.at('nodePort')
    const protocol = port.at('protocol').text
    if (node.number !== 0) {
      if (spec.at('type').text === 'ClusterIP') node.forbidden("may not be used when `type` is 'ClusterIP'")
      if (nodePorts.has(`${protocol}/${node.number}`)) node.duplicate()
      nodePorts.add(`${protocol}/${node.number}`)
    }
    const key = `${protocol}/${port.at('port').number}`
    if (ports.has(key)) {
      port.duplicate({
        Name: '',
        Protocol: protocol,
        AppProtocol: null,
        Port: port.at('port').number,
        TargetPort: 0,
        NodePort: 0,
      })
    }
    ports.add(key)
  }
}

function validateLoadBalancer(spec: Field): void {
  const balanced = spec.at('type').text === 'LoadBalancer'
  const only = "may only be used when `type` is 'LoadBalancer'"
  const ranges = spec.at('loadBalancerSourceRanges').as('spec.LoadBalancerSourceRanges')
  if (ranges.size > 0) {
    if (!balanced) ranges.forbidden(only)
    for (const range of ranges.items) validateCidr(range, range.text.trim())
  }
  const allocate = spec.at('allocateLoadBalancerNodePorts')
  if (allocate.present && !balanced) allocate.forbidden(only)
  if (!allocate.present && balanced) allocate.as('allocateLoadBalancerNodePorts').required()
  const kind = spec.at('loadBalancerClass')
  if (!kind.present) return
  if (balanced) kind.invalidAll(labelKeyErrors(kind.text), kind.text)
  else kind.forbidden(only)
}

/** `old` is undefined on create: the health check port is then still to be allocated by the store. */
function validateTraffic(spec: Field, old: Field | undefined): void {
  const external = spec.at('externalTrafficPolicy')
  const type = spec.at('type').text
  const accessible =
    type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && spec.at('externalIPs').size > 0)
  if (!accessible) {
    if (external.text !== '') external.invalid('may only be set for externally-accessible services')
  } else external.oneOf(['Cluster', 'Local'], true)
  const health = spec.at('healthCheckNodePort')
  if (!needsHealthCheck(spec)) {
    if (health.number !== 0) {
      health.invalid("may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'")
    }
  } else if (health.number === 0) {
    if (old) health.required()
  } else health.invalidAll(portNumber(health.number))
  const internal = spec.at('internalTrafficPolicy')
  const inside = ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(type)
  if (!internal.present && inside) internal.required()
  if (internal.present && !['Cluster', 'Local'].includes(internal.text)) internal.notSupported(['Cluster', 'Local'])
  const distribution = spec.at('trafficDistribution')
  const known = ['PreferClose', 'PreferSameZone', 'PreferSameNode']
  if (distribution.present && !known.includes(distribution.text)) distribution.notSupported(known)
}

function keepAddresses(spec: Field, before: Field): void {
  const now = spec.at('clusterIPs')
  const then = before.at('clusterIPs')
  if (isHeadless(spec) && isHeadless(before)) return
  const first = now.as('spec.clusterIPs[0]')
  const changed = now.texts[0] !== then.texts[0]
  if (now.size === then.size) {
    then.texts.forEach((ip, index) => {
      if (ip !== now.texts[index]) now.as(`spec.clusterIPs[${index}]`).invalid('may not change once set')
    })
  } else if (then.size > now.size) {
    if (now.size === 0) first.invalid('primary clusterIP can not be unset', now.value ?? null)
    else if (changed) first.invalid('may not change once set')
    const policy = spec.at('ipFamilyPolicy')
    if (now.size === 1 && policy.text !== 'SingleStack') {
      policy.invalid("must be set to 'SingleStack' when releasing the secondary clusterIP", policy.value ?? null)
    }
  } else if (then.size > 0 && changed) first.invalid('may not change once set')
}

function keepFamilies(spec: Field, before: Field): void {
  if (isHeadless(spec) !== isHeadless(before) || isHeadless(spec)) return
  const now = spec.at('ipFamilies')
  const then = before.at('ipFamilies')
  const first = now.as('spec.ipFamilies[0]')
  if (now.size > 0 && then.size > 0 && now.texts[0] !== then.texts[0]) first.invalid('may not change once set')
  else if (then.size > now.size && now.size === 1) {
    const policy = spec.at('ipFamilyPolicy')
    if (policy.text !== 'SingleStack') {
      policy.invalid("must be set to 'SingleStack' when releasing the secondary ipFamily", policy.value ?? null)
    }
  }
}

function isHeadless(spec: Field): boolean {
  const all = spec.at('clusterIPs').texts
  return all.length === 1 && all[0] === 'None'
}

function needsHealthCheck(spec: Field): boolean {
  return spec.at('type').text === 'LoadBalancer' && spec.at('externalTrafficPolicy').text === 'Local'
}
