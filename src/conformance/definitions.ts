import { resourceOfKind, splitApiVersion } from '../domains/kubernetes/api/resources.ts'
import { customResources } from '../domains/kubernetes/apiserver/stored.ts'
import type { World } from '../kernel/index.ts'
import { served } from './served.ts'

/** CustomResourceDefinitions for kinds in these texts that nothing serves, of groups that are not Kubernetes' own. */
export function definitionsFor(texts: readonly string[], world: World): readonly Readonly<Record<string, unknown>>[] {
  const known = customResources(world)
  const found = new Map<string, Readonly<Record<string, unknown>>>()
  for (const text of texts)
    for (const [, apiVersion = '', kind = ''] of text.matchAll(
      /^apiVersion: *["']?([\w./-]+)["']?\nkind: *["']?(\w+)/gm,
    )) {
      const { group, version } = splitApiVersion(apiVersion)
      const own = Object.keys(served).some((one) => splitApiVersion(one).group === group)
      if (!group.includes('.') || own || /^kustomize\.|kubelet\.|kubeadm\.|\.config\.k8s\.io$/.test(group)) continue
      if ('resource' in resourceOfKind(apiVersion, kind, known)) continue
      found.set(`${group}/${kind}`, definition(group, version, kind))
    }
  return [...found.values()]
}

function definition(group: string, version: string, kind: string): Readonly<Record<string, unknown>> {
  const singular = kind.toLowerCase()
  const plural = /(?:s|x|ch|sh)$/.test(singular)
    ? `${singular}es`
    : singular.replace(/([^aeiou])y$/, '$1ie').concat('s')
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      ...(group.endsWith('.k8s.io') ? { annotations: { 'api-approved.kubernetes.io': 'unapproved, of a stage' } } : {}),
    },
    spec: {
      group,
      scope: /^Cluster/.test(kind) ? 'Cluster' : 'Namespaced',
      names: { plural, singular, kind },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  }
}
