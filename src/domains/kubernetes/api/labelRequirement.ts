import { goQuote, labelKeyErrors, labelValueErrors } from './labelSyntax.ts'

/** One condition on one label key. */
export interface Requirement {
  readonly key: string
  readonly operator: Operator
  readonly values: readonly string[]
}

/** Upstream's selection.Operator, spelled as in a selector text; `exists` and `!` take no values. */
export type Operator = 'in' | 'notin' | '=' | '==' | '!=' | 'gt' | 'lt' | 'exists' | '!'

/** Makes a checked requirement; a text is the aggregated error. Models: labels.NewRequirement */
export function newRequirement(key: string, operator: Operator, values: readonly string[]): Requirement | string {
  const errors: string[] = []
  const keyErrors = labelKeyErrors(key)
  if (keyErrors.length > 0) errors.push(`key: Invalid value: ${goQuote(key)}: ${keyErrors.join('; ')}`)
  const wrong = wrongCount(operator, values.length)
  if (wrong) errors.push(`values: Invalid value: ${values.length === 0 ? 'null' : JSON.stringify(values)}: ${wrong}`)
  if (operator === 'gt' || operator === 'lt')
    for (const [index, value] of values.entries())
      if (parseInt64(value) === undefined)
        errors.push(
          `values[${index}]: Invalid value: ${goQuote(value)}: for 'Gt', 'Lt' operators, the value must be an integer`,
        )
  for (const [index, value] of values.entries()) {
    const valueErrors = labelValueErrors(value)
    if (valueErrors.length > 0)
      errors.push(`values[${index}][${key}]: Invalid value: ${goQuote(value)}: ${valueErrors.join('; ')}`)
  }
  const unique = [...new Set(errors)]
  if (unique.length === 0) return { key, operator, values }
  return unique.length === 1 ? (unique[0] ?? '') : `[${unique.join(', ')}]`
}

/** Go's strconv.ParseInt(text, 10, 64): an optional sign and digits, within an int64. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined
  const value = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text.replace('+', ''))
  return BigInt.asIntN(64, value) === value ? value : undefined
}

function wrongCount(operator: Operator, count: number): string | undefined {
  switch (operator) {
    case 'in':
    case 'notin':
      return count === 0 ? "for 'in', 'notin' operators, values set can't be empty" : undefined
    case '=':
    case '==':
    case '!=':
      return count === 1 ? undefined : 'exact-match compatibility requires one single value'
    case 'exists':
    case '!':
      return count === 0 ? undefined : 'values set must be empty for exists and does not exist'
    default:
      return count === 1 ? undefined : "for 'Gt', 'Lt' operators, exactly one value is required"
  }
}
