import { expect, test } from 'vitest'
import { findResource, mappingNotFound, resourceOfKind, resourcesInCategory, resourcesOfCrd } from './resources.ts'

const kindOf = (word: string) => {
  const answer = findResource(word)
  return 'resource' in answer
    ? `${answer.resource.group}/${answer.resource.version}/${answer.resource.kind}`
    : answer.error
}

test('finds a resource by every spelling that kubectl takes', () => {
  for (const word of ['deploy', 'deployment', 'Deployments', 'deployments.apps', 'deployments.v1.apps']) {
    expect(kindOf(word)).toBe('apps/v1/Deployment')
  }
  expect(kindOf('ev')).toBe('/v1/Event')
  expect(kindOf('events.events.k8s.io')).toBe('events.k8s.io/v1/Event')
  expect(kindOf('hpa')).toBe('autoscaling/v2/HorizontalPodAutoscaler')
  expect(kindOf('po')).toBe('/v1/Pod')
  expect(kindOf('quota')).toBe('/v1/ResourceQuota')
})

test('refuses unknown ones in kubectl words', () => {
  expect(kindOf('gadgets')).toBe(`error: the server doesn't have a resource type "gadgets"`)
  expect(resourceOfKind('apps/v2', 'Deployment')).toEqual({
    error: 'no matches for kind "Deployment" in version "apps/v2"',
  })
  expect(mappingNotFound('a', 'b', 'f.yaml', 'x/v1', 'X')).toContain('\nensure CRDs are installed first')
})

test('takes custom resources at run time', () => {
  const crd = {
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget', shortNames: ['wd'] },
      versions: [{ name: 'v1', served: true, storage: true }],
    },
  }
  expect(findResource('wd', resourcesOfCrd(crd))).toMatchObject({
    resource: { kind: 'Widget', singular: 'widget', namespaced: true },
  })
})

test('lists the category all as kubectl get all does', () => {
  expect(resourcesInCategory('all').map((row) => row.plural)).toEqual(
    'pods replicationcontrollers services daemonsets deployments replicasets statefulsets horizontalpodautoscalers cronjobs jobs'.split(
      ' ',
    ),
  )
})
