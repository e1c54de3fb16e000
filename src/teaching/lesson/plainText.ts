import { type Facts, withFigures } from './figures.ts'
import type { Block, Inline } from './prose.ts'

/** A text without its links and emphasis, a paragraph a line: for notes, and for whoever reads aloud. */
export function plainText(blocks: readonly Block[], facts: Facts): string {
  return blocks.map((block) => blockText(block, facts)).join('\n')
}

function blockText(block: Block, facts: Facts): string {
  if (block.is === 'paragraph') return inlineText(block.of, facts)
  if (block.is === 'code') return block.text
  if (block.is === 'quote') return plainText(block.of, facts)
  return block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '•'} ${plainText(item, facts)}`).join('\n')
}

function inlineText(of: readonly Inline[], facts: Facts): string {
  return of
    .map((one) =>
      one.is === 'text' ? withFigures(one.text, facts) : one.is === 'code' ? one.text : inlineText(one.of, facts),
    )
    .join('')
}
