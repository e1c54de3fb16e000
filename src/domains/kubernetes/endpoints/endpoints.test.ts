import { describe, expect, test } from 'vitest'
import { SmallWorld } from '../network/smallWorld.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Endpoint } from './endpoint.ts'
import { pack } from './pack.ts'

function slices(lab: SmallWorld, service = 'web'): readonly ObjectEntity[] {
  return [...(lab.world.all('k8s.EndpointSlice') as Iterable<ObjectEntity>)].filter(
    ({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service,
  )
}

function endpoints(lab: SmallWorld, service = 'web'): readonly Endpoint[] {
  return slices(lab, service).flatMap(({ rest }) => (rest?.endpoints ?? []) as unknown as readonly Endpoint[])
}

const WEB = { clusterIP: '10.97.0.1', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }] }

describe('EndpointSlices', () => {
  test('a Service without pods has one empty slice, which is filled once a pod comes', () => {
    const lab = new SmallWorld()
    lab.service('web', WEB)
    lab.run(100)
    expect(slices(lab).map(({ rest }) => [rest?.endpoints, rest?.ports])).toEqual([[null, null]])
    const before = slices(lab)[0]?.id
    lab.pod({ name: 'web-1', labels: { app: 'web' }, ip: '10.244.0.5' })
    lab.pod({ name: 'other', labels: { app: 'db' }, ip: '10.244.0.6' })
    lab.run(100)
    expect(slices(lab)).toHaveLength(1)
    expect(slices(lab)[0]?.id).toBe(before)
    expect(endpoints(lab)).toEqual([
      {
        addresses: ['10.244.0.5'],
        conditions: { ready: true, serving: true, terminating: false },
        nodeName: 'node-a',
        targetRef: { kind: 'Pod', name: 'web-1', namespace: 'default', uid: 'uid-k8s.Pod/default/web-1' },
      },
    ])
    expect(slices(lab)[0]?.rest?.ports).toEqual([{ name: '', port: 80, protocol: 'TCP' }])
  })

  test('a pod that is unready, ending or gone changes its conditions or leaves', () => {
    const lab = new SmallWorld()
    lab.service('web', WEB)
    for (const i of [1, 2, 3]) lab.pod({ name: `web-${i}`, labels: { app: 'web' }, ip: `10.244.0.${i + 4}` })
    lab.run(100)
    lab.unready('web-1')
    lab.emit({ to: 'k8s.Pod/default/web-2', type: 'DeletionRequested' })
    lab.emit({ to: 'k8s.Pod/default/web-3', type: 'Removed' })
    lab.run(100)
    expect(endpoints(lab).map(({ addresses, conditions }) => [addresses[0], conditions])).toEqual([
      ['10.244.0.5', { ready: false, serving: false, terminating: false }],
      ['10.244.0.6', { ready: false, serving: true, terminating: true }],
    ])
    const legacy = lab.world.get('k8s.Endpoints/default/web') as ObjectEntity
    const subsets = legacy.rest?.subsets as unknown as readonly { notReadyAddresses: { ip: string }[] }[] | undefined
    const subset = subsets?.[0]
    expect(subset?.notReadyAddresses.map(({ ip }) => ip)).toEqual(['10.244.0.5'])
  })

  test('a Service without a selector is left alone', () => {
    const lab = new SmallWorld()
    lab.service('ext', { clusterIP: '10.97.0.2', ports: [{ port: 80 }] })
    lab.run(100)
    expect(slices(lab, 'ext')).toEqual([])
  })

  test('Endpoints that are kept by hand are mirrored into slices', () => {
    const lab = new SmallWorld()
    lab.service('ext', { clusterIP: '10.97.0.2', ports: [{ port: 80, protocol: 'TCP' }] })
    lab.create('v1', 'Endpoints', 'ext', 'default', {
      subsets: [{ addresses: [{ ip: '192.0.2.42' }], ports: [{ port: 9376 }] }],
    })
    lab.run(200)
    expect(endpoints(lab, 'ext')).toEqual([{ addresses: ['192.0.2.42'], conditions: { ready: true } }])
    expect(lab.world.get('k8s.ProxyRules/default/ext')).toMatchObject({
      slices: [{ ports: [{ name: '', port: 9376, protocol: 'TCP' }] }],
    })
    lab.emit({ to: 'k8s.Endpoints/default/ext', type: 'Removed' })
    lab.run(200)
    expect(endpoints(lab, 'ext')).toEqual([])
  })

  test('named ports are looked up pod by pod', () => {
    const lab = new SmallWorld()
    lab.service('web', { ...WEB, ports: [{ name: 'http', port: 80, targetPort: 'www', protocol: 'TCP' }] })
    const named = (port: number) => ({ ports: [{ name: 'www', containerPort: port }] })
    lab.pod({ name: 'web-1', labels: { app: 'web' }, ip: '10.244.0.5', container: named(80) })
    lab.pod({ name: 'web-2', labels: { app: 'web' }, ip: '10.244.0.6', container: named(8080) })
    lab.pod({ name: 'web-3', labels: { app: 'web' }, ip: '10.244.0.7' })
    lab.run(100)
    expect(
      slices(lab)
        .map(({ rest }) => (rest?.ports as unknown as readonly { port: number }[] | undefined)?.[0]?.port)
        .sort(),
    ).toEqual([80, 8080])
    expect(
      endpoints(lab)
        .map(({ addresses }) => addresses[0])
        .sort(),
    ).toEqual(['10.244.0.5', '10.244.0.6'])
  })

  test('a stopped controller leaves the slices stale and catches up later', () => {
    const lab = new SmallWorld()
    lab.service('web', WEB)
    lab.pod({ name: 'web-1', labels: { app: 'web' }, ip: '10.244.0.5' })
    lab.run(100)
    lab.emit({ to: 'k8s.Controller/endpointslice-controller', type: 'Stopped' })
    lab.emit({ to: 'k8s.Pod/default/web-1', type: 'Removed' })
    lab.run(5000)
    expect(endpoints(lab)).toHaveLength(1)
    lab.emit({ to: 'k8s.Controller/endpointslice-controller', type: 'Started' })
    lab.run(5000)
    expect(endpoints(lab)).toEqual([])
  })
})

describe('packing', () => {
  const endpoint = (i: number): Endpoint => ({ addresses: [`10.0.${i >> 8}.${i & 255}`] })
  const many = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => endpoint(from + i))

  test('holds at most 100 endpoints a slice', () => {
    expect(pack([], many(0, 250)).create.map(({ length }) => length)).toEqual([100, 100, 50])
  })

  test('touches only the slice that loses or gains', () => {
    const existing = [
      { id: 'a', ports: [], endpoints: many(0, 100) },
      { id: 'b', ports: [], endpoints: many(100, 150) },
    ]
    const gone = pack(existing, many(0, 149))
    expect([gone.create, gone.update.map(({ id }) => id), gone.remove]).toEqual([[], ['b'], []])
    const more = pack(existing, many(0, 151))
    expect([more.create, more.update.map(({ id, endpoints }) => [id, endpoints.length])]).toEqual([[], [['b', 51]]])
    const none = pack(existing, many(100, 150))
    expect([none.update, none.remove]).toEqual([[], ['a']])
  })
})
