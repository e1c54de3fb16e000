import { useMemo } from 'react'
import { Link } from '../../ui/index.ts'
import { useSelection } from '../../workspace/index.ts'
import { toldParts } from './toldParts.ts'

/** Longest verbatim text that is shown whole inside a sentence. */
const LONGEST = 96

/** A told sentence: nouns select what they name and ring it on hover, verbatim words are mono. */
export function ToldText({ text }: { text: string }) {
  const parts = useMemo(() => toldParts(text), [text])
  return parts.map((part, i) => {
    // A sentence never changes its parts' places.
    const key = `${i} ${part.text}`
    if (part.is === 'noun') return <Noun key={key} id={part.id} label={part.text} />
    if (part.is === 'text') return <span key={key}>{part.text}</span>
    const long = part.text.length > LONGEST
    return (
      <code key={key} className="mono text-12 wrap-anywhere" data-tip={long ? part.text : undefined}>
        {long ? `${part.text.slice(0, LONGEST - 1)}…` : part.text}
      </code>
    )
  })
}

/** A noun of the world as a link: it selects the thing, and rings it wherever it is shown. */
export function Noun({ id, label, mono }: { id: string; label: string; mono?: boolean | undefined }) {
  const select = useSelection((selection) => selection.select)
  const hover = useSelection((selection) => selection.hover)
  return (
    <Link
      mono={mono}
      onClick={() => select(id)}
      onPointerEnter={() => hover(id)}
      onPointerLeave={() => hover(undefined)}
      onFocus={() => hover(id)}
      onBlur={() => hover(undefined)}
    >
      {label}
    </Link>
  )
}
