import { Glyph } from '../../ui/index.ts'
import type { Problem } from './syntaxProblems.ts'

/** What is wrong with the text, as a list: the twin of the squiggles. */
export function Problems({
  problems,
  onGo,
}: {
  problems: readonly Problem[]
  onGo: (line: number, column: number) => void
}) {
  if (problems.length === 0) return null
  return (
    <ul className="ed-problems" aria-label="Problems">
      {problems.map(({ line, column, message }) => (
        <li key={`${line} ${column} ${message}`}>
          <button type="button" onClick={() => onGo(line, column)}>
            <Glyph status="err" size={12} />
            <span className="num text-muted">{`${line}:${column}`}</span>
            <span className="mono min-w-0 truncate">{message}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
