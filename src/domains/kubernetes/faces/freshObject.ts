import type { Copy, JsonObject } from '../../../kernel/index.ts'
import type { KubeObject } from '../object/object.ts'

/** Annotations and labels that controllers and kubectl keep. */
const KEPT_BY_OTHERS =
  /^(kubectl\.kubernetes\.io\/last-applied-configuration|deployment\.kubernetes\.io\/revision|pod-template-hash|controller-revision-hash|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/.*|controller-uid|job-name)$/

type Strings = Readonly<Record<string, string>>

/**
 * An object as someone writes it who creates it: without status, identity, addresses and the machine that it was given. As a copy it
 * has another name, its labels that carried the old name carry the new one, and selectors refer to the copies made with it.
 */
export function freshObject(object: KubeObject, copy?: Copy): JsonObject {
  const { apiVersion, kind, metadata, spec, status: _status, ...rest } = object
  const { name, namespace, labels, annotations } = metadata
  const own = copy ? { ...copy.names, [name]: copy.name } : {}
  return defined({
    apiVersion,
    kind,
    metadata: defined({
      name: copy?.name ?? name,
      namespace,
      labels: written(labels, own),
      annotations: written(annotations, {}),
    }),
    ...rest,
    spec: spec && freshSpec(kind, spec, own, copy?.names ?? {}),
  })
}

function freshSpec(kind: string, spec: JsonObject, own: Strings, names: Strings): JsonObject {
  if (kind === 'Service') {
    const { clusterIP, clusterIPs: _clusterIPs, selector, ports, healthCheckNodePort: _health, ...rest } = spec
    return defined({
      ...rest,
      clusterIP: clusterIP === 'None' ? clusterIP : undefined,
      selector: written(selector as Strings | undefined, names),
      ports: (ports as unknown as readonly JsonObject[] | undefined)?.map(({ nodePort: _nodePort, ...port }) => port),
    })
  }
  if (kind === 'Pod') {
    const { nodeName: _nodeName, ...rest } = spec
    return withoutToken(rest)
  }
  const {
    selector,
    template,
    volumeName: _volumeName,
    ...rest
  } = spec as JsonObject & {
    readonly selector?: JsonObject
    readonly template?: JsonObject & { readonly metadata?: { readonly labels?: Strings } }
  }
  const { matchLabels } = (selector ?? {}) as { readonly matchLabels?: Strings }
  // A Job's selector is its own uid, which the API server fills in.
  const generated = kind === 'Job' && spec['manualSelector'] !== true
  const labels = template && written(template.metadata?.labels, own)
  const target = spec['scaleTargetRef'] as { readonly name?: string } | undefined
  return defined({
    ...rest,
    scaleTargetRef: target?.name === undefined ? undefined : { ...target, name: names[target.name] ?? target.name },
    selector: generated
      ? undefined
      : matchLabels === undefined
        ? selector
        : defined({ ...selector, matchLabels: written(matchLabels, kind === 'NetworkPolicy' ? names : own) }),
    template:
      template &&
      defined({ ...template, metadata: defined({ ...(template.metadata as JsonObject | undefined), labels }) }),
  })
}

/** The volume with the token that the API server mounts into every pod is not for anyone to write. */
function withoutToken(spec: JsonObject): JsonObject {
  const isToken = (one: { readonly name?: string }) => one.name?.startsWith('kube-api-access-') === true
  const list = (key: string) => (spec[key] as unknown as readonly (JsonObject & { readonly name?: string })[]) ?? []
  const volumes = list('volumes').filter((one) => !isToken(one))
  const containers = list('containers').map(({ volumeMounts, ...container }) => {
    const mounts = ((volumeMounts ?? []) as unknown as readonly { readonly name?: string }[]).filter(
      (one) => !isToken(one),
    )
    return mounts.length > 0 ? { ...container, volumeMounts: mounts } : container
  })
  const { volumes: _volumes, ...rest } = spec
  return defined({ ...rest, containers, volumes: volumes.length > 0 ? volumes : undefined })
}

/** Labels or annotations that someone wrote, with new values for those that are names of what is copied. */
function written(map: Strings | undefined, names: Strings): Strings | undefined {
  const kept = Object.entries(map ?? {}).filter(([key]) => !KEPT_BY_OTHERS.test(key))
  if (kept.length === 0) return undefined
  return Object.fromEntries(kept.map(([key, value]) => [key, names[value] ?? value]))
}

function defined(object: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as JsonObject
}
