import { formatLabelSelector, type LabelSelector } from '../../api/labels.ts'
import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { every } from '../../object/object.ts'
import { addresses } from '../printers/network.ts'
import type { Describer } from './describer.ts'
import { flat, type Sheet } from './sheet.ts'

/** Services and what stands around them. Models: kubectl/pkg/describe */
export const networkDescribers: Readonly<Record<string, Describer>> = {
  Service(sheet, service) {
    sheet.head(service)
    sheet.marks(service)
    const spec = objectAt(service, 'spec') ?? {}
    const list = (field: string) => (Array.isArray(spec[field]) ? (spec[field] as string[]) : [])
    sheet.field('Selector', flat(spec.selector))
    sheet.field('Type', spec.type)
    if (spec.ipFamilyPolicy) sheet.field('IP Family Policy', spec.ipFamilyPolicy)
    sheet.field('IP Families', list('ipFamilies').join(',') || '<none>')
    sheet.field('IP', spec.clusterIP ?? '')
    sheet.field('IPs', list('clusterIPs').join(',') || '<none>')
    if (list('externalIPs').length > 0) sheet.field('External IPs', list('externalIPs').join(','))
    if (spec.externalName) sheet.field('External Name', spec.externalName)
    const balancer = objectsAt(service, 'status', 'loadBalancer', 'ingress')
    if (balancer.length > 0)
      sheet.field(
        'LoadBalancer Ingress',
        balancer
          .map((one) =>
            one.ip ? `${String(one.ip)}${one.ipMode ? ` (${String(one.ipMode)})` : ''}` : textAt(one, 'hostname'),
          )
          .join(', '),
      )
    for (const port of objectsAt(spec, 'ports')) {
      const protocol = textAt(port, 'protocol') || 'TCP'
      const name = textAt(port, 'name') || '<unset>'
      sheet.line(0, `Port:\t${name}\t${String(port.port)}/${protocol}`)
      sheet.field('TargetPort', `${String(port.targetPort)}/${protocol}`)
      if (port.appProtocol) sheet.field('AppProtocol', port.appProtocol)
      if (port.nodePort) sheet.line(0, `NodePort:\t${name}\t${String(port.nodePort)}/${protocol}`)
      sheet.field('Endpoints', backends(sheet, service, textAt(port, 'name')))
    }
    sheet.field('Session Affinity', spec.sessionAffinity ?? 'None')
    if (spec.externalTrafficPolicy) sheet.field('External Traffic Policy', spec.externalTrafficPolicy)
    if (spec.internalTrafficPolicy) sheet.field('Internal Traffic Policy', spec.internalTrafficPolicy)
    if (spec.healthCheckNodePort) sheet.field('HealthCheck NodePort', spec.healthCheckNodePort)
    if (list('loadBalancerSourceRanges').length > 0)
      sheet.field('LoadBalancer Source Ranges', list('loadBalancerSourceRanges').join(','))
    if (spec.trafficDistribution) sheet.field('Traffic Distribution', spec.trafficDistribution)
  },
  Endpoints(sheet, object) {
    sheet.head(object)
    sheet.marks(object)
    sheet.line(0, 'Subsets:')
    for (const subset of objectsAt(object, 'subsets')) {
      const ips = (field: string) =>
        objectsAt(subset, field)
          .map((one) => textAt(one, 'ip'))
          .join(',') || '<none>'
      sheet.field('Addresses', ips('addresses'), 1)
      sheet.field('NotReadyAddresses', ips('notReadyAddresses'), 1)
      const ports = objectsAt(subset, 'ports')
      if (ports.length > 0) {
        sheet.line(1, 'Ports:')
        sheet.line(2, 'Name\tPort\tProtocol')
        sheet.line(2, '----\t----\t--------')
        for (const port of ports)
          sheet.line(2, `${textAt(port, 'name') || '<unset>'}\t${String(port.port)}\t${textAt(port, 'protocol')}`)
      }
      sheet.line(0, '')
    }
  },
  EndpointSlice(sheet, slice) {
    sheet.head(slice)
    sheet.marks(slice)
    sheet.field('AddressType', textAt(slice, 'addressType'))
    const ports = objectsAt(slice, 'ports')
    if (ports.length === 0) sheet.line(0, 'Ports: <unset>')
    else {
      sheet.line(0, 'Ports:')
      sheet.line(1, 'Name\tPort\tProtocol')
      sheet.line(1, '----\t----\t--------')
      for (const port of ports)
        sheet.line(
          1,
          `${textAt(port, 'name') || '<unset>'}\t${String(port.port ?? '<unset>')}\t${textAt(port, 'protocol')}`,
        )
    }
    const endpoints = objectsAt(slice, 'endpoints')
    sheet.line(0, endpoints.length === 0 ? 'Endpoints: <none>' : 'Endpoints:')
    for (const one of endpoints) {
      sheet.line(1, `- Addresses:\t${Array.isArray(one.addresses) ? one.addresses.join(',') : ''}`)
      sheet.line(2, 'Conditions:')
      sheet.field('Ready', valueAt(one, 'conditions', 'ready') ?? '<unset>', 3)
      sheet.field('Hostname', textAt(one, 'hostname') || '<unset>', 2)
      const target = objectAt(one, 'targetRef')
      if (target) sheet.field('TargetRef', `${textAt(target, 'kind')}/${textAt(target, 'name')}`, 2)
      sheet.field('NodeName', textAt(one, 'nodeName') || '<unset>', 2)
      sheet.field('Zone', textAt(one, 'zone') || '<unset>', 2)
    }
  },
  Ingress(sheet, ingress) {
    sheet.field('Name', textAt(ingress, 'metadata', 'name'))
    sheet.labels('Labels', valueAt(ingress, 'metadata', 'labels'))
    sheet.field('Namespace', textAt(ingress, 'metadata', 'namespace'))
    sheet.field('Address', addresses(ingress, true))
    sheet.field('Ingress Class', textAt(ingress, 'spec', 'ingressClassName') || '<none>')
    const fallback = objectAt(ingress, 'spec', 'defaultBackend')
    sheet.field('Default backend', fallback ? backendText(sheet, ingress, fallback) : '<default>')
    const tls = objectsAt(ingress, 'spec', 'tls')
    if (tls.length > 0) sheet.line(0, 'TLS:')
    for (const one of tls) {
      const hosts = Array.isArray(one.hosts) ? one.hosts.join(',') : ''
      sheet.line(1, one.secretName ? `${String(one.secretName)} terminates ${hosts}` : `SNI routes ${hosts}`)
    }
    sheet.line(0, 'Rules:')
    sheet.line(1, 'Host\tPath\tBackends')
    sheet.line(1, '----\t----\t--------')
    const rules = objectsAt(ingress, 'spec', 'rules')
    for (const rule of rules) {
      sheet.line(1, `${textAt(rule, 'host') || '*'}\t`)
      for (const path of objectsAt(rule, 'http', 'paths'))
        sheet.line(1, `\t${textAt(path, 'path')} \t${backendText(sheet, ingress, objectAt(path, 'backend'))}`)
    }
    if (rules.length === 0) sheet.line(1, `*\t*\t${fallback ? backendText(sheet, ingress, fallback) : '<default>'}`)
    sheet.annotations('Annotations', valueAt(ingress, 'metadata', 'annotations'))
  },
  NetworkPolicy(sheet, policy) {
    sheet.head(policy)
    sheet.field('Created on', timeText(textAt(policy, 'metadata', 'creationTimestamp'))?.replace(/^/, '') ?? '')
    sheet.marks(policy)
    sheet.line(0, 'Spec:')
    const selector = formatLabelSelector(objectAt(policy, 'spec', 'podSelector') as LabelSelector)
    sheet.line(
      1,
      `PodSelector: ${selector === '<none>' ? '<none> (Allowing the specific traffic to all pods in this namespace)' : selector}`,
    )
    const types = (valueAt(policy, 'spec', 'policyTypes') ?? []) as readonly string[]
    for (const [type, field, peers, word] of [
      ['Ingress', 'ingress', 'from', 'From'],
      ['Egress', 'egress', 'to', 'To'],
    ] as const) {
      const direction = type.toLowerCase()
      if (!types.includes(type)) {
        sheet.line(1, `Not affecting ${direction} traffic`)
        continue
      }
      sheet.line(1, `Allowing ${direction} traffic:`)
      policyRules(sheet, objectsAt(policy, 'spec', field), peers, word, direction)
    }
    sheet.line(1, `Policy Types: ${types.join(', ')}`)
  },
}

