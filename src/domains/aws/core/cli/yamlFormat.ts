import { Document, isScalar, Scalar, visit } from 'yaml'
import { Float } from './python.ts'
import type { Shown } from './shaped.ts'

/** Block YAML as ruamel writes it for the tool: lists not indented, ambiguous text in single quotes. */
export function yamlFormat(value: Shown): string {
  const document = new Document(plain(value), { version: '1.1' })
  visit(document, {
    Scalar(_key, node) {
      if (isScalar(node) && node.value instanceof Float) {
        node.value = node.value.value
        node.minFractionDigits = 1
      }
      if (isScalar(node) && typeof node.value === 'string' && node.value.includes('\n')) node.type = Scalar.QUOTE_DOUBLE
    },
  })
  return document.toString({ indentSeq: false, singleQuote: true, lineWidth: 0, blockQuote: false })
}

function plain(value: Shown | undefined): unknown {
  if (value instanceof Float) {
    const scalar = new Scalar(value.value)
    scalar.minFractionDigits = 1
    return scalar
  }
  if (Array.isArray(value)) return value.map(plain)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one as Shown)]))
  return value
}
