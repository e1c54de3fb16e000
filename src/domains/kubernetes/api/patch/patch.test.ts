import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Loose } from '../loose.ts'
import { applyJsonPatch, applyMergePatch } from './jsonPatch.ts'
import { managedFieldsOf, serverApply, trackUpdate } from './serverApply.ts'
import { applyStrategicPatch } from './strategicMerge.ts'
import { lastApplied, threeWayPatch, withLastApplied } from './threeWay.ts'

const deployment = (containers: readonly Loose[], extra: Loose = {}): Loose => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { ...extra, template: { spec: { containers } } },
})
const strategic = (target: Loose, patch: Loose) => {
  const answer = applyStrategicPatch(target, patch, 'Deployment')
  if ('error' in answer) throw new Error(answer.error)
  return answer.value as Loose
}

test('JSON patch does as RFC 6902 says and refuses in the server words', () => {
  const target = { a: { b: [1, 2] }, 'x/y': 1 }
  expect(
    applyJsonPatch(target, [
      { op: 'add', path: '/a/b/1', value: 9 },
      { op: 'remove', path: '/x~1y' },
    ]),
  ).toEqual({ value: { a: { b: [1, 9, 2] } } })
  expect(applyJsonPatch(target, [{ op: 'move', from: '/a/b/0', path: '/c' }])).toEqual({
    value: { a: { b: [2] }, 'x/y': 1, c: 1 },
  })
  expect(applyJsonPatch(target, [{ op: 'test', path: '/a/b/0', value: 2 }])).toEqual({
    error: 'testing value /a/b/0 failed: test failed',
  })
  expect(applyJsonPatch(target, [{ op: 'replace', path: '/q', value: 2 }])).toEqual({
    error: 'replace operation does not apply: doc is missing key: /q: missing value',
  })
})

test('JSON merge patch deletes with null and replaces lists', () => {
  expect(applyMergePatch({ a: 1, b: { c: 1, d: 2 }, l: [1] }, { a: null, b: { c: 3 }, l: [2, 3] })).toEqual({
    b: { c: 3, d: 2 },
    l: [2, 3],
  })
})

test('strategic merge patch merges containers by name and obeys directives', () => {
  const live = deployment([
    { name: 'a', image: '1' },
    { name: 'b', image: '1' },
  ])
  const patch = (containers: readonly Loose[]) => ({ spec: { template: { spec: { containers } } } })
  expect(
    strategic(
      live,
      patch([
        { name: 'a', image: '2' },
        { name: 'b', $patch: 'delete' },
      ]),
    ),
  ).toEqual(deployment([{ name: 'a', image: '2' }]))
  expect(strategic(live, patch([{ $patch: 'replace' }, { name: 'c', image: '3' }]))).toEqual(
    deployment([{ name: 'c', image: '3' }]),
  )
  expect(applyStrategicPatch(live, patch([{ image: '2' }]), 'Deployment')).toEqual({
    error: 'map: map[image:2] does not contain declared merge key: name',
  })
  const pod = { metadata: { finalizers: ['a/x', 'b/x'] } }
  expect(applyStrategicPatch(pod, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a/x'] } }, 'Pod')).toEqual({
    value: { metadata: { finalizers: ['b/x'] } },
  })
})

test('client-side apply keeps what others set and removes what the file no longer has', () => {
  const first = deployment(
    [
      { name: 'a', image: '1', env: [{ name: 'X', value: '1' }] },
      { name: 'b', image: '1' },
    ],
    { replicas: 2 },
  )
  const next = deployment([{ name: 'a', image: '2' }])
  const live = deployment(
    [
      { name: 'a', image: '1', env: [{ name: 'X', value: '1' }], imagePullPolicy: 'Always' },
      { name: 'b', image: '1' },
    ],
    { replicas: 2, paused: true },
  )
  const patched = strategic(live, threeWayPatch(first, next, live, 'Deployment'))
  expect(patched).toEqual(deployment([{ name: 'a', image: '2', imagePullPolicy: 'Always' }], { paused: true }))
  expect(threeWayPatch(next, next, patched, 'Deployment')).toEqual({})
  expect(lastApplied(withLastApplied(next))).toEqual({ ...next, metadata: { name: 'web', annotations: {} } })
})

test('applying any change of a file twice changes nothing the second time', () => {
  const container = fc.record({ name: fc.constantFrom('a', 'b', 'c'), image: fc.constantFrom('1', '2') })
  const file = fc
    .tuple(
      fc.uniqueArray(container, { selector: (item) => item.name, minLength: 1 }),
      fc.option(fc.nat(3), { nil: undefined }),
    )
    .map(([containers, replicas]) => deployment(containers, replicas === undefined ? {} : { replicas }))
  fc.assert(
    fc.property(file, file, (before, after) => {
      const live = strategic(before, threeWayPatch(before, after, before, 'Deployment'))
      expect(live).toEqual(expect.objectContaining({ kind: 'Deployment' }))
      expect(threeWayPatch(after, after, live, 'Deployment')).toEqual({})
    }),
  )
})

test('server-side apply owns fields, conflicts and lets go', () => {
  const apply = (live: Loose | undefined, config: Loose, manager: string, force = false) =>
    serverApply(live, config, 'Deployment', { manager, time: 'T', force })
  const created = apply(
    undefined,
    deployment([{ name: 'a', image: '1', ports: [{ containerPort: 80 }] }], { replicas: 2 }),
    'kubectl',
  )
  if (!('object' in created)) throw new Error('conflict')
  const spec = created.object.spec as Loose
  const scaled = trackUpdate(
    created.object,
    { ...created.object, spec: { ...spec, replicas: 5 } },
    'Deployment',
    'hpa',
    'T2',
  )
  expect(managedFieldsOf(scaled).map(({ manager, operation }) => `${manager} ${operation}`)).toEqual([
    'kubectl Apply',
    'hpa Update',
  ])
  const again = deployment([{ name: 'a', image: '1' }], { replicas: 3 })
  expect(apply(scaled, again, 'kubectl')).toEqual({
    conflict: 'Apply failed with 1 conflict: conflict with "hpa" using apps/v1: .spec.replicas',
    fields: ['.spec.replicas'],
  })
  const forced = apply(scaled, again, 'kubectl', true)
  if (!('object' in forced)) throw new Error('conflict')
  expect(forced.object.spec).toEqual(again.spec)
  expect(managedFieldsOf(forced.object).map(({ manager }) => manager)).toEqual(['kubectl'])
})
