import type { Inline } from '../../teaching/lesson/prose.ts'
import type { ItemPart } from '../../teaching/quiz/item.ts'

/** What is asked, as text; lines are shown with what they printed. */
export function Prompt({ parts }: { readonly parts: readonly ItemPart[] }) {
  return (
    <div className="quiz-prompt">
      {parts.map((part, i) => (
        <Part key={i} part={part} />
      ))}
    </div>
  )
}

function Part({ part }: { readonly part: ItemPart }) {
  switch (part.is) {
    case 'paragraph':
      return (
        <p>
          <Text of={part.of} />
        </p>
      )
    case 'code':
      return <Code label={part.language || 'Text'}>{part.text}</Code>
    case 'printed':
      return <Code label="Terminal">{part.of.map(({ line, output }) => `$ ${line}\n${output}`).join('\n')}</Code>
    case 'list': {
      const items = part.items.map((item, i) => (
        <li key={i}>
          <Prompt parts={item} />
        </li>
      ))
      return part.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'quote':
      return (
        <blockquote>
          <Prompt parts={part.of} />
        </blockquote>
      )
  }
}

function Code({ label, children }: { readonly label: string; readonly children: string }) {
  return (
    <section aria-label={label}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <pre className="quiz-code" tabIndex={0}>
        {children}
      </pre>
    </section>
  )
}

/** Words with their emphasis. Links lead nowhere here: what they name is said. */
function Text({ of }: { readonly of: readonly Inline[] }) {
  return of.map((one, i) => {
    const key = `${i}`
    if (one.is === 'text') return <span key={key}>{one.text}</span>
    if (one.is === 'code') return <code key={key}>{one.text}</code>
    const inner = <Text of={one.of} />
    if (one.is === 'strong') return <b key={key}>{inner}</b>
    return one.is === 'emphasis' ? <em key={key}>{inner}</em> : <span key={key}>{inner}</span>
  })
}
