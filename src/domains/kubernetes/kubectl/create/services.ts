import type { Loose } from '../../api/loose.ts'
import type { Ask } from '../ask.ts'
import type { Command } from '../command.ts'
import type { KubeFlag } from '../flags.ts'
import { stop } from '../problem.ts'
import { generator } from './generator.ts'

const TCP: KubeFlag = { name: 'tcp', value: '[]', type: 'list', says: 'port or port:targetPort' }

/** `kubectl create service` and `ingress`. Models: kubectl/pkg/cmd/create */
export const serviceGenerators: readonly Command[] = [
  {
    name: 'service',
    aliases: ['svc'],
    summary: 'Create a service using a specified subcommand',
    usage: '(clusterip | externalname | loadbalancer | nodeport)',
    commands: [
      generator({
        name: 'clusterip',
        summary: 'Create a ClusterIP service',
        usage: 'NAME [--tcp=<port>:<targetPort>]',
        flags: [TCP, { name: 'clusterip', value: "''", says: 'Its own address; None for a headless service' }],
        make: (ask, name) => {
          const ip = ask.text('clusterip') ?? ''
          if (ask.list('tcp').length === 0 && ip !== 'None') stop('at least one tcp port specifier must be provided')
          return service(ask, name, 'ClusterIP', ip === '' ? {} : { clusterIP: ip })
        },
      }),
      generator({
        name: 'nodeport',
        summary: 'Create a NodePort service',
        usage: 'NAME [--tcp=port:targetPort]',
        flags: [TCP, { name: 'node-port', value: '0', type: 'int', says: 'Port on every node' }],
        make: (ask, name) => {
          if (ask.list('tcp').length === 0) stop('at least one tcp port specifier must be provided')
          return service(ask, name, 'NodePort', {}, ask.number('node-port'))
        },
      }),
      generator({
        name: 'loadbalancer',
        summary: 'Create a LoadBalancer service',
        usage: 'NAME [--tcp=port:targetPort]',
        flags: [TCP],
        make: (ask, name) => {
          if (ask.list('tcp').length === 0) stop('at least one tcp port specifier must be provided')
          return service(ask, name, 'LoadBalancer', {})
        },
      }),
      generator({
        name: 'externalname',
        summary: 'Create an ExternalName service',
        usage: 'NAME --external-name external.name',
        flags: [TCP, { name: 'external-name', value: "''", says: 'Name to point at' }],
        make: (ask, name) => {
          const external = ask.text('external-name')
          if (external === undefined) stop('required flag(s) "external-name" not set')
          return service(ask, name, 'ExternalName', { externalName: external })
        },
      }),
    ],
  },
  generator({
    name: 'ingress',
    aliases: ['ing'],
    summary: 'Create an ingress with the specified name',
    usage: 'NAME --rule=host/path=service:port[,tls[=secret]]',
    flags: [
      { name: 'rule', value: '[]', type: 'texts', says: 'host/path=service:port[,tls=secret]' },
      { name: 'class', value: "''", says: 'Its IngressClass' },
      { name: 'annotation', value: '[]', type: 'texts', says: 'key=value' },
      { name: 'default-backend', value: "''", says: 'service:port for everything else' },
    ],
    examples: ['kubectl create ingress simple --rule="foo.com/bar=svc1:8080,tls=my-cert"'],
    make: ingress,
  }),
]

function service(ask: Ask, name: string, type: string, more: Loose, nodePort?: number): Loose {
  const ports = ask.list('tcp').map((text) => {
    const [first = '', second] = text.split(':')
    const port = Number(first)
    if (!Number.isInteger(port) || port < 1 || port > 65535) stop(`invalid port ${first}: must be between 1 and 65535`)
    const target = second === undefined ? port : /^\d+$/.test(second) ? Number(second) : second
    return {
      name: second === undefined ? first : `${first}-${second}`,
      port,
      protocol: 'TCP',
      targetPort: target,
      ...(nodePort ? { nodePort } : {}),
    }
  })
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels: { app: name } },
    spec: { ...(ports.length > 0 ? { ports } : {}), selector: { app: name }, type, ...more },
    ...(ask.dryRun === 'client' ? { status: { loadBalancer: {} } } : {}),
  }
}

function ingress(ask: Ask, name: string): Loose {
  const rules = ask.list('rule')
  const fallback = ask.text('default-backend')
  if (rules.length === 0 && !fallback)
    stop(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    )
  const byHost = new Map<string, Loose[]>()
  const tls: Loose[] = []
  for (const rule of rules) {
    const found = /^([\w*\-.]*)(\/[^=]*)=([^,:]+):([^,]+)((?:,tls(?:=.*)?)?)$/.exec(rule)
    if (!found) return stop(`rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`)
    const [, host = '', path = '', svc = '', port = '', secure = ''] = found
    const prefix = path.endsWith('*')
    const list = byHost.get(host) ?? []
    list.push({
      backend: backend(svc, port),
      path: prefix ? path.slice(0, -1) : path,
      pathType: prefix ? 'Prefix' : 'Exact',
    })
    byHost.set(host, list)
    if (secure !== '')
      tls.push({
        ...(host === '' ? {} : { hosts: [host] }),
        ...(secure.includes('=') ? { secretName: secure.slice(secure.indexOf('=') + 1) } : {}),
      })
  }
  const [svc = '', port = ''] = (fallback ?? '').split(':')
  const annotations = Object.fromEntries(
    ask.list('annotation').map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
  )
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, ...(ask.list('annotation').length > 0 ? { annotations } : {}) },
    spec: {
      ...(fallback ? { defaultBackend: backend(svc, port) } : {}),
      ...(ask.text('class') ? { ingressClassName: ask.text('class') } : {}),
      ...(byHost.size > 0
        ? { rules: [...byHost].map(([host, paths]) => ({ ...(host === '' ? {} : { host }), http: { paths } })) }
        : {}),
      ...(tls.length > 0 ? { tls } : {}),
    },
    ...(ask.dryRun === 'client' ? { status: { loadBalancer: {} } } : {}),
  }
}

function backend(name: string, port: string): Loose {
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } }
}
