import { goQuote } from '../labelSyntax.ts'
import { byText, goJson, isObject } from '../loose.ts'

/** Kubernetes' kinds of field error, as they appear in a Status cause's `reason`. */
export type FieldReason =
  | 'FieldValueNotFound'
  | 'FieldValueRequired'
  | 'FieldValueDuplicate'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueForbidden'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'

/** One refused field: `message` is the whole `field: body` line. Models: apimachinery/pkg/util/validation/field/errors.go. */
export interface FieldError {
  readonly field: string
  readonly reason: FieldReason
  readonly detail: string
  readonly message: string
}

/** Builds a field error; `value` is printed for the reasons that show one (undefined prints Go's nil as `null`). */
export function fieldError(field: string, reason: FieldReason, detail: string, value?: unknown): FieldError {
  const shows = reason !== 'FieldValueRequired' && reason !== 'FieldValueForbidden' && reason !== 'FieldValueTooLong'
  const body = `${words[reason]}${shows && value !== omitted ? `: ${showValue(value)}` : ''}${detail === '' ? '' : `: ${detail}`}`
  return { field, reason, detail, message: `${field}: ${body}` }
}

/** Stands for a bad value that the message leaves out. */
export const omitted: unique symbol = Symbol('omitted')

/** `supported values: "a", "b"`, in the given order. */
export function supported(values: readonly string[]): string {
  return values.length === 0 ? '' : `supported values: ${values.map((value) => JSON.stringify(value)).join(', ')}`
}

function showValue(value: unknown): string {
  if (typeof value === 'string') return goQuote(value)
  return structJson(value)
}

/**
 * JSON in the order in which Go prints it: a map's keys sorted, Go structs (capital field names) in the given order, the labels of a
 * selector before its expressions.
 */
function structJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(structJson).join(',')}]`
  if (!isObject(value)) return goJson(value)
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  if (!/^[A-Z]/.test(keys[0] ?? '')) keys.sort(byText)
  if (keys.includes('matchLabels')) keys.sort((a, b) => Number(b === 'matchLabels') - Number(a === 'matchLabels'))
  return `{${keys.map((key) => `${goJson(key)}:${structJson(value[key])}`).join(',')}}`
}

const words: Readonly<Record<FieldReason, string>> = {
  FieldValueNotFound: 'Not found',
  FieldValueRequired: 'Required value',
  FieldValueDuplicate: 'Duplicate value',
  FieldValueInvalid: 'Invalid value',
  FieldValueNotSupported: 'Unsupported value',
  FieldValueForbidden: 'Forbidden',
  FieldValueTooLong: 'Too long',
  FieldValueTooMany: 'Too many',
}
