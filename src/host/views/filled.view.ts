import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parse, parseDocument } from 'yaml'
import { defineLabView } from '../labView.ts'

/** Lines (from 1) of a thing's source that the system has filled in: nobody wrote them. Empty where that is not known. */
export const filledView = defineLabView<{ id: string }, readonly number[]>({
  name: 'filled',
  reads: ['journal'],
  selectLab({ simulation }, { id }) {
    const { world } = simulation
    const entity = world.get(id)
    const source = entity && simulation.kind(entity.kind)?.face?.source
    const plain = source && (source.plain ?? source.fresh)
    return entity && source && plain ? filledLines(source.text(entity, world), plain(entity, world)) : []
  },
})

/** Lines of a YAML or JSON text with fields that a plainer text of the same thing has not got. */
export function filledLines(text: string, plain: string): readonly number[] {
  const counter = new LineCounter()
  const { contents } = parseDocument(text, { lineCounter: counter })
  const lines: number[] = []
  const mark = (from: number, to: number) => {
    for (let line = counter.linePos(from).line; line <= counter.linePos(Math.max(from, to - 1)).line; line++)
      lines.push(line)
  }
  const visit = (node: unknown, other: unknown) => {
    if (isMap(node)) {
      for (const pair of node.items as Pair<Node, Node | null>[]) {
        const key = isScalar(pair.key) ? String(pair.key.value) : ''
        const twin = (other as Readonly<Record<string, unknown>> | null | undefined)?.[key]
        if (twin !== undefined) visit(pair.value, twin)
        else if (pair.key.range) mark(pair.key.range[0], pair.value?.range?.[1] ?? pair.key.range[1])
      }
    } else if (isSeq(node) && Array.isArray(other)) {
      for (const [i, item] of (node.items as Node[]).entries()) {
        const twin = other.length === node.items.length ? other[i] : other.find((one) => nameIn(one) === named(item))
        if (twin !== undefined) visit(item, twin)
        else if (item.range) mark(item.range[0], item.range[1])
      }
    }
  }
  visit(contents, parse(plain))
  return [...new Set(lines)].sort((a, b) => a - b)
}

function named(item: Node): unknown {
  return isMap(item) ? (item.get('name') ?? item.get('key')) : isScalar(item) ? item.value : undefined
}

function nameIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { name, key } = value as { readonly name?: unknown; readonly key?: unknown }
  return name ?? key
}