/** Kinds whose description ends without events. */
export const EVENTLESS: readonly string[] = [
  'NetworkPolicy',
  'Secret',
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
]

function timeText(time: string): string {
  return time === '' ? '' : time.replace('T', ' ').replace('Z', ' +0000 UTC')
}

function policyRules(sheet: Sheet, rules: readonly Loose[], peers: string, word: string, direction: string): void {
  if (rules.length === 0) sheet.line(2, `<none> (Selected pods are isolated for ${direction} connectivity)`)
  for (const [i, rule] of rules.entries()) {
    const ports = objectsAt(rule, 'ports')
    if (ports.length === 0) sheet.line(2, 'To Port: <any> (traffic allowed to all ports)')
    for (const port of ports)
      sheet.line(2, `To Port: ${String(port.port ?? '<any>')}/${textAt(port, 'protocol') || 'TCP'}`)
    const list = objectsAt(rule, peers)
    if (list.length === 0)
      sheet.line(2, `${word}: <any> (traffic not restricted by ${direction === 'ingress' ? 'source' : 'destination'})`)
    for (const peer of list) {
      sheet.line(2, `${word}:`)
      const pods = objectAt(peer, 'podSelector')
      const namespaces = objectAt(peer, 'namespaceSelector')
      if (namespaces) sheet.line(3, `NamespaceSelector: ${formatLabelSelector(namespaces as LabelSelector)}`)
      if (pods) sheet.line(3, `PodSelector: ${formatLabelSelector(pods as LabelSelector)}`)
      const block = objectAt(peer, 'ipBlock')
      if (block) {
        sheet.line(3, 'IPBlock:')
        sheet.line(4, `CIDR: ${textAt(block, 'cidr')}`)
        sheet.line(4, `Except: ${Array.isArray(block.except) ? block.except.join(', ') : ''}`)
      }
    }
    if (i < rules.length - 1) sheet.line(2, '----------')
  }
}

