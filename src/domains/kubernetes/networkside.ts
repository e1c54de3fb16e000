import type { Controller, Derived, Kind, World } from '../../kernel/index.ts'
import type { Program } from '../../shell/index.ts'
import { clientKind, trafficProgram } from '../traffic/index.ts'
import { endpointSliceController } from './endpoints/endpointSlice.controller.ts'
import { endpointsController } from './endpoints/endpoints.controller.ts'
import { podsByLabel, servicesBySelector, slicesByPod } from './endpoints/membership.ts'
import { mirrorController } from './endpoints/mirror.controller.ts'
import { ingressController } from './ingress/ingress.controller.ts'
import { ingressControllerPods } from './ingress/ingressRoute.ts'
import { hostNetworkPods, nodesByIp, podsByIp } from './network/addresses.ts'
import { flows } from './network/flows.ts'
import { loopingPods } from './network/loops.ts'
import './network/trace.ts'
import { portForwardKind } from './network/portForward.ts'
import { busyboxWget } from './network/programs/busyboxWget.ts'
import { curl } from './network/programs/curl.ts'
import { dig, host } from './network/programs/dig.ts'
import { getent } from './network/programs/getent.ts'
import { nc, telnet } from './network/programs/nc.ts'
import { busyboxNslookup, nslookup } from './network/programs/nslookup.ts'
import { ping } from './network/programs/ping.ts'
import { byToolset } from './network/programs/toolset.ts'
import { wget } from './network/programs/wget.ts'
import { policiesByNamespace } from './networkpolicy/policies.ts'
import { objectKind } from './object/objectKind.ts'
import { kubeProxyController, staleRulesController } from './proxy/kubeProxy.controller.ts'
import { proxyRulesKind, rulesByAddress, staleRulesKind } from './proxy/proxyRules.ts'
import { slicesByService } from './proxy/slicesByService.ts'
import { allocatedToServices } from './service/allocated.ts'
import { loadBalancerAddresses, loadBalancerController } from './service/loadBalancer.controller.ts'
import { serviceCidrController } from './service/serviceCidr.controller.ts'
import { serviceCidrDerived } from './service/serviceCidr.ts'
import { serviceKind } from './service/serviceKind.ts'

/** Kinds of everything that has to do with addresses and traffic. `traffic.Client` is the traffic domain's own. */
export const networkKinds: readonly Kind[] = [
  serviceKind,
  objectKind('EndpointSlice'),
  objectKind('Endpoints'),
  objectKind('Ingress'),
  objectKind('IngressClass'),
  objectKind('NetworkPolicy'),
  objectKind('ServiceCIDR'),
  proxyRulesKind,
  staleRulesKind,
  portForwardKind,
]

/** Kinds of the traffic domain, for worlds that do not load it by itself. */
export const trafficKinds: readonly Kind[] = [clientKind]

export const networkControllers: readonly Controller[] = [
  endpointSliceController,
  endpointsController,
  mirrorController,
  kubeProxyController,
  staleRulesController,
  loadBalancerController,
  ingressController,
  serviceCidrController,
]

export const networkDerived: readonly Derived<never>[] = [
  allocatedToServices,
  serviceCidrDerived,
  loadBalancerAddresses,
  podsByLabel,
  servicesBySelector,
  slicesByPod,
  slicesByService,
  rulesByAddress,
  podsByIp,
  nodesByIp,
  hostNetworkPods,
  policiesByNamespace,
  ingressControllerPods,
  loopingPods,
] as unknown as readonly Derived<never>[]

/** Programs of the learner's own machine and of images; in those built on busybox they are its own. Install them all. */
export const networkPrograms: readonly Program[] = [
  curl,
  byToolset(wget, busyboxWget),
  byToolset(nslookup, busyboxNslookup),
  dig,
  host,
  getent,
  ping,
  nc,
  telnet,
]

/** The `traffic` verb of the `lab` program. */
export const trafficVerb: Program = trafficProgram(flows, placeOf)

function placeOf(world: World, text: string): string | undefined {
  const named = /^(?:pod|po|pods)\/([^./]+)(?:\.(.+))?$/.exec(text)
  const id = `k8s.Pod/${named?.[2] ?? 'default'}/${named?.[1] ?? text}`
  return world.get(id)?.id
}

export { flows } from './network/flows.ts'
