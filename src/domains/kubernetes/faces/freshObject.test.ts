import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../object/object.ts'
import { freshObject } from './freshObject.ts'

const metadata = (name: string, labels?: Record<string, string>) => ({
  name,
  namespace: 'default',
  uid: '1',
  resourceVersion: '9',
  creationTimestamp: '2026-01-01T00:00:00Z',
  ...(labels ? { labels } : {}),
})
const deployment: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    ...metadata('web', { app: 'web', tier: 'front' }),
    annotations: { 'deployment.kubernetes.io/revision': '2' },
  },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.27' }] } },
  },
  status: { replicas: 2 },
}
const service: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata('web'),
  spec: {
    clusterIP: '10.96.0.7',
    clusterIPs: ['10.96.0.7'],
    selector: { app: 'web' },
    ports: [{ port: 80, nodePort: 30080 }],
  },
}

describe('an object as someone writes it', () => {
  it('has neither identity nor status nor what controllers keep', () => {
    expect(freshObject(deployment)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'default', labels: { app: 'web', tier: 'front' } },
      spec: deployment.spec,
    })
  })

  it('leaves addresses and node ports to the API server', () => {
    expect(freshObject(service)['spec']).toEqual({ selector: { app: 'web' }, ports: [{ port: 80 }] })
  })

  it('has as a copy a selector of its own, so that the two never share pods', () => {
    const copy = freshObject(deployment, { name: 'web-2', names: {} })
    expect(copy).toMatchObject({
      metadata: { name: 'web-2', labels: { app: 'web-2', tier: 'front' } },
      spec: { selector: { matchLabels: { app: 'web-2' } }, template: { metadata: { labels: { app: 'web-2' } } } },
    })
  })

  it('refers to what is copied with it, and else to what the original refers to', () => {
    expect(freshObject(service, { name: 'web-2', names: {} })['spec']).toMatchObject({ selector: { app: 'web' } })
    expect(freshObject(service, { name: 'web-2', names: { web: 'web-2' } })['spec']).toMatchObject({
      selector: { app: 'web-2' },
    })
  })

  it('is a pod without a machine, an owner and a token', () => {
    const pod = freshObject({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...metadata('web-abcde', { app: 'web', 'pod-template-hash': '7f' }),
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: '2', controller: true }],
      },
      spec: {
        nodeName: 'node-a1',
        containers: [{ name: 'web', image: 'nginx', volumeMounts: [{ name: 'kube-api-access-x', mountPath: '/v' }] }],
        volumes: [{ name: 'kube-api-access-x' }],
      },
    })
    expect(pod['metadata']).toEqual({ name: 'web-abcde', namespace: 'default', labels: { app: 'web' } })
    expect(pod['spec']).toEqual({ containers: [{ name: 'web', image: 'nginx' }] })
  })
})
