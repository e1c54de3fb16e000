import { expect, test } from 'vitest'
import type { Loose } from '../api/loose.ts'
import { resourceTable } from '../api/resourceTable.ts'
import { componentId } from '../components/component.ts'
import { deploymentManifest, FakeCluster } from '../fakeCluster.ts'
import type { ObjectEntity } from '../object/object.ts'
import { workloadControllers, workloadDerived, workloadKinds } from '../workloads.ts'
import { bind } from './bind.ts'
import { create } from './create.ts'
import { patch } from './patch.ts'
import { reachable } from './reachable.ts'
import { get, list } from './read.ts'
import { deletion, remove } from './remove.ts'
import type { Result } from './result.ts'
import { getScale, setScale } from './scale.ts'
import { customResources } from './stored.ts'
import { replace, update } from './update.ts'

const row = (kind: string) => resourceTable.find((one) => one.kind === kind)!

function cluster(): FakeCluster {
  return new FakeCluster({
    kinds: workloadKinds,
    controllers: workloadControllers(() => undefined),
    derived: workloadDerived,
  })
}

function pod(name: string, spec: Loose = {}, metadata: Loose = {}): Loose {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: { containers: [{ name: 'app', image: 'nginx:1' }], ...spec },
  }
}

function refusal(result: Result | { readonly ok: boolean }): string {
  const answer = result as Result
  if (answer.ok) throw new Error('it was not refused')
  return `${answer.status.code} ${answer.status.reason}: ${answer.status.message}`
}

function object(lab: FakeCluster, kind: string, name: string): Loose {
  const found = get(lab.world, row(kind), 'default', name)
  if (!found.ok) throw new Error(found.status.message)
  return found.object as unknown as Loose
}

test('a created pod has defaults, its token, its priority, its tolerations and a fresh status', () => {
  const lab = cluster()
  lab.create(pod('web', { priority: undefined }, { labels: { app: 'web' } }))
  const { metadata, spec, status } = object(lab, 'Pod', 'web') as Record<string, Loose>
  expect(metadata).toMatchObject({
    name: 'web',
    namespace: 'default',
    generation: 1,
    creationTimestamp: '2026-01-01T00:00:00Z',
  })
  expect(metadata?.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(spec).toMatchObject({
    serviceAccountName: 'default',
    serviceAccount: 'default',
    priority: 0,
    preemptionPolicy: 'PreemptLowerPriority',
    enableServiceLinks: true,
    tolerations: [
      { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
      { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
    ],
  })
  const volume = (spec as Loose & { volumes: readonly Loose[] }).volumes[0]
  expect(volume?.name).toMatch(/^kube-api-access-[a-z0-9]{5}$/)
  expect((spec as Loose & { containers: readonly Loose[] }).containers[0]?.volumeMounts).toEqual([
    { name: volume?.name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
  ])
  expect(status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
})

test('the words of refusals', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1'))
  const { world } = lab
  expect(refusal(create(world, deploymentManifest('web', 'nginx:1')))).toBe(
    '409 AlreadyExists: deployments.apps "web" already exists',
  )
  expect(refusal(get(world, row('Pod'), 'default', 'x'))).toBe('404 NotFound: pods "x" not found')
  expect(refusal(remove(world, row('Deployment'), 'default', 'x'))).toBe('404 NotFound: deployments.apps "x" not found')
  expect(refusal(create(world, pod('a', {}, { namespace: 'none' })))).toBe('404 NotFound: namespaces "none" not found')
  expect(refusal(create(world, pod('a', { serviceAccountName: 'robot' })))).toBe(
    '403 Forbidden: pods "a" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found',
  )
  expect(refusal(create(world, pod('a', { priorityClassName: 'high' })))).toBe(
    '403 Forbidden: pods "a" is forbidden: no PriorityClass with name high was found',
  )
  expect(refusal(create(world, deploymentManifest('b', 'nginx', { replica: 3 })))).toBe(
    '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
  )
  expect(refusal(create(world, deploymentManifest('b', 'nginx', { replicas: -1 })))).toBe(
    '422 Invalid: Deployment.apps "b" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  )
  expect(refusal(remove(world, row('Namespace'), undefined, 'kube-system'))).toBe(
    '403 Forbidden: namespaces "kube-system" is forbidden: this namespace may not be deleted',
  )
})

test('a stale resourceVersion is a conflict, and what does not change is not stored again', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1'))
  const first = object(lab, 'Deployment', 'web')
  lab.run(3000)
  expect(refusal(update(lab.world, first))).toBe(
    '409 Conflict: Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
  )
  const same = update(lab.world, object(lab, 'Deployment', 'web'))
  expect(same.ok && same.emit).toEqual([])
})

test('generation counts changes of the spec only, and a write cannot touch the status', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1'))
  lab.run(3000)
  const change = (over: Loose) => {
    const live = object(lab, 'Deployment', 'web')
    lab.carryOut(update(lab.world, { ...live, ...over }))
    return (object(lab, 'Deployment', 'web').metadata as Loose).generation
  }
  const live = object(lab, 'Deployment', 'web')
  expect(change({ metadata: { ...(live.metadata as Loose), labels: { a: 'b' }, resourceVersion: undefined } })).toBe(1)
  expect(change({ status: { replicas: 99 }, spec: { ...(live.spec as Loose), replicas: 2 } })).toBe(2)
  expect((object(lab, 'Deployment', 'web').status as Loose).replicas).toBe(1)
})

test('the four sorts of patch', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1'))
  const deployments = row('Deployment')
  const image = () =>
    (((object(lab, 'Deployment', 'web').spec as Loose).template as Loose).spec as Loose).containers as readonly Loose[]
  const give = (type: Parameters<typeof patch>[4], change: unknown) =>
    lab.carryOut(patch(lab.world, deployments, 'default', 'web', type, change))
  give('strategic', { spec: { template: { spec: { containers: [{ name: 'app', image: 'nginx:2' }] } } } })
  expect(image()[0]).toMatchObject({ image: 'nginx:2', imagePullPolicy: 'IfNotPresent' })
  give('json', [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'nginx:3' }])
  expect(image()[0]?.image).toBe('nginx:3')
  give('merge', { metadata: { labels: { app: null, tier: 'front' } } })
  expect((object(lab, 'Deployment', 'web').metadata as Loose).labels).toEqual({ tier: 'front' })
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', namespace: 'default' },
    data: { a: '1' },
  }
  const apply = (data: Loose, manager: string) =>
    patch(lab.world, row('ConfigMap'), 'default', 'c', 'apply', { ...config, data }, { manager })
  lab.carryOut(apply({ a: '1' }, 'one'))
  lab.carryOut(apply({ a: '2' }, 'one'))
  expect(object(lab, 'ConfigMap', 'c').data).toEqual({ a: '2' })
  expect(refusal(apply({ a: '3' }, 'two'))).toMatch(/^409 Conflict: Apply failed with 1 conflict: conflict with "one"/)
})

