import type { World } from '../../../kernel/index.ts'
import { every, find, type ObjectEntity } from '../object/object.ts'
import { loadBalancerIngress, serviceSpec } from '../service/serviceSpec.ts'
import { nodeAddresses, nodesByIp } from './addresses.ts'

/**
 * The URL that a target of traffic means: a URL as it is; `service/web`, `svc/web.shop` or `ingress/web` by the address that reaches it
 * from where the traffic comes (`outside`, or the id of a pod).
 */
export function targetUrl(world: World, target: string, from: string): string {
  const named = /^(service|services|svc|ingress|ing|pod|po)\/([^./:]+)(?:\.([^/:]+))?(?::(\d+))?(\/.*)?$/.exec(target)
  if (!named) return target
  const [, kind = '', name = '', namespace = 'default', port, path = ''] = named
  const inside = world.get(from)?.kind === 'k8s.Pod' || world.get(from)?.kind === 'k8s.Container'
  if (kind.startsWith('s')) return serviceUrl(world, name, namespace, port, path, inside)
  if (kind.startsWith('i')) return ingressUrl(world, name, namespace, path)
  const pod = find(world, 'Pod', namespace, name)
  const ip = (pod?.status as { readonly podIP?: string } | undefined)?.podIP ?? `${name}.invalid`
  return `http://${ip}${port === undefined ? '' : `:${port}`}${path}`
}

function serviceUrl(
  world: World,
  name: string,
  namespace: string,
  port: string | undefined,
  path: string,
  inside: boolean,
): string {
  const service = find(world, 'Service', namespace, name)
  const ports = service ? (serviceSpec(service).ports ?? []) : []
  const chosen = ports.find((one) => String(one.port) === port) ?? ports[0]
  const number = port ?? chosen?.port ?? 80
  if (inside || !service) return `http://${name}.${namespace}.svc.cluster.local:${number}${path}`
  const ip = loadBalancerIngress(service)[0]?.ip
  if (ip !== undefined) return `http://${ip}:${number}${path}`
  const node = firstNodeIp(world)
  if (chosen?.nodePort && node !== undefined) return `http://${node}:${chosen.nodePort}${path}`
  return `http://${serviceSpec(service).clusterIP ?? name}:${number}${path}`
}

function ingressUrl(world: World, name: string, namespace: string, path: string): string {
  const ingress = find(world, 'Ingress', namespace, name)
  const spec = ingress?.spec as { readonly rules?: readonly { readonly host?: string }[] } | undefined
  const host = spec?.rules?.[0]?.host
  const ip = ingress ? loadBalancerIngress(ingress)[0]?.ip : undefined
  if (ip === undefined) return `http://${name}.invalid${path}`
  return host === undefined ? `http://${ip}${path}` : `http://${host}@${ip}${path}`
}

function firstNodeIp(world: World): string | undefined {
  for (const node of every(world, 'Node')) {
    const ip = nodeAddresses(node as ObjectEntity)[0]
    if (ip !== undefined && world.get(`k8s.Machine/${node.metadata.name}`)?.state === 'Up') return ip
  }
  return [...world.derived(nodesByIp).keys()][0]
}
