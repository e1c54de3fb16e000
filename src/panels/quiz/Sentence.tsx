/** A sentence of the simulation: nouns as `[label](id)` in bold, words of tools in backticks. */
export function Sentence({ text }: { readonly text: string }) {
  const parts = text.split(/(\[[^\]]*\]\([^)]*\)|`[^`]*`)/)
  return parts.map((part, i) => {
    const key = `${i}`
    const noun = /^\[([^\]]*)\]\(/.exec(part)?.[1]
    if (noun !== undefined) return <b key={key}>{noun}</b>
    return part.startsWith('`') && part.length > 1 ? (
      <code key={key}>{part.slice(1, -1)}</code>
    ) : (
      <span key={key}>{part}</span>
    )
  })
}