test('immutable fields stay', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1'))
  const change = { spec: { selector: { matchLabels: { app: 'other' } } } }
  const answer = patch(lab.world, row('Deployment'), 'default', 'web', 'merge', change)
  expect(refusal(answer)).toContain('field is immutable')
})

test('a pod without a node goes at once, one on a node gets its grace', () => {
  const lab = cluster()
  const pods = row('Pod')
  lab.create(pod('b'))
  lab.run(2000)
  const answer = remove(lab.world, pods, 'default', 'b', { gracePeriodSeconds: 7 })
  lab.carryOut(answer)
  const { metadata } = lab.find('Pod', 'b')!
  expect(metadata).toMatchObject({ deletionTimestamp: '2026-01-01T00:00:09Z', deletionGracePeriodSeconds: 7 })
  lab.carryOut(remove(lab.world, pods, 'default', 'b', { gracePeriodSeconds: 0 }))
  expect(lab.find('Pod', 'b')).toBeUndefined()
  lab.create(pod('c'))
  expect(refusal(bind(lab.world, 'default', 'c', 'node-a'))).toBe(
    '409 Conflict: Operation cannot be fulfilled on pods "c": pod c is already assigned to node "node-a"',
  )
  const unbound = { ...(lab.find('Pod', 'c') as ObjectEntity), spec: {} }
  expect(deletion(lab.world, unbound)?.type).toBe('Removed')
})

test('finalizers hold an object until the last one is taken off', () => {
  const lab = cluster()
  const maps = row('ConfigMap')
  lab.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', finalizers: ['example.com/hold'] } })
  lab.carryOut(remove(lab.world, maps, 'default', 'c'))
  expect(lab.find('ConfigMap', 'c')?.state).toBe('Terminating')
  lab.carryOut(patch(lab.world, maps, 'default', 'c', 'merge', { metadata: { finalizers: null } }))
  expect(lab.find('ConfigMap', 'c')).toBeUndefined()
})

test('lists select by labels and fields, in the order of names', () => {
  const lab = cluster()
  for (const [name, app] of [
    ['b', 'x'],
    ['a', 'x'],
    ['c', 'y'],
  ] as const)
    lab.create(pod(name, {}, { labels: { app } }))
  const names = (options: Parameters<typeof list>[2]) => {
    const answer = list(lab.world, row('Pod'), options)
    return answer.ok ? answer.entities.map(({ metadata }) => metadata.name) : answer.status.message
  }
  expect(names({ namespace: 'default', labelSelector: 'app=x' })).toEqual(['a', 'b'])
  expect(names({ fieldSelector: 'metadata.name!=a,status.phase=Pending' })).toEqual(['b', 'c'])
  expect(names({ fieldSelector: 'spec.colour=red' })).toBe('field label not supported: spec.colour')
})

