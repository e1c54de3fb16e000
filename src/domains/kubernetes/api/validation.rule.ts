import { defineRule, type Rule } from '../../../kernel/rule.ts'
import { normalizeClusterIPs } from './clusterIPs.ts'
import { applyDefaults, generateJobSelector } from './defaults.ts'
import { isObject, type Loose, textAt } from './loose.ts'
import { resourceOfKind } from './resources.ts'
import type { FieldError } from './validation/fieldError.ts'
import { validateObject, validateObjectUpdate } from './validation.ts'

/** An object as stored or about to be: defaulted, with namespace and generated fields. `old` makes it an update. */
export interface ValidationInput {
  readonly object: Loose
  readonly old?: Loose
}

/** Whether the object may be stored, and every field that says no. */
export interface ValidationVerdict {
  readonly valid: boolean
  readonly errors: readonly FieldError[]
}

/** Models: pkg/apis/<group>/validation of Kubernetes 1.35; the cases of `vector` are what a user submits. */
export const validationRule: Rule<ValidationInput, ValidationVerdict> = defineRule({
  id: 'k8s.validation',
  says: 'The API server refuses an object whose fields break the rules of its kind, and names every field that does.',
  source: 'kubernetes pkg/apis/*/validation/validation.go',
  decide: (input: ValidationInput): ValidationVerdict => {
    const errors = input.old ? validateObjectUpdate(input.object, input.old) : validateObject(input.object)
    return { valid: errors.length === 0, errors }
  },
  vector: ({ manifest, oldManifest }: { readonly manifest: Loose; readonly oldManifest?: Loose }) => {
    const object = prepare(manifest)
    if (!oldManifest) return validationRule.decide({ object })
    return validationRule.decide({ object: versioned(object), old: versioned(prepare(oldManifest)) })
  },
})

/** A submitted manifest as the registry's strategy hands it to validation. */
function prepare(manifest: Loose): Loose {
  let object = applyDefaults(manifest)
  const found = resourceOfKind(textAt(object, 'apiVersion'), textAt(object, 'kind'))
  const metadata: Loose = isObject(object.metadata) ? object.metadata : {}
  if ('resource' in found && found.resource.namespaced && textAt(metadata, 'namespace') === '')
    metadata.namespace = 'default'
  object.metadata = metadata
  if (object.kind === 'Job') {
    metadata.uid ??= 'uid'
    object = generateJobSelector(object, textAt(metadata, 'uid'))
  }
  if (object.kind === 'Service') normalizeClusterIPs(object)
  return object
}

function versioned(object: Loose): Loose {
  return { ...object, metadata: { ...(isObject(object.metadata) ? object.metadata : {}), resourceVersion: '1' } }
}
