import { memo } from 'react'
import type { OutlineItem } from '../../host/views/index.ts'
import { classes, Glyph, Pictogram } from '../../ui/index.ts'
import { useSelection } from '../../workspace/index.ts'
import type { Visible } from './tree.ts'

/** One thing in the tree: its name, its kind and how it fares, all in words. */
export const OutlineRow = memo(
  function OutlineRow({ row, open, active, selected, ringed, onChoose, onToggle }: OutlineRowProps) {
    const { item, level, place, of, branches } = row
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all its items
      <div
        role="treeitem"
        data-id={item.id}
        tabIndex={active ? 0 : -1}
        aria-level={level}
        aria-posinset={place}
        aria-setsize={of}
        aria-selected={selected}
        aria-expanded={branches ? open : undefined}
        className={classes('ol-row', ringed && 'ringed')}
        style={{ paddingLeft: 10 + (level - 1) * 18 }}
        onClick={() => onChoose(item)}
        onPointerEnter={() => useSelection.getState().hover(item.id)}
        onPointerLeave={() => useSelection.getState().hover(undefined)}
      >
        {branches ? (
          <span
            className="ol-twist"
            data-open={open || undefined}
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation()
              onToggle(item.id)
            }}
          >
            <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
              <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </span>
        ) : (
          <span className="ol-twist" aria-hidden="true" />
        )}
        <Glyph status={item.tone} />
        <Pictogram name={item.pictogram} size={14} className="text-muted" />
        <span className="mono whitespace-nowrap">{item.name}</span>
        <span className="text-muted">{item.label}</span>
        <span className="gl ml-auto whitespace-nowrap pl-4 text-11 text-muted">
          {[item.word, item.detail ?? item.note].filter(Boolean).join(' · ')}
        </span>
      </div>
    )
  },
  (a, b) =>
    a.open === b.open &&
    a.active === b.active &&
    a.selected === b.selected &&
    a.ringed === b.ringed &&
    a.onChoose === b.onChoose &&
    a.row.level === b.row.level &&
    a.row.place === b.row.place &&
    a.row.of === b.row.of &&
    a.row.branches === b.row.branches &&
    JSON.stringify(a.row.item) === JSON.stringify(b.row.item),
)

export interface OutlineRowProps {
  row: Visible<OutlineItem>
  open: boolean
  active: boolean
  selected: boolean
  ringed: boolean
  onChoose: (item: OutlineItem) => void
  onToggle: (id: string) => void
}
