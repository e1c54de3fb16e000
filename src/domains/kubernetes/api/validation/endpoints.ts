import { labelKeyErrors } from '../labels.ts'
import { parseIp, validateEndpointIp, validateIp } from './addresses.ts'
import type { Field } from './field.ts'
import { validateMetadata } from './metadata.ts'
import { dnsLabel, dnsSubdomain, portNumber } from './names.ts'

/** Models: ValidateEndpoints. */
export function validateEndpoints(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  for (const subset of object.at('subsets').items) {
    const lists = [subset.at('addresses'), subset.at('notReadyAddresses')]
    if (lists.every((list) => list.size === 0)) subset.required('must specify `addresses` or `notReadyAddresses`')
    for (const address of lists.flatMap((list) => list.items)) {
      validateIp(address.at('ip'))
      const host = address.at('hostname')
      if (host.text !== '') host.invalidAll(dnsLabel(host.text))
      validateEndpointIp(address.at('ip'))
    }
    const ports = subset.at('ports')
    for (const port of ports.items) {
      const name = port.at('name')
      if (ports.size > 1 && name.text === '') name.required()
      else if (name.text !== '') name.invalidAll(dnsLabel(name.text))
      port.at('port').invalidAll(portNumber(port.at('port').number), port.at('port').number)
      port.at('protocol').oneOf(['SCTP', 'TCP', 'UDP'], true)
    }
  }
}

/** Models: pkg/apis/discovery/validation ValidateEndpointSlice. */
export function validateEndpointSlice(object: Field): void {
  validateMetadata(object.at('metadata'), true, dnsSubdomain)
  const type = object.at('addressType')
  type.oneOf(['FQDN', 'IPv4', 'IPv6'], true)
  const names = new Set<string>()
  for (const port of object.at('ports').items) {
    const name = port.at('name')
    if (name.text !== '') name.invalidAll(dnsLabel(name.text))
    if (names.has(name.text)) name.duplicate(name.text)
    names.add(name.text)
    port.at('protocol').oneOf(['SCTP', 'TCP', 'UDP'], true)
    const app = port.at('appProtocol')
    if (app.present) app.invalidAll(labelKeyErrors(app.text))
  }
  const endpoints = object.at('endpoints')
  if (endpoints.size > 1000) endpoints.tooMany(1000)
  for (const endpoint of endpoints.items) {
    const addresses = endpoint.at('addresses')
    if (addresses.size === 0) addresses.required('must contain at least 1 address')
    else if (addresses.size > 100) addresses.tooMany(100)
    for (const address of addresses.items) {
      if (type.text === 'FQDN') address.invalidAll(dnsSubdomain(address.text))
      else if (validateIp(address)) {
        const six = parseIp(address.text)?.length === 16
        if (type.text === 'IPv4' && six) addresses.invalid('must be an IPv4 address', address.text)
        if (type.text === 'IPv6' && !six) addresses.invalid('must be an IPv6 address', address.text)
        validateEndpointIp(address)
      }
    }
    for (const name of ['nodeName', 'hostname']) {
      const field = endpoint.at(name)
      if (field.present) field.invalidAll(name === 'hostname' ? dnsLabel(field.text) : dnsSubdomain(field.text))
    }
  }
}
