import { defineRule } from '../../../kernel/rule.ts'
import {
  addQuantity,
  canonical,
  compareQuantity,
  type Quantity,
  readQuantity,
  scaledValue,
  subQuantity,
} from './quantity.ts'

/**
 * Reads a resource quantity; the sums and comparisons of quantities answer to the same cases.
 * Models: staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go
 */
export const quantityRule = defineRule({
  id: 'k8s.quantity',
  says: 'A quantity is a number with a decimal (m, k, M, G), binary (Ki, Mi, Gi) or exponent suffix, kept exactly and printed with the largest suffix that loses nothing.',
  source: 'staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go',
  decide: (text: string | number) => readQuantity(text),
  vector: (input: QuantityCase) => {
    if (input.fn === 'parse') {
      const answer = readQuantity(input.text)
      if (!answer.ok) return answer
      const { quantity } = answer
      return {
        ok: true,
        canonical: canonical(quantity),
        format: quantity.format,
        value: scaledValue(quantity, 0).toString(),
        milliValue: scaledValue(quantity, -3).toString(),
      }
    }
    const a = read(input.a)
    const b = read(input.b)
    if (input.fn === 'cmp') return { cmp: compareQuantity(a, b) }
    return { canonical: canonical(input.fn === 'add' ? addQuantity(a, b) : subQuantity(a, b)) }
  },
})

type QuantityCase = { fn: 'parse'; text: string } | { fn: 'cmp' | 'add' | 'sub'; a: string; b: string }

function read(text: string): Quantity {
  const answer = readQuantity(text)
  if (!answer.ok) throw new Error(answer.error)
  return answer.quantity
}