/** Ready endpoints of a Service's port out of its slices, three at most. */
function backends(sheet: Sheet, service: Loose, port: string): string {
  const list: string[] = []
  const name = textAt(service, 'metadata', 'name')
  for (const slice of every(sheet.world, 'EndpointSlice')) {
    if (
      slice.metadata.namespace !== textAt(service, 'metadata', 'namespace') ||
      slice.metadata.labels?.['kubernetes.io/service-name'] !== name
    )
      continue
    const found = objectsAt(slice.rest, 'ports').find((one) => textAt(one, 'name') === port)
    if (!found) continue
    for (const endpoint of objectsAt(slice.rest, 'endpoints')) {
      if (valueAt(endpoint, 'conditions', 'ready') === false) continue
      for (const ip of Array.isArray(endpoint.addresses) ? endpoint.addresses : [])
        list.push(
          String(ip).includes(':') ? `[${String(ip)}]:${String(found.port)}` : `${String(ip)}:${String(found.port)}`,
        )
    }
  }
  return list.length > 3 ? `${list.slice(0, 3).join(',')} + ${list.length - 3} more...` : list.join(',')
}

function backendText(sheet: Sheet, ingress: Loose, backend: Loose | undefined): string {
  const name = textAt(backend, 'service', 'name')
  if (name === '') return textAt(backend, 'resource', 'name')
  const port = valueAt(backend, 'service', 'port', 'number') ?? valueAt(backend, 'service', 'port', 'name')
  const namespace = textAt(ingress, 'metadata', 'namespace')
  const service = sheet.world.get(`k8s.Service/${namespace}/${name}`) as unknown as Loose | undefined
  if (!service) return `${name}:${String(port)} (<error: services "${name}" not found>)`
  const match = objectsAt(service, 'spec', 'ports').find((one) => one.port === port || one.name === port)
  return `${name}:${String(port)} (${backends(sheet, service, textAt(match, 'name'))})`
}
