import { defineRule, type Rule } from '../../../kernel/rule.ts'
import { isObject, type Loose, textAt } from './loose.ts'
import { typeOfKind } from './schema.ts'
import { strictDecode } from './strictDecode.ts'

/** A submitted object and the request's level of field validation (Strict when absent, as kubectl asks). */
export interface DecodeInput {
  readonly manifest: Loose
  readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore'
}

/** What the server's decoder says of a submitted object. `error` is the text after `cannot be handled as a Kind: `. */
export interface DecodeVerdict {
  readonly error?: string
  readonly strict: readonly string[]
  readonly paths: readonly (readonly (string | number)[])[]
}

/**
 * Models: apimachinery/pkg/runtime/serializer/json/json.go (Decode with strict field validation). A wrong type is an error at
 * every level of field validation, unknown fields only at `Strict`.
 */
export const decodeRule: Rule<DecodeInput, DecodeVerdict> = defineRule({
  id: 'k8s.decode',
  says: 'A field that the kind does not have, or a value of another type than the field has, is refused before anything else is looked at.',
  source: 'kubernetes apimachinery/pkg/runtime/serializer/json/json.go; sigs.k8s.io/json',
  decide: (input: {
    readonly manifest: Loose
    readonly fieldValidation?: 'Strict' | 'Warn' | 'Ignore'
  }): DecodeVerdict => {
    const type = typeOfKind(textAt(input.manifest, 'apiVersion'), textAt(input.manifest, 'kind'))
    if (type === undefined) return { strict: [], paths: [] }
    const found = strictDecode(input.manifest, type)
    if (found.fatal !== undefined) return { error: found.fatal, strict: [], paths: found.paths }
    if (found.strict.length === 0) return { strict: [], paths: [] }
    if (input.fieldValidation === 'Warn' || input.fieldValidation === 'Ignore')
      return { strict: found.strict, paths: found.paths }
    return { error: `strict decoding error: ${found.strict.join(', ')}`, strict: found.strict, paths: found.paths }
  },
})

/** `Deployment in version "v1" cannot be handled as a Deployment: ...`: the server's message for a decoding error. */
export function decodeMessage(object: unknown, error: string): string {
  const kind = isObject(object) ? textAt(object, 'kind') : ''
  const version = textAt(object, 'apiVersion').split('/').pop() ?? ''
  return `${kind} in version "${version}" cannot be handled as a ${kind}: ${error}`
}

/** kubectl's line for a decoding error of one file: `Error from server (BadRequest): error when creating "x.yaml": ...`. */
export function decodeRefusal(object: unknown, error: string, file: string, doing = 'creating'): string {
  return `Error from server (BadRequest): error when ${doing} "${file}": ${decodeMessage(object, error)}`
}
