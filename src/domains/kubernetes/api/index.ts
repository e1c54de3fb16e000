export type { ApiResource } from './apiResource.ts'

export type { CustomColumn } from './customColumns.ts'
export { type DecodeInput, type DecodeVerdict, decodeRule } from './decode.rule.ts'
export { decodeManifest, type Manifest, type ManifestDocument, type ManifestProblem } from './decode.ts'
export { applyDefaults } from './defaults.ts'
export type { SchemaDocs } from './explain.ts'

export type { Loose } from './loose.ts'

export type { FieldSet } from './patch/fieldSet.ts'
export type { PatchAnswer } from './patch/jsonPatch.ts'
export type {
  Applier,
  ApplyAnswer,
  ManagedFields,
} from './patch/serverApply.ts'

export {
  type ResourceAnswer,
  resourceOfKind,
} from './resources.ts'
export type { FieldType } from './schema.ts'

export type { DecodeFindings } from './strictDecode.ts'
export type { FieldError, FieldReason } from './validation/fieldError.ts'
export type { ValidationInput, ValidationVerdict } from './validation.rule.ts'
export { validateObject } from './validation.ts'
export type { TextPosition } from './yamlText.ts'
