import BookOpen from 'lucide-react/icons/book-open'
import Info from 'lucide-react/icons/info'
import { type ReactNode, useState } from 'react'
import { Sheet, useMediaQuery } from '../../ui/index.ts'
import { type DockTab, useLayout, useSelection } from '../../workspace/index.ts'
import { useTextSize } from '../../workspace/taste.ts'
import { Timeline } from '../timeline/index.ts'
import { CanvasArea } from './CanvasArea.tsx'
import { CompactTimeline } from './CompactTimeline.tsx'
import { dockTabs } from './Dock.tsx'
import { DockContent } from './DockContent.tsx'
import { InspectorArea } from './InspectorArea.tsx'
import { LessonSheet } from './LessonSheet.tsx'

/** The frame below 1024 px: the canvas fills it, inspector and dock are sheets that a bar at the bottom opens. */
export function NarrowFrame({ aside }: { aside?: ReactNode }) {
  const [sheet, setSheet] = useState<DockTab | 'inspector' | 'lesson' | undefined>(
    aside === undefined ? undefined : 'lesson',
  )
  const [first] = useSelection((selection) => selection.selected)
  const roomy = useMediaQuery(`(min-width: ${800 * useTextSize()}px)`)
  const tab = dockTabs.find(({ id }) => id === sheet)
  const close = (open: boolean) => {
    if (!open) setSheet(undefined)
  }
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col">
        <CanvasArea firsts={aside === undefined} />
      </div>
      {roomy ? <Timeline /> : <CompactTimeline />}
      <nav aria-label="Panels" className="wb-bar">
        {aside === undefined ? null : (
          <button type="button" data-ready onClick={() => setSheet('lesson')}>
            <BookOpen size={14} strokeWidth={1.75} aria-hidden="true" />
            Lesson
          </button>
        )}
        {dockTabs.map(({ id, label, icon }) => (
          <button
            key={id}
            type="button"
            onClick={() => {
              useLayout.getState().openDock(id)
              setSheet(id)
            }}
          >
            {icon}
            {label}
          </button>
        ))}
        <button type="button" data-ready={first !== undefined || undefined} onClick={() => setSheet('inspector')}>
          <Info size={14} strokeWidth={1.75} aria-hidden="true" />
          Inspect
        </button>
      </nav>
      {aside === undefined ? null : (
        <LessonSheet open={sheet === 'lesson'} onClose={() => setSheet(undefined)}>
          {aside}
        </LessonSheet>
      )}
      <Sheet open={tab !== undefined} onOpenChange={close} title={tab?.label ?? ''} side="bottom">
        <div className="h-[64dvh]">{tab ? <DockContent tab={tab.id} /> : null}</div>
      </Sheet>
      <Sheet open={sheet === 'inspector'} onOpenChange={close} title="Inspector" side="right">
        <InspectorArea onEdited={() => setSheet('editor')} />
      </Sheet>
    </>
  )
}
