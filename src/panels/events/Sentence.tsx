import { Link } from '../../ui/index.ts'

/** A told sentence: `[name](id)` becomes a link, words in backticks are the tool's own. */
export function Sentence({ text, onLink }: { text: string; onLink?: ((id: string) => void) | undefined }) {
  return text.split(/(\[[^\]]*\]\([^)]*\)|`[^`]*`)/).map((piece, i) => {
    const [, name, id] = /^\[([^\]]*)\]\(([^)]*)\)$/.exec(piece) ?? []
    if (name !== undefined && id !== undefined) {
      return onLink ? (
        <Link key={i} onClick={() => onLink(id)}>
          {name}
        </Link>
      ) : (
        <b key={i}>{name}</b>
      )
    }
    if (piece.startsWith('`') && piece.length > 1) {
      return (
        <code key={i} className="mono">
          {piece.slice(1, -1)}
        </code>
      )
    }
    return piece
  })
}
