import { expect, test } from 'vitest'
import { convertObject } from './convert.ts'
import { defaultPullPolicy } from './defaults/pod.ts'
import { applyDefaults } from './defaults.ts'

const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }

test('fills a deployment as the API server stores it, and leaves the input alone', () => {
  const given = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'd' },
    spec: { selector: { matchLabels: { a: 'b' } }, template },
  }
  expect(applyDefaults(given).spec).toMatchObject({
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    template: {
      spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 30, containers: [{ imagePullPolicy: 'Always' }] },
    },
  })
  expect(given.spec).not.toHaveProperty('replicas')
})

test('pulls latest always and anything else only when absent', () => {
  expect(['a', 'a:latest', 'a:1', 'r:5000/a', 'r:5000/a:2', 'a@sha256:0'].map(defaultPullPolicy)).toEqual([
    'Always',
    'Always',
    'IfNotPresent',
    'Always',
    'IfNotPresent',
    'IfNotPresent',
  ])
})

test('sets requests from limits in pods but not in templates', () => {
  const spec = { containers: [{ name: 'c', image: 'x', resources: { limits: { cpu: '1' } } }] }
  expect(applyDefaults({ apiVersion: 'v1', kind: 'Pod', spec }).spec).toMatchObject({
    containers: [{ resources: { requests: { cpu: '1' } } }],
  })
  const set = applyDefaults({ apiVersion: 'apps/v1', kind: 'ReplicaSet', spec: { template: { spec } } })
  expect(JSON.stringify(set)).not.toContain('requests')
})

test('moves stringData into data, UTF-8 first', () => {
  const secret = applyDefaults({ apiVersion: 'v1', kind: 'Secret', data: { b: 'eA==' }, stringData: { a: 'ü' } })
  expect(secret).toMatchObject({ type: 'Opaque', data: { a: 'w7w=', b: 'eA==' } })
  expect(secret).not.toHaveProperty('stringData')
})

test('converts autoscalers between versions without loss', () => {
  const metrics = [
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
    { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '1Gi' } } },
  ]
  const v2 = {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'h' },
    spec: { maxReplicas: 3, metrics },
  }
  const v1 = convertObject(v2, 'autoscaling/v1')
  expect(v1.spec).toEqual({ maxReplicas: 3, targetCPUUtilizationPercentage: 60 })
  expect(convertObject(v1, 'autoscaling/v2')).toEqual(v2)
})

test('keeps only what the Go type holds, with quantities as they are stored', () => {
  const limits = { cpu: 0.5, memory: '1024Mi' }
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    foo: 1,
    spec: { nodeName: null, containers: [{ name: 'c', image: 'x', resources: { limits } }] },
  }
  const stored = applyDefaults(pod)
  expect(stored).toMatchObject({ spec: { containers: [{ resources: { limits: { cpu: '500m', memory: '1Gi' } } }] } })
  expect(stored).not.toHaveProperty('foo')
  expect(stored.spec).not.toHaveProperty('nodeName')
})
