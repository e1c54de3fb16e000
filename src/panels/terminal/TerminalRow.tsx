import Hand from 'lucide-react/icons/hand'
import PencilLine from 'lucide-react/icons/pencil-line'
import Zap from 'lucide-react/icons/zap'
import { memo } from 'react'
import type { Nouns } from '../../host/views/index.ts'
import { useSelection } from '../../workspace/index.ts'
import { linkNouns } from './nouns.ts'
import type { Row } from './rows.ts'

/** One line of output or one command. Names of things are links: they ring the thing while pointed at, and select it. */
export const TerminalRow = memo(function TerminalRow({
  row,
  nouns,
  found,
}: {
  row: Row
  nouns: Nouns
  found: boolean
}) {
  const origin = row.by === undefined ? undefined : (origins[row.by] ?? origins['other'])
  if (row.is === 'command') {
    return (
      <div className="term-row" data-found={found || undefined}>
        {row.prompt ? <span className={origin ? 'text-muted' : 'text-brass'}>{row.prompt} </span> : null}
        <span className={origin ? 'text-muted' : 'text-text'}>{row.text}</span>
        {origin ? (
          <span className="term-by">
            {origin.icon}
            {origin.says}
          </span>
        ) : null}
      </div>
    )
  }
  return (
    <div className={row.is === 'stderr' ? 'term-row text-err' : 'term-row'} data-found={found || undefined}>
      {linkNouns(row.text, nouns).map((piece, i) =>
        piece.id === undefined ? piece.text : <NounLink key={i} id={piece.id} text={piece.text} />,
      )}
    </div>
  )
})

function NounLink({ id, text }: { id: string; text: string }) {
  const { select, hover } = useSelection.getState()
  return (
    <button
      type="button"
      className="term-noun"
      tabIndex={-1}
      onClick={() => select(id)}
      onPointerEnter={() => hover(id)}
      onPointerLeave={() => hover(undefined)}
    >
      {text}
    </button>
  )
}

const hand = <Hand size={12} aria-hidden="true" />
const pencil = <PencilLine size={12} aria-hidden="true" />

const origins: Readonly<Record<string, { says: string; icon: React.ReactNode }>> = {
  canvas: { says: 'dragged onto the canvas', icon: hand },
  palette: { says: 'placed from the palette', icon: hand },
  editor: { says: 'saved in the editor', icon: pencil },
  inspector: { says: 'done in the inspector', icon: hand },
  outline: { says: 'done in the outline', icon: hand },
  fault: { says: 'a fault', icon: <Zap size={12} aria-hidden="true" /> },
  page: { says: 'done by the page, not in the world', icon: null },
  scene: { says: 'from the scene', icon: null },
  other: { says: 'not typed', icon: hand },
}
