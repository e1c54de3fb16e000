import type { FileProblem } from '../../kernel/index.ts'
import { applyDefaults, decodeManifest, decodeRule, resourceOfKind, validateObject } from './api/index.ts'

/** What kubectl or the API server would say against a manifest, at its places. Empty for files that are no manifests. */
export function lintManifest(path: string, text: string): readonly FileProblem[] {
  if (!/\.(ya?ml|json)$/.test(path) || !/^\s*"?(apiVersion|kind)"?\s*:/m.test(text)) return []
  const { documents, problems } = decodeManifest(text, path)
  const found: FileProblem[] = problems.map(({ message, line, column }) => ({ message, line, column }))
  if (found.length > 0) return found
  for (const { object, positionOf } of documents) {
    const answer = resourceOfKind(String(object.apiVersion ?? ''), String(object.kind ?? ''))
    if ('error' in answer) {
      found.push({ message: answer.error, ...placeOf(positionOf(['kind'])) })
      continue
    }
    const decoded = decodeRule.decide({ manifest: object })
    if (decoded.error !== undefined) {
      const [first] = decoded.paths
      found.push({
        message: decoded.error,
        ...placeOf(first === undefined ? undefined : nearest(positionOf, String(first))),
      })
      continue
    }
    const namespaced = answer.resource.namespaced
    const given = applyDefaults(object)
    const metadata = {
      ...(given.metadata as object),
      ...(namespaced ? { namespace: (given.metadata as { namespace?: string })?.namespace ?? 'default' } : {}),
    }
    for (const { field, message } of validateObject({ ...given, metadata }, namespaced)) {
      if (!isGenerated(String(object.kind), field)) found.push({ message, ...placeOf(nearest(positionOf, field)) })
    }
  }
  return found
}

/** Fields that the API server fills in before it validates. */
function isGenerated(kind: string, field: string): boolean {
  if (kind === 'Job') return field.startsWith('spec.selector') || field.startsWith('spec.template.metadata.labels')
  return kind === 'Service' && field.startsWith('spec.clusterIP')
}

/** The place of a field, or of the nearest thing around it that stands in the text. */
function nearest(
  positionOf: (path: readonly (string | number)[]) => Place | undefined,
  field: string,
): Place | undefined {
  const path = [...field.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)].map(([, name, index]) =>
    index !== undefined && /^\d+$/.test(index) ? Number(index) : (name ?? index ?? ''),
  )
  for (let length = path.length; length > 0; length--) {
    const place = positionOf(path.slice(0, length))
    if (place) return place
  }
  return undefined
}

interface Place {
  readonly line: number
  readonly column: number
}

function placeOf(position: { readonly line: number; readonly column: number } | undefined): {
  readonly line: number
  readonly column: number
} {
  return position ?? { line: 1, column: 1 }
}
