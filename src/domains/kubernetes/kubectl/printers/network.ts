import { type Loose, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { age, labelText, nameOf, type Printer, selectorCell } from './printer.ts'

/** Services and what stands around them. Models: pkg/printers/internalversion/printers.go */
export const networkPrinters: Readonly<Record<string, Printer>> = {
  Service: {
    columns: ['Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age', 'Selector*'],
    row: (service, seen) => [
      nameOf(service),
      textAt(service, 'spec', 'type'),
      textAt(service, 'spec', 'clusterIP') || '<none>',
      externalIp(service, seen.wide),
      ports(service),
      age(service, seen),
      labelText(valueAt(service, 'spec', 'selector')),
    ],
  },
  Endpoints: {
    columns: ['Name', 'Endpoints', 'Age'],
    row: (object, seen) => [nameOf(object), endpointsCell(object), age(object, seen)],
  },
  EndpointSlice: {
    columns: ['Name', 'AddressType', 'Ports', 'Endpoints', 'Age'],
    row: (slice, seen) => [
      nameOf(slice),
      textAt(slice, 'addressType'),
      shortened(objectsAt(slice, 'ports').map((port) => String(port.port ?? '*'))),
      shortened(
        objectsAt(slice, 'endpoints').flatMap((one) => (Array.isArray(one.addresses) ? one.addresses.map(String) : [])),
      ),
      age(slice, seen),
    ],
  },
  Ingress: {
    columns: ['Name', 'Class', 'Hosts', 'Address', 'Ports', 'Age'],
    row: (ingress, seen) => [
      nameOf(ingress),
      textAt(ingress, 'spec', 'ingressClassName') ||
        textAt(ingress, 'metadata', 'annotations', 'kubernetes.io/ingress.class') ||
        '<none>',
      hosts(ingress),
      addresses(ingress, seen.wide),
      objectsAt(ingress, 'spec', 'tls').length > 0 ? '80, 443' : '80',
      age(ingress, seen),
    ],
  },
  IngressClass: {
    columns: ['Name', 'Controller', 'Parameters', 'Age'],
    row: (object, seen) => {
      const kind = textAt(object, 'spec', 'parameters', 'kind')
      const group = textAt(object, 'spec', 'parameters', 'apiGroup')
      const parameters =
        kind === ''
          ? '<none>'
          : `${kind}${group === '' ? '' : `.${group}`}/${textAt(object, 'spec', 'parameters', 'name')}`
      return [nameOf(object), textAt(object, 'spec', 'controller'), parameters, age(object, seen)]
    },
  },
  NetworkPolicy: {
    columns: ['Name', 'Pod-Selector', 'Age'],
    row: (object, seen) => [nameOf(object), selectorCell(object, 'spec', 'podSelector'), age(object, seen)],
  },
  IPAddress: {
    columns: ['Name', 'ParentRef'],
    row: (object) => {
      const of = (field: string) => textAt(object, 'spec', 'parentRef', field)
      const resource = of('group') === '' ? of('resource') : `${of('resource')}.${of('group')}`
      return [
        nameOf(object),
        [resource.toLowerCase(), of('namespace'), of('name')].filter((part) => part !== '').join('/') || '<none>',
      ]
    },
  },
  ServiceCIDR: {
    columns: ['Name', 'CIDRs', 'Age'],
    row: (object, seen) => {
      const cidrs = valueAt(object, 'spec', 'cidrs')
      return [nameOf(object), Array.isArray(cidrs) ? cidrs.join(',') : '', age(object, seen)]
    },
  },
}

/** Ingress points of a load balancer, shortened unless wide. */
export function addresses(object: Loose, wide: boolean): string {
  const list = objectsAt(object, 'status', 'loadBalancer', 'ingress').map(
    (one) => textAt(one, 'ip') || textAt(one, 'hostname'),
  )
  const text = [...new Set(list)].sort().join(',')
  return text.length > 16 && !wide ? `${text.slice(0, 13)}...` : text
}

/** The EXTERNAL-IP of a Service. */
export function externalIp(service: Loose, wide: boolean): string {
  const given = valueAt(service, 'spec', 'externalIPs')
  const own = Array.isArray(given) ? given.map(String) : []
  switch (textAt(service, 'spec', 'type')) {
    case 'ExternalName':
      return textAt(service, 'spec', 'externalName')
    case 'LoadBalancer': {
      const balancer = addresses(service, wide)
      if (own.length > 0) return [...(balancer === '' ? [] : balancer.split(',')), ...own].join(',')
      return balancer === '' ? '<pending>' : balancer
    }
    default:
      return own.length > 0 ? own.join(',') : '<none>'
  }
}

function ports(service: Loose): string {
  const list = objectsAt(service, 'spec', 'ports').map((port) => {
    const node = Number(port.nodePort ?? 0)
    return `${port.port}${node > 0 ? `:${node}` : ''}/${textAt(port, 'protocol') || 'TCP'}`
  })
  return list.length === 0 ? '<none>' : list.join(',')
}

function hosts(ingress: Loose): string {
  const list = objectsAt(ingress, 'spec', 'rules')
    .map((rule) => textAt(rule, 'host'))
    .filter((host) => host !== '')
  if (list.length === 0) return '*'
  return list.length > 3 ? `${list.slice(0, 3).join(',')} + ${list.length - 3} more...` : list.join(',')
}

/** `10.1.1.1:80,10.1.1.2:80 + 2 more...` of an Endpoints object; one port name only when asked. */
export function endpointsCell(object: Loose, portName?: string): string {
  const list: string[] = []
  for (const subset of objectsAt(object, 'subsets')) {
    const ports = objectsAt(subset, 'ports')
    const addresses = objectsAt(subset, 'addresses').map((one) => textAt(one, 'ip'))
    if (ports.length === 0 && portName === undefined) list.push(...addresses)
    for (const port of ports) {
      if (portName !== undefined && (port.name ?? '') !== portName) continue
      for (const ip of addresses) list.push(ip.includes(':') ? `[${ip}]:${port.port}` : `${ip}:${port.port}`)
    }
  }
  if (list.length === 0) return '<none>'
  return list.length > 3 ? `${list.slice(0, 3).join(',')} + ${list.length - 3} more...` : list.join(',')
}

function shortened(list: readonly string[]): string {
  if (list.length === 0) return '<unset>'
  return list.length > 3 ? `${list.slice(0, 3).join(',')} + ${list.length - 3} more...` : list.join(',')
}
