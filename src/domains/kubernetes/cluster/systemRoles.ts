import type { Emission, World } from '../../../kernel/index.ts'
import { newObject } from '../apiserver/newObject.ts'

const GROUP = 'rbac.authorization.k8s.io'
const BOOTSTRAP = {
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
}

/**
 * The events that make the roles by which the administrator and the add-ons may do what they do. Unlike Kubernetes, whose API server also
 * makes those of each of its own controllers.
 * Models: plugin/pkg/auth/authorizer/rbac/bootstrappolicy, kubeadm cmd/kubeadm/app/phases/addons/dns/manifests.go
 */
export function systemRoles(world: World): readonly Emission[] {
  const role = (name: string, rules: readonly object[], metadata: object = BOOTSTRAP): Emission =>
    newObject(world, {
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRole',
      metadata: { name, ...metadata },
      rules,
    })
  const binding = (name: string, to: string, subject: object, metadata: object = BOOTSTRAP): Emission =>
    newObject(world, {
      apiVersion: `${GROUP}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name, ...metadata },
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: to },
      subjects: [subject],
    })
  const group = (name: string) => ({ apiGroup: GROUP, kind: 'Group', name })
  return [
    role('cluster-admin', [
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['*'], verbs: ['*'] },
    ]),
    role(
      'system:coredns',
      [
        { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
      ],
      {},
    ),
    binding('cluster-admin', 'cluster-admin', group('system:masters')),
    binding('kubeadm:cluster-admins', 'cluster-admin', group('kubeadm:cluster-admins'), {}),
    binding(
      'system:coredns',
      'system:coredns',
      { kind: 'ServiceAccount', name: 'coredns', namespace: 'kube-system' },
      {},
    ),
  ]
}
