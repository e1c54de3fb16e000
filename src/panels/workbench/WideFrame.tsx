import { lazy, type ReactNode, Suspense } from 'react'
import { Panel, SplitPane, type SplitPaneItem } from '../../ui/index.ts'
import { useLayout, useSizes } from '../../workspace/index.ts'
import { useTextSize } from '../../workspace/taste.ts'
import { Timeline } from '../timeline/index.ts'
import { CanvasArea } from './CanvasArea.tsx'

const Dock = lazy(() => import('./Dock.tsx').then(({ Dock }) => ({ default: Dock })))
const InspectorArea = lazy(() =>
  import('./InspectorArea.tsx').then(({ InspectorArea }) => ({ default: InspectorArea })),
)

/** The frame from 1024 px on: canvas with the dock under it, the inspector at its right, the timeline below. */
export function WideFrame({ aside }: { aside?: ReactNode }) {
  const inspectorOpen = useLayout((layout) => layout.inspectorOpen)
  const dockOpen = useLayout((layout) => layout.dockOpen)
  const { splits, keep } = useSizes()
  const text = useTextSize()
  const rows: SplitPaneItem[] = [
    { id: 'canvas', label: 'canvas', min: 160, content: <CanvasArea firsts={aside === undefined} /> },
  ]
  if (dockOpen) {
    rows.push({
      id: 'dock',
      label: 'dock',
      size: 230,
      min: 110,
      content: (
        <Suspense>
          <Dock />
        </Suspense>
      ),
    })
  }
  const columns: SplitPaneItem[] = [
    {
      id: 'centre',
      label: 'canvas',
      min: 420,
      content: (
        <SplitPane
          direction="rows"
          panes={rows}
          layout={dockOpen ? splits['rows'] : undefined}
          onLayout={(layout) => keep('rows', layout)}
          className="h-full"
        />
      ),
    },
  ]
  if (inspectorOpen) {
    columns.push({
      id: 'inspector',
      label: 'inspector',
      size: 352 * text,
      min: 300,
      max: 720,
      content: (
        <Panel label="Inspector" className="h-full">
          <Suspense>
            <InspectorArea onClose={useLayout.getState().closeInspector} />
          </Suspense>
        </Panel>
      ),
    })
  }
  return (
    <>
      <div className="flex min-h-0 flex-1">
        {aside === undefined ? null : (
          <Panel label="Lesson" className="w-[calc(284px*var(--text-size))] flex-none border-line-strong border-r">
            {aside}
          </Panel>
        )}
        <SplitPane
          direction="columns"
          panes={columns}
          layout={inspectorOpen ? splits['columns'] : undefined}
          onLayout={(layout) => keep('columns', layout)}
          className="h-full min-w-0 flex-1"
        />
      </div>
      <Timeline />
    </>
  )
}
