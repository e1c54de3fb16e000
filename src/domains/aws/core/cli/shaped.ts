import type { Json } from '../../../../kernel/index.ts'
import type { ServiceApi } from '../serviceApi.ts'
import { Float } from './python.ts'
import { timeText } from './timeText.ts'

/** An output tree as it is printed: JSON whose whole floats are marked. */
export type Shown = Json | Float | readonly Shown[] | { readonly [key: string]: Shown | undefined }

/**
 * An operation's output as the client's parser gives it: members in the model's order, moments as text, floats marked. What the model
 * does not know is dropped.
 */
export function shaped(api: ServiceApi, shapeName: string | undefined, value: unknown): Shown {
  const shape = shapeName === undefined ? undefined : api.shapes[shapeName]
  if (value === null || value === undefined) return null
  if (!shape) return value as Json
  if (shape.is === 'structure') {
    const shown: { [key: string]: Shown } = {}
    for (const [member, of] of Object.entries(shape.members)) {
      const one = (value as { [key: string]: unknown })[member]
      if (one !== undefined && one !== null) shown[member] = shaped(api, of, one)
    }
    return shown
  }
  if (shape.is === 'list' && Array.isArray(value)) return value.map((one: unknown) => shaped(api, shape.of, one))
  if (shape.is === 'map')
    return Object.fromEntries(
      Object.entries(value as object).flatMap(([key, one]) =>
        one === undefined ? [] : [[key, shaped(api, shape.of, one)]],
      ),
    )
  if (shapeName === 'policyDocumentType' && typeof value === 'string') return parsed(value)
  if (shape.is === 'timestamp') return typeof value === 'number' ? timeText(value) : String(value)
  if ((shape.is === 'double' || shape.is === 'float') && typeof value === 'number' && Number.isInteger(value))
    return new Float(value)
  return value as Json
}

/** IAM's documents come as text and are shown as what they are. Models: botocore's json_decode_policies. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** The same without marks: what a query is asked of. */
export function unmarked(value: Shown): Json {
  if (value instanceof Float) return value.value
  if (Array.isArray(value)) return value.map(unmarked)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unmarked(one as Shown)]))
  return value as Json
}
