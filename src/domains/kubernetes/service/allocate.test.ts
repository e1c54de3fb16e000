import { describe, expect, test } from 'vitest'
import { SmallWorld } from '../network/smallWorld.ts'
import type { KubeObject } from '../object/object.ts'
import { ipv4Block, ipv4Number } from './addressRange.ts'
import { allocateService } from './allocate.ts'
import type { ServiceSpec } from './serviceSpec.ts'

function service(spec: ServiceSpec, name = 'web'): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default', uid: 'u', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { type: 'ClusterIP', ports: [{ port: 80, protocol: 'TCP' }], ...spec } as never,
  }
}

function specOf(answer: ReturnType<typeof allocateService>): ServiceSpec {
  if (!answer.ok) throw new Error(answer.message)
  return answer.service.spec as ServiceSpec
}

describe('cluster IPs', () => {
  test('come from the dynamic band, the same for the same seed', () => {
    const { world } = new SmallWorld()
    const spec = specOf(allocateService(world, service({})))
    expect(spec).toMatchObject({ clusterIPs: [spec.clusterIP], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' })
    const block = ipv4Block('10.96.0.0/12')
    expect((ipv4Number(spec.clusterIP ?? '') ?? 0) - (block?.first ?? 0)).toBeGreaterThan(256)
    expect(specOf(allocateService(new SmallWorld().world, service({}))).clusterIP).toBe(spec.clusterIP)
    expect(specOf(allocateService(new SmallWorld(2).world, service({}))).clusterIP).not.toBe(spec.clusterIP)
  })

  test('that are asked for must be free and in the range', () => {
    const { world } = new SmallWorld()
    expect(specOf(allocateService(world, service({ clusterIP: '10.96.0.55' }))).clusterIPs).toEqual(['10.96.0.55'])
    expect(allocateService(world, service({ clusterIP: '10.96.0.1' }))).toMatchObject({
      ok: false,
      message:
        'Service "web" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
    })
    expect(allocateService(world, service({ clusterIP: '192.168.1.1' }))).toMatchObject({
      message: expect.stringContaining(
        'failed to allocate IP 192.168.1.1: the provided network does not match the current range',
      ),
    })
  })

  test('headless, external and dual-stack Services', () => {
    const { world } = new SmallWorld()
    expect(specOf(allocateService(world, service({ clusterIP: 'None', selector: { a: 'b' } })))).toMatchObject({
      clusterIP: 'None',
      clusterIPs: ['None'],
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    })
    const external = specOf(allocateService(world, service({ type: 'ExternalName', externalName: 'x.example.com' })))
    expect([external.clusterIP, external.ipFamilies]).toEqual([undefined, undefined])
    const dual = specOf(allocateService(world, service({ ipFamilyPolicy: 'PreferDualStack' })))
    expect(dual.ipFamilies).toEqual(['IPv4', 'IPv6'])
    expect(dual.clusterIPs).toHaveLength(2)
  })
})

describe('node ports', () => {
  test('are given, kept at an update and given back', () => {
    const { world } = new SmallWorld()
    const first = allocateService(world, service({ type: 'NodePort' }))
    const port = specOf(first).ports?.[0]?.nodePort ?? 0
    expect(port).toBeGreaterThanOrEqual(30086)
    expect(port).toBeLessThanOrEqual(32767)
    const old = first.ok ? first.service : undefined
    expect(specOf(allocateService(world, service({ type: 'NodePort' }), old)).ports?.[0]?.nodePort).toBe(port)
    expect(specOf(allocateService(world, service({ type: 'ClusterIP' }), old)).ports?.[0]?.nodePort).toBeUndefined()
  })

  test('that are taken or out of range are refused', () => {
    const lab = new SmallWorld()
    lab.service('other', {
      type: 'NodePort',
      clusterIP: '10.97.0.9',
      ports: [{ port: 80, nodePort: 30080, protocol: 'TCP' }],
    })
    const ask = (nodePort: number) =>
      allocateService(lab.world, service({ type: 'NodePort', ports: [{ port: 80, nodePort, protocol: 'TCP' }] }))
    expect(ask(30080)).toMatchObject({
      message:
        'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    })
    expect(ask(29999)).toMatchObject({
      detail: 'Invalid value: 29999: provided port is not in the valid range. The range of valid ports is 30000-32767',
    })
    expect(ask(30081).ok).toBe(true)
  })
})

describe('load balancers', () => {
  test('take a while, tell of it, and hold the Service until they are gone', () => {
    const lab = new SmallWorld()
    lab.service('pub', {
      type: 'LoadBalancer',
      clusterIP: '10.97.0.9',
      ports: [{ port: 80, nodePort: 30080, protocol: 'TCP' }],
    })
    lab.run(1000)
    expect(lab.world.get('k8s.Service/default/pub')?.state).toBe('Provisioning')
    lab.run(10_000)
    const pub = lab.world.get('k8s.Service/default/pub')
    expect(pub).toMatchObject({
      state: 'Stored',
      metadata: { finalizers: ['service.kubernetes.io/load-balancer-cleanup'] },
      status: { loadBalancer: { ingress: [{ ip: '203.0.113.10', ipMode: 'VIP' }] } },
    })
    lab.emit({ to: 'k8s.Service/default/pub', type: 'DeletionRequested' })
    lab.run(1000)
    expect(lab.world.get('k8s.Service/default/pub')).toBeUndefined()
    expect(lab.world.get('k8s.ProxyRules/default/pub')).toBeUndefined()
  })
})
