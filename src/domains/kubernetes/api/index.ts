export type { ApiResource } from './apiResource.ts'
export { convertObject } from './convert.ts'
export { type CustomColumn, customCells, parseCustomColumns } from './customColumns.ts'
export { type DecodeInput, type DecodeVerdict, decodeMessage, decodeRefusal, decodeRule } from './decode.rule.ts'
export { decodeManifest, kindProblem, type Manifest, type ManifestDocument, type ManifestProblem } from './decode.ts'
export { applyDefaults, generateJobSelector } from './defaults.ts'
export { explain, type SchemaDocs } from './explain.ts'
export { parseJson } from './jsonText.ts'
export {
  copyJson,
  goJson,
  isObject,
  type Loose,
  objectAt,
  objectsAt,
  semanticEqual,
  textAt,
  valueAt,
} from './loose.ts'
export { normalizeObject } from './normalize.ts'
export { changedFields, type FieldSet, fieldSetOf, pathsOf, showFieldPath } from './patch/fieldSet.ts'
export { applyJsonPatch, applyMergePatch, type PatchAnswer } from './patch/jsonPatch.ts'
export {
  type Applier,
  type ApplyAnswer,
  conflictAdvice,
  type ManagedFields,
  managedFieldsOf,
  serverApply,
  trackUpdate,
} from './patch/serverApply.ts'
export { applyStrategicPatch } from './patch/strategicMerge.ts'
export {
  lastApplied,
  lastAppliedAnnotation,
  threeWayMergePatch,
  threeWayPatch,
  withLastApplied,
} from './patch/threeWay.ts'
export { parseJsonPath, printJsonPath, relaxExpression, selectValues } from './path.ts'
export {
  allResources,
  apiVersionOf,
  findResource,
  mappingNotFound,
  qualifiedSingular,
  type ResourceAnswer,
  resourceOfKind,
  resourcesInCategory,
  resourcesOfCrd,
  splitApiVersion,
} from './resources.ts'
export { type FieldType, fieldsOf, typeOfKind } from './schema.ts'
export { sortBy } from './sortBy.ts'
export { type DecodeFindings, strictDecode } from './strictDecode.ts'
export type { FieldError, FieldReason } from './validation/fieldError.ts'
export { type ValidationInput, type ValidationVerdict, validationRule } from './validation.rule.ts'
export { formatInvalid, invalidMessage, validateObject, validateObjectUpdate } from './validation.ts'
export { parseYaml, type TextPosition } from './yamlText.ts'
