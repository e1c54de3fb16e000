import { apiVersionOf } from '../domains/kubernetes/api/resources.ts'
import { minimalSpec } from './minimalSpec.ts'
import type { Presumed } from './presumed.ts'

type Shape = Readonly<Record<string, unknown>>

/** The least manifest of a presumed object that an API server takes, filled with what its documented row or document tells. */
export function minimalObject({ document, ...presumed }: Presumed): Shape {
  const { resource, name, namespace, labels } = presumed
  const head = {
    apiVersion: apiVersionOf(resource),
    kind: resource.kind,
    metadata: { name, ...(namespace !== undefined && resource.namespaced ? { namespace } : {}), labels },
  }
  const object = merged(head, minimalSpec(presumed)) as Shape
  return document ? (merged(object, settable(document)) as Shape) : object
}

/** What a server or controllers fill in, and nobody sets. */
const FILLED = new Set(
  `uid resourceVersion creationTimestamp selfLink generation managedFields ownerReferences deletionTimestamp generateName nodeName
  clusterIP clusterIPs nodePort status healthCheckNodePort controller-uid batch.kubernetes.io/controller-uid claimRef volumeName`.split(
    /\s+/,
  ),
)

function settable(document: Shape): Shape {
  const { apiVersion: _version, kind: _kind, ...rest } = document
  return without(rest) as Shape
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, part]) => !FILLED.has(key) && part !== null)
      .map(([key, part]) => [key, without(part)]),
  )
}

function merged(base: unknown, over: unknown): unknown {
  if (!isShape(base) || !isShape(over)) return over
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over))
    result[key] = key in base && key !== 'selector' ? merged(base[key], value) : value
  return result
}

function isShape(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
