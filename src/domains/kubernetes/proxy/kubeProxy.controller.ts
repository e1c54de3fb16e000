import type { Answer, Controller, World } from '../../../kernel/index.ts'
import { apiWorks, componentId, works } from '../components/component.ts'
import { LATENCY } from '../latency.ts'
import type { ObjectEntity } from '../object/object.ts'
import { serviceSpec } from '../service/serviceSpec.ts'
import { type ProxyRules, rulesData, rulesId, staleRulesId } from './proxyRules.ts'
import { slicesByService } from './slicesByService.ts'

/**
 * All kube-proxies that keep up, as one: after each change of a Service or its slices they hold the same rules, so one record stands
 * for thousands of nodes.
 * Models: kubernetes pkg/proxy/iptables/proxier.go syncProxyRules
 */
export const kubeProxyController: Controller = {
  name: 'kube-proxy',
  watches: {
    'k8s.Service': ['Created', 'Updated', 'LoadBalancerEnsured', 'LoadBalancerReleased', 'Removed'],
    'k8s.EndpointSlice': ['Created', 'Updated', 'Removed'],
    'k8s.Component': '*',
  },
  delay: () => LATENCY.proxy,
  wakes(event, world) {
    if (event.kind === 'k8s.Service') return event.to
    if (event.kind === 'k8s.EndpointSlice') return serviceOfSlice(event.to, world)
    const back = event.to === componentId('kube-apiserver') || event.to === componentId('etcd')
    if (!back || event.into !== 'Running') return undefined
    return [...world.all('k8s.Service')].map(({ id }) => id)
  },
  reconcile(id, world): readonly Answer[] | undefined {
    if (!apiWorks(world)) return undefined
    const service = world.get(id) as ObjectEntity | undefined
    const rules = world.get(rulesId(id)) as ProxyRules | undefined
    if (!service || serviceSpec(service).type === 'ExternalName')
      return rules ? [{ to: rules.id, type: 'RulesRemoved' }] : undefined
    const data = rulesData(service, world.lookup(slicesByService, id) as readonly ObjectEntity[])
    if (!rules) return [{ to: rulesId(id), kind: 'k8s.ProxyRules', type: 'RulesWritten', data }]
    if (sameRules(rules, data)) return undefined
    return [{ to: rules.id, type: 'RulesWritten', data }]
  },
}

/**
 * Freezes the rules of a node whose kube-proxy stops, whose machine is cut off, and lets them go once it follows again.
 * Models: rules in the kernel of a node outlive its kube-proxy.
 */
export const staleRulesController: Controller = {
  name: 'kube-proxy-staleness',
  watches: { 'k8s.Component': '*', 'k8s.Machine': '*' },
  delay: (id, world) => (follows(world, id) ? LATENCY.proxy : 0),
  wakes(event) {
    if (event.kind === 'k8s.Machine') return event.to.slice('k8s.Machine/'.length)
    return event.to.startsWith('k8s.Component/kube-proxy/')
      ? event.to.slice('k8s.Component/kube-proxy/'.length)
      : undefined
  },
  reconcile(node, world): readonly Answer[] | undefined {
    const id = staleRulesId(node)
    const stale = world.get(id)
    if (follows(world, node) || !world.get(`k8s.Machine/${node}`))
      return stale ? [{ to: id, type: 'CaughtUp', by: componentId('kube-proxy', node) }] : undefined
    if (stale) return undefined
    const rules: { [service: string]: ProxyRules } = {}
    for (const one of world.all('k8s.ProxyRules') as Iterable<ProxyRules>) rules[one.service] = one
    return [{ to: id, kind: 'k8s.StaleRules', type: 'Made', data: { node, rules } }]
  },
}

/** Whether the kube-proxy of a node runs and hears of changes. */
function follows(world: World, node: string): boolean {
  return works(world, 'kube-proxy', node) && world.get(`k8s.Machine/${node}`)?.state === 'Up'
}

/** A slice names its Service in a label; one that is gone is found by the name of the Service that it began with. */
function serviceOfSlice(id: string, world: World): string | undefined {
  const slice = world.get(id) as ObjectEntity | undefined
  const label = slice?.metadata.labels?.['kubernetes.io/service-name']
  if (slice && label !== undefined) return `k8s.Service/${slice.metadata.namespace}/${label}`
  const byName = id.replace('k8s.EndpointSlice/', 'k8s.Service/')
  for (let cut = byName.lastIndexOf('-'); cut > 0; cut = byName.lastIndexOf('-', cut - 1)) {
    const service = byName.slice(0, cut)
    if (world.get(rulesId(service))) return service
  }
  return undefined
}

function sameRules(rules: ProxyRules, data: ReturnType<typeof rulesData>): boolean {
  return (
    rules.spec === data.spec &&
    rules.publicIps.join() === data.publicIps.join() &&
    rules.slices.length === data.slices.length &&
    rules.slices.every((slice, i) => slice === data.slices[i])
  )
}
