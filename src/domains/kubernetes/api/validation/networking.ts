import { contains, parseCidr, parseIp, validateCidr } from './addresses.ts'
import { validateDomainPath } from './domainPath.ts'
import type { Field } from './field.ts'
import { immutable, validateLabelSelector, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dns1035Label, dnsLabel, dnsSubdomain, pathSegment, portName, portNumber, wildcardSubdomain } from './names.ts'

/** Models: pkg/apis/networking/validation ValidateIngressCreate. */
export function validateIngress(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  validateIngressSpec(object.at('spec'))
  const key = 'kubernetes.io/ingress.class'
  const note = object.at('metadata.annotations').object[key]
  const name = object.at('spec.ingressClassName')
  if (typeof note === 'string' && name.present && note !== name.text) {
    object.as(`annotations.${key}`).invalid('must match `ingressClassName` when both are specified', note)
  }
}

/** Models: ValidateIngressUpdate. */
export function validateIngressUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  validateIngressSpec(object.at('spec'))
}

/** Models: ValidateIngressClass. */
export function validateIngressClass(object: Field): void {
  validateMetadata(object.at('metadata'), false, dnsSubdomain)
  const controller = object.at('spec.controller')
  if (controller.text.length > 250) controller.tooLong(250)
  validateDomainPath(controller)
  const parameters = object.at('spec.parameters')
  if (!parameters.present) return
  if (parameters.at('apiGroup').present)
    parameters.at('apiGroup').invalidAll(dnsSubdomain(parameters.at('apiGroup').text))
  for (const name of ['kind', 'name']) {
    const field = parameters.at(name)
    if (field.text === '') field.required()
    else field.invalidAll(pathSegment(field.text))
  }
  const scope = parameters.at('scope')
  const namespace = parameters.at('namespace')
  if (!['Cluster', 'Namespace'].includes(scope.text)) scope.notSupported(['Cluster', 'Namespace'], scope.text)
  else if (scope.text === 'Namespace') {
    if (!namespace.present) namespace.required("`parameters.scope` is set to 'Namespace'")
    else namespace.invalidAll(dnsLabel(namespace.text))
  } else if (namespace.present) namespace.forbidden("`parameters.scope` is set to 'Cluster'")
}

/** Models: ValidateIngressClassUpdate. */
export function validateIngressClassUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  immutable(object.at('spec.controller'), old.at('spec.controller'))
  validateIngressClass(object)
}

/** Models: ValidateNetworkPolicy. */
export function validateNetworkPolicy(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  validatePolicySpec(object.at('spec'))
}

/** Models: ValidateNetworkPolicyUpdate. */
export function validateNetworkPolicyUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  validatePolicySpec(object.at('spec'))
}

function validateIngressSpec(spec: Field): void {
  const rules = spec.at('rules')
  const fallback = spec.at('defaultBackend')
  if (rules.size === 0 && !fallback.present) {
    spec.invalid('either `defaultBackend` or `rules` must be specified', rules.value ?? null)
  }
  if (fallback.present) validateBackend(fallback)
  for (const rule of rules.items) {
    const host = rule.at('host')
    if (host.text !== '') {
      if (parseIp(host.text)) host.invalid('must be a DNS name, not an IP address')
      host.invalidAll(host.text.includes('*') ? wildcardSubdomain(host.text) : dnsSubdomain(host.text))
    }
    const http = rule.at('http')
    if (!http.present) continue
    const paths = http.at('paths')
    if (paths.size === 0) paths.required()
    for (const path of paths.items) validatePath(path)
  }
  for (const tls of spec.at('tls').items) {
    for (const host of tls.at('hosts').items) {
      host.invalidAll(host.text.includes('*') ? wildcardSubdomain(host.text) : dnsSubdomain(host.text))
    }
    const secret = tls.at('secretName')
    if (secret.text !== '') secret.invalidAll(dnsSubdomain(secret.text))
  }
  const name = spec.at('ingressClassName')
  if (name.present) name.invalidAll(dnsSubdomain(name.text), name.text)
}

