import Activity from 'lucide-react/icons/chart-no-axes-column'
import ChevronDown from 'lucide-react/icons/chevron-down'
import List from 'lucide-react/icons/list'
import ListTree from 'lucide-react/icons/list-tree'
import PencilLine from 'lucide-react/icons/pencil-line'
import SquareTerminal from 'lucide-react/icons/square-terminal'
import { IconButton, Tabs } from '../../ui/index.ts'
import { type DockTab, useLayout } from '../../workspace/index.ts'
import { DockContent } from './DockContent.tsx'
import { useClock } from './useClock.ts'

/** The tabs of the dock with their icons, in order. */
export const dockTabs: readonly { readonly id: DockTab; readonly label: string; readonly icon: React.ReactNode }[] = [
  { id: 'terminal', label: 'Terminal', icon: <SquareTerminal size={14} strokeWidth={1.75} aria-hidden="true" /> },
  { id: 'editor', label: 'Editor', icon: <PencilLine size={14} strokeWidth={1.75} aria-hidden="true" /> },
  { id: 'metrics', label: 'Metrics', icon: <Activity size={14} strokeWidth={1.75} aria-hidden="true" /> },
  { id: 'events', label: 'Events', icon: <List size={14} strokeWidth={1.75} aria-hidden="true" /> },
  { id: 'outline', label: 'Outline', icon: <ListTree size={14} strokeWidth={1.75} aria-hidden="true" /> },
]

/** The dock under the canvas. The terminal stays mounted behind the other tabs, so that a half typed line is not lost. */
export function Dock() {
  const tab = useLayout((layout) => layout.dockTab)
  const openDock = useLayout((layout) => layout.openDock)
  const closeDock = useLayout((layout) => layout.closeDock)
  const seed = useClock((clock) => clock.seed)
  return (
    <section aria-label="Dock" className="flex h-full min-h-0 flex-col bg-panel">
      <Tabs
        label="Dock"
        value={tab}
        onChange={openDock}
        tabs={dockTabs.map((item) => ({
          ...item,
          keep: item.id === 'terminal',
          content: <DockContent tab={item.id} />,
        }))}
        end={
          <>
            <span className="micro num">{seed === undefined ? '' : `seed ${seed}`}</span>
            <IconButton small label="Close the dock" side="left" onClick={closeDock}>
              <ChevronDown size={15} aria-hidden="true" />
            </IconButton>
          </>
        }
      />
    </section>
  )
}
