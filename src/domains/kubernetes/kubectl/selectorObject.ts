import type { Selector } from '../api/labels.ts'
import type { Loose } from '../api/loose.ts'

/** A selector's text form as a `metav1.LabelSelector`. */
export function selectorObject({ requirements }: Selector): Loose {
  const labels: Loose = {}
  const expressions: Loose[] = []
  for (const { key, operator, values } of requirements) {
    if (operator === '=' || operator === '==') labels[key] = values[0] ?? ''
    else if (operator === '!=' || operator === 'notin')
      expressions.push({ key, operator: 'NotIn', values: [...values] })
    else if (operator === 'in') expressions.push({ key, operator: 'In', values: [...values] })
    else expressions.push({ key, operator: operator === '!' ? 'DoesNotExist' : 'Exists' })
  }
  return {
    ...(Object.keys(labels).length > 0 ? { matchLabels: labels } : {}),
    ...(expressions.length > 0 ? { matchExpressions: expressions } : {}),
  }
}
