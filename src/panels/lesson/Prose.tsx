import { useLab } from '../../host/react.ts'
import { conceptTitle } from '../../teaching/conceptList.ts'
import { type Facts, withFigures } from '../../teaching/lesson/figures.ts'
import type { Block, Inline, LinkTarget } from '../../teaching/lesson/prose.ts'
import { CodeBlock, Link, toast } from '../../ui/index.ts'
import { useSelection } from '../../workspace/index.ts'

/** A lesson's text. It is a tree of plain nodes, so nothing in it can do more than be read and lead to a thing, a concept or a lesson. */
export function Prose({ blocks, facts }: { blocks: readonly Block[]; facts: Facts }) {
  return blocks.map((block, i) => {
    if (block.is === 'paragraph')
      return (
        <p key={i}>
          <Words of={block.of} facts={facts} />
        </p>
      )
    if (block.is === 'code')
      return <CodeBlock key={i} label={`Example in ${block.language || 'plain text'}`} code={block.text} />
    if (block.is === 'quote')
      return (
        <blockquote key={i}>
          <Prose blocks={block.of} facts={facts} />
        </blockquote>
      )
    const List = block.ordered ? 'ol' : 'ul'
    return (
      <List key={i}>
        {block.items.map((item, j) => (
          <li key={j}>
            <Prose blocks={item} facts={facts} />
          </li>
        ))}
      </List>
    )
  })
}

function Words({ of, facts }: { of: readonly Inline[]; facts: Facts }) {
  return of.map((one, i) => {
    if (one.is === 'text') return withFigures(one.text, facts)
    if (one.is === 'code') return <code key={i}>{one.text}</code>
    const words = <Words of={one.of} facts={facts} />
    if (one.is !== 'link') return one.is === 'emphasis' ? <em key={i}>{words}</em> : <strong key={i}>{words}</strong>
    return (
      <To key={i} to={one.to}>
        {words}
      </To>
    )
  })
}

function To({ to, children }: { to: LinkTarget; children: React.ReactNode }) {
  const lab = useLab()
  if (to.sort === 'lesson') return <Link href={`#/learn/${encodeURIComponent(to.id)}`}>{children}</Link>
  if (to.sort === 'concept')
    return (
      <Link href={`#/learn?concept=${encodeURIComponent(to.id)}`} title={conceptTitle(to.id)}>
        {children}
      </Link>
    )
  const show = async () => {
    const id = (await lab.ask('youngest', { id: to.id })) as string | null
    if (id === null) toast({ text: 'It is no longer there. Wind the time back to see it.' })
    else useSelection.getState().select(id)
  }
  return <Link onClick={() => void show()}>{children}</Link>
}

/** Words in a block, where code stands between backticks. */
export function Says({ text, facts }: { text: string; facts: Facts }) {
  return withFigures(text, facts)
    .split(/(`[^`]+`|\*[^*]+\*)/)
    .map((part, i) =>
      part.startsWith('`') ? (
        <code key={i}>{part.slice(1, -1)}</code>
      ) : part.startsWith('*') ? (
        <em key={i}>{part.slice(1, -1)}</em>
      ) : (
        part
      ),
    )
}
