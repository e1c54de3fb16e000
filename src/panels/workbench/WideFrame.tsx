import { Panel, SplitPane, type SplitPaneItem } from '../../ui/index.ts'
import { useLayout, useSizes } from '../../workspace/index.ts'
import { Timeline } from '../timeline/index.ts'
import { CanvasArea } from './CanvasArea.tsx'
import { Dock } from './Dock.tsx'
import { InspectorArea } from './InspectorArea.tsx'

/** The frame from 1024 px on: canvas with the dock under it, the inspector at its right, the timeline below. */
export function WideFrame() {
  const inspectorOpen = useLayout((layout) => layout.inspectorOpen)
  const dockOpen = useLayout((layout) => layout.dockOpen)
  const { splits, keep } = useSizes()
  const rows: SplitPaneItem[] = [{ id: 'canvas', label: 'canvas', min: 160, content: <CanvasArea /> }]
  if (dockOpen) {
    rows.push({ id: 'dock', label: 'dock', size: 230, min: 110, keepsPixels: true, content: <Dock /> })
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
      size: 352,
      min: 300,
      max: 720,
      keepsPixels: true,
      content: (
        <Panel label="Inspector" className="h-full">
          <InspectorArea onClose={useLayout.getState().closeInspector} />
        </Panel>
      ),
    })
  }
  return (
    <>
      <div className="flex min-h-0 flex-1">
        <SplitPane
          direction="columns"
          panes={columns}
          layout={inspectorOpen ? splits['columns'] : undefined}
          onLayout={(layout) => keep('columns', layout)}
          className="h-full w-full"
        />
      </div>
      <Timeline />
    </>
  )
}