test('the scale subresource', () => {
  const lab = cluster()
  lab.create(deploymentManifest('web', 'nginx:1'))
  lab.run(3000)
  const scale = getScale(lab.world, row('Deployment'), 'default', 'web')
  expect(scale.ok && scale.object.status).toEqual({ replicas: 1, selector: 'app=web' })
  expect(refusal(setScale(lab.world, row('Deployment'), 'default', 'web', -1))).toMatch(
    /^422 Invalid: Scale.autoscaling "web"/,
  )
  lab.carryOut(setScale(lab.world, row('Deployment'), 'default', 'web', 3))
  lab.run(3000)
  expect(lab.all('Pod')).toHaveLength(3)
})

test('limits of a namespace are filled in and kept', () => {
  const lab = cluster()
  lab.create({
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'limits' },
    spec: {
      limits: [{ type: 'Container', max: { cpu: '1' }, default: { cpu: '500m' }, defaultRequest: { cpu: '100m' } }],
    },
  })
  lab.create(pod('a'))
  const { metadata, spec } = object(lab, 'Pod', 'a') as Record<string, Loose>
  expect((spec as Loose & { containers: readonly Loose[] }).containers[0]?.resources).toEqual({
    limits: { cpu: '500m' },
    requests: { cpu: '100m' },
  })
  expect(metadata?.annotations).toEqual({
    'kubernetes.io/limit-ranger': 'LimitRanger plugin set: cpu request for container app; cpu limit for container app',
  })
  const big = pod('b', { containers: [{ name: 'app', image: 'nginx:1', resources: { limits: { cpu: '2' } } }] })
  expect(refusal(create(lab.world, big))).toBe(
    '403 Forbidden: pods "b" is forbidden: maximum cpu usage per Container is 1, but limit is 2',
  )
})

test('a dead API server refuses connections; its controllers catch up afterwards', () => {
  const lab = cluster()
  expect(reachable(lab.world)).toBeUndefined()
  lab.create(deploymentManifest('web', 'nginx:1'))
  lab.give({ to: componentId('kube-apiserver'), type: 'Stopped' })
  expect(reachable(lab.world)).toEqual({
    refused: 'The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?',
  })
  lab.run(10_000)
  expect(lab.all('ReplicaSet')).toHaveLength(0)
  lab.give({ to: componentId('kube-apiserver'), type: 'Started' })
  lab.run(5000)
  expect(lab.find('Deployment', 'web')?.state).toBe('Complete')
})

test('the same seed makes the same names and uids', () => {
  const names = () => {
    const lab = cluster()
    lab.create(deploymentManifest('web', 'nginx:1', { replicas: 3 }))
    lab.run(3000)
    return lab.all('Pod').map(({ metadata }) => `${metadata.name} ${metadata.uid}`)
  }
  expect(names()).toEqual(names())
})

test('replace refuses an object of another life', () => {
  const lab = cluster()
  lab.create(pod('a'))
  const found = get(lab.world, row('Pod'), 'default', 'a')
  if (!found.ok) return
  const other = { ...found.object, metadata: { ...found.object.metadata, uid: 'other' } } as unknown as Loose
  expect(refusal(replace(lab.world, row('Pod'), found.entity, other))).toMatch(/UID in precondition: other/)
})

test('objects of a CustomResourceDefinition are stored, listed, changed and deleted', () => {
  const lab = cluster()
  lab.create({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'clocks.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'clocks', singular: 'clock', kind: 'Clock', listKind: 'ClockList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  })
  const clocks = customResources(lab.world)[0]!
  lab.create({ apiVersion: 'example.com/v1', kind: 'Clock', metadata: { name: 'a' }, spec: { hands: 2 } })
  const found = get(lab.world, clocks, 'default', 'a')
  expect(found.ok && found.object).toMatchObject({ apiVersion: 'example.com/v1', kind: 'Clock', spec: { hands: 2 } })
  lab.carryOut(patch(lab.world, clocks, 'default', 'a', 'merge', { spec: { hands: 3 } }))
  const listed = list(lab.world, clocks)
  expect(listed.ok && listed.entities.map(({ spec, metadata }) => [spec?.hands, metadata.generation])).toEqual([[3, 2]])
  lab.carryOut(remove(lab.world, clocks, 'default', 'a'))
  expect(get(lab.world, clocks, 'default', 'a').ok).toBe(false)
})
