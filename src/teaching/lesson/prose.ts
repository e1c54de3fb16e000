import type { Nodes, PhrasingContent, RootContent } from 'mdast'

/** A text as a small tree without any markup of its own: nothing in it can do anything when it is shown. */
export type Block =
  | { readonly is: 'paragraph'; readonly of: readonly Inline[] }
  | { readonly is: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly is: 'quote'; readonly of: readonly Block[] }
  | { readonly is: 'code'; readonly language: string; readonly text: string }

export type Inline =
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'emphasis' | 'strong'; readonly of: readonly Inline[] }
  | { readonly is: 'link'; readonly to: LinkTarget; readonly of: readonly Inline[] }

/** Where a link leads: a concept, a thing of the world by an id that may hold `*`, or a lesson. */
export interface LinkTarget {
  readonly sort: 'concept' | 'thing' | 'lesson'
  readonly id: string
}

/** Something wrong in a file; the line is counted from 1. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly message: string
}

type Complain = (line: number, message: string) => void

/** What of Markdown a lesson may hold, as a tree of our own; all else is said to be wrong and left out. */
export function proseOf(nodes: readonly RootContent[], complain: Complain): readonly Block[] {
  return nodes.flatMap((node): Block[] => {
    switch (node.type) {
      case 'paragraph':
        return [{ is: 'paragraph', of: inlineOf(node.children, complain) }]
      case 'list':
        return [
          {
            is: 'list',
            ordered: node.ordered === true,
            items: node.children.map((item) => proseOf(item.children, complain)),
          },
        ]
      case 'blockquote':
        return [{ is: 'quote', of: proseOf(node.children, complain) }]
      case 'code':
        return [{ is: 'code', language: node.lang ?? '', text: node.value }]
      case 'heading':
        complain(lineOf(node), `a heading of this sort has no place here; '## ' begins a beat`)
        return []
      default:
        complain(lineOf(node), `${nameOf(node)} has no place in a lesson`)
        return []
    }
  })
}

function inlineOf(nodes: readonly PhrasingContent[], complain: Complain): readonly Inline[] {
  return nodes.flatMap((node): Inline[] => {
    switch (node.type) {
      case 'text':
        return [{ is: 'text', text: node.value.replaceAll('\n', ' ') }]
      case 'inlineCode':
        return [{ is: 'code', text: node.value }]
      case 'emphasis':
      case 'strong':
        return [{ is: node.type, of: inlineOf(node.children, complain) }]
      case 'break':
        return [{ is: 'text', text: ' ' }]
      case 'link': {
        const [, sort, id] = /^(concept|thing|lesson):(.+)$/.exec(safeDecode(node.url)) ?? []
        const of = inlineOf(node.children, complain)
        if (sort === undefined || id === undefined) {
          complain(lineOf(node), `a link leads to concept:, thing: or lesson:, and not to '${node.url.slice(0, 80)}'`)
          return [...of]
        }
        return [{ is: 'link', to: { sort: sort as LinkTarget['sort'], id }, of }]
      }
      default:
        complain(lineOf(node), `${nameOf(node)} has no place in a lesson`)
        return []
    }
  })
}

function safeDecode(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}

function nameOf({ type }: Nodes): string {
  return (
    { html: 'HTML', image: 'an image', thematicBreak: 'a rule', definition: 'a link definition' }[type as string] ??
    `'${type}'`
  )
}

function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 1
}

/** All links of a text. */
export function linksOf(blocks: readonly Block[]): readonly LinkTarget[] {
  const inline = (of: readonly Inline[]): readonly LinkTarget[] =>
    of.flatMap((one) => ('of' in one ? [...(one.is === 'link' ? [one.to] : []), ...inline(one.of)] : []))
  return blocks.flatMap((block) => {
    if (block.is === 'paragraph') return inline(block.of)
    if (block.is === 'list') return block.items.flatMap(linksOf)
    return block.is === 'quote' ? linksOf(block.of) : []
  })
}

/** The words of a text, code left out. */
export function wordsOf(blocks: readonly Block[]): string {
  const inline = (of: readonly Inline[]): string =>
    of.map((one) => ('of' in one ? inline(one.of) : one.is === 'text' ? one.text : ' ')).join('')
  return blocks
    .map((block) => {
      if (block.is === 'paragraph') return inline(block.of)
      if (block.is === 'list') return block.items.map(wordsOf).join('\n')
      return block.is === 'quote' ? wordsOf(block.of) : ''
    })
    .join('\n')
}
