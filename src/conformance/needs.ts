import { find, type ObjectEntity } from '../domains/kubernetes/object/object.ts'
import type { World } from '../kernel/index.ts'

type Shape = Readonly<Record<string, unknown>>

interface Reference {
  readonly name?: string | undefined
  readonly key?: string
  readonly optional?: boolean
}

interface Source {
  readonly configMap?: Reference & { readonly items?: readonly Reference[] }
  readonly secret?: Reference & { readonly secretName?: string; readonly items?: readonly Reference[] }
  readonly projected?: { readonly sources?: readonly Source[] }
}

interface PodSpec {
  readonly serviceAccountName?: string
  readonly volumes?: readonly Source[]
  readonly containers?: readonly ContainerSpec[]
  readonly initContainers?: readonly ContainerSpec[]
}

interface ContainerSpec {
  readonly env?: readonly {
    readonly valueFrom?: { readonly configMapKeyRef?: Reference; readonly secretKeyRef?: Reference }
  }[]
  readonly envFrom?: readonly { readonly configMapRef?: Reference; readonly secretRef?: Reference }[]
}

/** Manifests of the ConfigMaps and Secrets that pods wait for and of the ServiceAccounts that their templates name, with the keys that are needed. */
export function needsOf(world: World): readonly Shape[] {
  const needs = new Map<string, { kind: string; name: string; namespace: string; keys: Set<string> }>()
  const need = (kind: string, namespace: string, name: string | undefined, keys: readonly (string | undefined)[]) => {
    if (name === undefined || find(world, kind, namespace, name)) return
    const id = `${kind}/${namespace}/${name}`
    const entry = needs.get(id) ?? { kind, name, namespace, keys: new Set<string>() }
    for (const key of keys) if (key !== undefined) entry.keys.add(key)
    needs.set(id, entry)
  }
  for (const kind of ['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job'])
    for (const { metadata, spec } of world.all(`k8s.${kind}`) as Iterable<ObjectEntity>) {
      const namespace = metadata.namespace ?? 'default'
      const pod = (
        kind === 'Pod'
          ? spec
          : (spec as { readonly template?: { readonly spec?: unknown } } | undefined)?.template?.spec
      ) as PodSpec | undefined
      if (!pod) continue
      need('ServiceAccount', namespace, pod.serviceAccountName, [])
      for (const [sort, reference, keys] of references(pod))
        if (!reference.optional) need(sort, namespace, reference.name, keys)
    }
  return [...needs.values()].map(({ kind, name, namespace, keys }) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name, namespace },
    ...(kind === 'ServiceAccount'
      ? {}
      : { [kind === 'Secret' ? 'stringData' : 'data']: Object.fromEntries([...keys].map((key) => [key, ''])) }),
  }))
}

function* references(pod: PodSpec): Iterable<readonly [string, Reference, readonly (string | undefined)[]]> {
  for (const volume of (pod.volumes ?? []).flatMap((one) => [one, ...(one.projected?.sources ?? [])])) {
    const { configMap, secret } = volume
    if (configMap) yield ['ConfigMap', configMap, (configMap.items ?? []).map(({ key }) => key)]
    if (secret)
      yield [
        'Secret',
        { ...secret, name: secret.secretName ?? secret.name },
        (secret.items ?? []).map(({ key }) => key),
      ]
  }
  for (const { env = [], envFrom = [] } of [...(pod.containers ?? []), ...(pod.initContainers ?? [])]) {
    for (const { valueFrom } of env) {
      if (valueFrom?.configMapKeyRef) yield ['ConfigMap', valueFrom.configMapKeyRef, [valueFrom.configMapKeyRef.key]]
      if (valueFrom?.secretKeyRef) yield ['Secret', valueFrom.secretKeyRef, [valueFrom.secretKeyRef.key]]
    }
    for (const { configMapRef, secretRef } of envFrom) {
      if (configMapRef) yield ['ConfigMap', configMapRef, []]
      if (secretRef) yield ['Secret', secretRef, []]
    }
  }
}
