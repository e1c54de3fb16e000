import type { World } from '../../../kernel/index.ts'
import { type Horizon, type Route, wireRoutes } from '../../traffic/index.ts'
import { milliValue, parseQuantity } from '../api/quantity.ts'
import { resolveHost } from '../dns/resolve.ts'
import { podSpec } from '../endpoints/podFacts.ts'
import { isIngressController, routeIngress } from '../ingress/ingressRoute.ts'
import { containersOf } from '../kubelet/container.ts'
import { serverOf } from '../kubelet/serving.ts'
import { find, type ObjectEntity } from '../object/object.ts'
import { type Backend, backendsOf } from '../proxy/backends.ts'
import { type ProxyRules, rulesId } from '../proxy/proxyRules.ts'
import { serviceSpec } from '../service/serviceSpec.ts'
import { hostNetworkPods } from './addresses.ts'
import { aimAt } from './aim.ts'
import { deliver } from './deliver.ts'
import { parseUrl, type Url } from './httpMessage.ts'
import type { Listener } from './listener.ts'
import { type Vantage, vantageOf } from './vantage.ts'

/**
 * Every way that requests to a URL take from a place, with the share of each: the same rules as for one request, with shares where that
 * one draws. A name before `@` in the URL is the Host header, for Ingress hosts that no name server knows.
 */
export function routesOf(world: World, fromId: string, text: string, horizon: Horizon): readonly Route[] {
  const wired = wireRoutes(world, fromId, text)
  if (wired) return wired
  const url = parseUrl(text)
  if ('error' in url) return [{ to: fromId, share: 1, fails: 'unknown host' }]
  const from = senderOf(world, fromId)
  const found = resolveHost(world, from, url.host)
  const ip = found.ips[0]
  if (ip === undefined)
    return [{ to: 'k8s.Component/coredns', share: 1, fails: found.outcome === 'timeout' ? 'timeout' : 'unknown host' }]
  const host = url.user ?? url.host
  const aim = aimAt(world, from, ip, url.port, () => 0)
  if (aim.is === 'nowhere') return [{ to: aim.hops[aim.hops.length - 1]?.at ?? fromId, share: 1, fails: aim.why }]
  if (aim.is === 'place') return [placeRoute(world, horizon, from, aim, host, url, 1)]
  const next = spread(world, horizon, from, aim.list, host, url)
  return [{ to: aim.service, share: 1, next }]
}

/** A traffic client says itself where it sends from; a pod that calls others is that pod. */
function senderOf(world: World, id: string): Vantage {
  const entity = world.get(id)
  if (entity?.kind !== 'traffic.Client') return vantageOf(world, id)
  const { from } = entity as typeof entity & { readonly from: string }
  return { ...vantageOf(world, from), id }
}

function spread(
  world: World,
  horizon: Horizon,
  from: Vantage,
  list: readonly Backend[],
  host: string,
  url: Url,
): readonly Route[] {
  return list.map(({ ip, port, pod }) =>
    placeRoute(world, horizon, from, { ip, port, pod }, host, url, 1 / list.length),
  )
}

function placeRoute(
  world: World,
  horizon: Horizon,
  from: Vantage,
  place: {
    readonly ip: string
    readonly port: number
    readonly node?: string | undefined
    readonly pod?: string | undefined
  },
  host: string,
  url: Url,
  share: number,
): Route {
  const delivery = deliver(world, from, place.ip, place.port, place.node)
  if (delivery.is === 'failed') lookAhead(world, delivery.hops[0]?.at, horizon)
  if (delivery.is === 'failed') return { to: place.pod ?? delivery.hops[0]?.at ?? from.id, share, fails: delivery.why }
  if (delivery.is === 'elsewhere') return { to: 'k8s.Internet', share, next: [] }
  const { pod, listener, port } = delivery
  if (isIngressController(pod) && (port === 80 || port === 443))
    return { to: pod.id, share, next: ingressRoutes(world, horizon, pod, host, url) }
  return { to: pod.id, share, station: stationOf(world, pod, listener), calls: listener.behaviour.calls }
}

/** A pod that refuses, or a node whose pods do, may have a server that only starts. */
function lookAhead(world: World, id: string | undefined, horizon: Horizon): void {
  const pods = id?.startsWith('k8s.Node/')
    ? (world.lookup(hostNetworkPods, id.slice('k8s.Node/'.length)) as readonly ObjectEntity[])
    : [world.get(id ?? '')].filter((pod) => pod?.kind === 'k8s.Pod')
  for (const pod of pods) {
    for (const container of containersOf(world, pod as ObjectEntity)) {
      const listensAt = serverOf(world, container)?.listensAt ?? 0
      if (listensAt > world.now) horizon.until = Math.min(horizon.until, listensAt)
    }
  }
}

function ingressRoutes(
  world: World,
  horizon: Horizon,
  controller: ObjectEntity,
  host: string,
  url: Url,
): readonly Route[] {
  const target = routeIngress(world, host, url.path, url.scheme === 'https')
  if (target.is === 'redirect') return []
  if (target.is === 'none') return [{ to: controller.id, share: 1, fails: 'refused' }]
  const { ingress, backend } = target
  const service = find(world, 'Service', ingress.metadata.namespace, backend.service?.name ?? '')
  const wanted = backend.service?.port
  const port =
    service &&
    serviceSpec(service).ports?.find((one) =>
      wanted?.name === undefined ? one.port === wanted?.number : one.name === wanted.name,
    )
  const rules = service && (world.get(rulesId(service.id)) as ProxyRules | undefined)
  const list = rules && port ? backendsOf(world, rules, port, 'IPv4').list : []
  if (!service || list.length === 0)
    return [{ to: ingress.id, share: 1, next: [{ to: service?.id ?? ingress.id, share: 1, fails: 'refused' }] }]
  const next = spread(world, horizon, vantageOf(world, controller.id), list, host, url)
  return [{ to: ingress.id, share: 1, next: [{ to: service.id, share: 1, next }] }]
}

/** A pod as a station: the CPU of one request by its image, its limit by its spec, its pool by its node. */
function stationOf(world: World, pod: ObjectEntity, listener: Listener) {
  const { behaviour, container } = listener
  const { spec } = container
  const node = podSpec(pod).nodeName ?? ''
  const limit = milli(spec.resources?.limits?.cpu)
  const allocatable = find(world, 'Node', undefined, node)?.status as
    | { readonly allocatable?: { readonly cpu?: string } }
    | undefined
  return {
    id: pod.id,
    cpuMs: behaviour.cpuMs,
    baseMs: behaviour.baseMs,
    limitMilli: limit,
    weight: milli(spec.resources?.requests?.cpu) ?? limit ?? 2,
    pool: { id: `k8s.Node/${node}`, milli: milli(allocatable?.allocatable?.cpu) ?? 2000 },
    concurrency: behaviour.concurrency,
  }
}

function milli(quantity: string | number | undefined): number | undefined {
  if (quantity === undefined) return undefined
  const known = milliOf.get(quantity)
  if (known !== undefined) return known
  const parsed = parseQuantity(quantity)
  const value = parsed && milliValue(parsed)
  if (value !== undefined) milliOf.set(quantity, value)
  return value
}

const milliOf = new Map<string | number, number>()