function validatePath(entry: Field): void {
  const type = entry.at('pathType')
  const path = entry.at('path')
  if (!type.present) {
    type.required('pathType must be specified')
    return
  }
  if (type.text === 'Exact' || type.text === 'Prefix') {
    if (!path.text.startsWith('/')) path.invalid('must be an absolute path', path.text)
    for (const part of ['//', '/./', '/../', '%2f', '%2F']) {
      if (path.text.includes(part)) path.invalid(`must not contain '${part}'`)
    }
    for (const end of ['/..', '/.']) if (path.text.endsWith(end)) path.invalid(`cannot end with '${end}'`)
  } else if (type.text === 'ImplementationSpecific') {
    if (path.text !== '' && !path.text.startsWith('/')) path.invalid('must be an absolute path')
  } else type.notSupported(['Exact', 'ImplementationSpecific', 'Prefix'])
  validateBackend(entry.at('backend'))
}

function validateBackend(backend: Field): void {
  const service = backend.at('service')
  const resource = backend.at('resource')
  if (service.present && resource.present) backend.invalid('cannot set both resource and service backends', '')
  else if (resource.present) {
    const group = resource.at('apiGroup')
    if (group.present) group.invalidAll(dnsSubdomain(group.text))
    for (const name of ['kind', 'name']) {
      const field = resource.at(name)
      if (field.text === '') field.required()
      else field.invalidAll(pathSegment(field.text))
    }
  } else if (service.present) {
    const name = service.at('name')
    if (name.text === '') name.required()
    else name.invalidAll(dns1035Label(name.text))
    const named = service.at('port.name')
    const number = service.at('port.number')
    if (named.text !== '' && number.number !== 0) backend.invalid('cannot set both port name & port number', '')
    else if (named.text !== '') named.invalidAll(portName(named.text))
    else if (number.number !== 0) number.invalidAll(portNumber(number.number))
    else backend.required('port name or number is required')
  } else backend.invalid('resource or service backend is required', '')
}

function validatePolicySpec(spec: Field): void {
  validateLabelSelector(spec.at('podSelector'))
  for (const [rules, peers] of [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const) {
    for (const rule of spec.at(rules).items) {
      for (const port of rule.at('ports').items) validatePolicyPort(port)
      for (const peer of rule.at(peers).items) validatePeer(peer)
    }
  }
  const types = spec.at('policyTypes')
  if (types.size > 2) types.invalid('may not specify more than two policyTypes')
  for (const type of types.items)
    if (!['Ingress', 'Egress'].includes(type.text)) type.notSupported(['Ingress', 'Egress'])
}

function validatePolicyPort(entry: Field): void {
  const protocol = entry.at('protocol')
  const port = entry.at('port')
  const end = entry.at('endPort')
  const protocols = ['TCP', 'UDP', 'SCTP']
  if (protocol.present && !protocols.includes(protocol.text)) protocol.notSupported(protocols)
  if (!port.present) {
    if (end.present) end.invalid('may not be specified when `port` is not specified')
  } else if (typeof port.value === 'number') {
    port.invalidAll(portNumber(port.number))
    if (!end.present) return
    if (end.number < port.number) end.invalid('must be greater than or equal to `port`', port.number)
    end.invalidAll(portNumber(end.number))
  } else {
    if (end.present) end.invalid('may not be specified when `port` is non-numeric')
    port.invalidAll(portName(port.text))
  }
}

function validatePeer(peer: Field): void {
  const block = peer.at('ipBlock')
  let peers = 0
  for (const name of ['podSelector', 'namespaceSelector']) {
    if (!peer.at(name).present) continue
    peers++
    validateLabelSelector(peer.at(name))
  }
  if (block.present) {
    peers++
    validateBlock(block)
  }
  if (peers === 0) peer.required('must specify a peer')
  else if (peers > 1 && block.present) peer.forbidden('may not specify both ipBlock and another peer')
}

function validateBlock(block: Field): void {
  const cidr = block.at('cidr')
  if (cidr.text === '') {
    cidr.required()
    return
  }
  if (!validateCidr(cidr)) return
  const network = parseCidr(cidr.text)
  for (const except of block.at('except').items) {
    if (!validateCidr(except)) continue
    const inner = parseCidr(except.text)
    if (network && inner && (!contains(network, inner.bytes) || network.length >= inner.length)) {
      except.invalid('must be a strict subset of `cidr`')
    }
  }
}
