import { type DockTab, useLayout } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Opens a tab of the dock, and closes the dock from the tab itself. */
function dockTab(tab: DockTab, title: string, keys: string, binding: string, words: string): Action {
  return {
    id: `dock-${tab}`,
    title,
    group: 'Panels',
    keys,
    binding,
    words,
    run: () => {
      const { dockOpen, dockTab, openDock, closeDock } = useLayout.getState()
      if (dockOpen && dockTab === tab) closeDock()
      else openDock(tab)
    },
  }
}

/** One action for each tab of the dock. */
export const dockTabs: readonly Action[] = [
  dockTab('terminal', 'Terminal', 'Ctrl `', '$mod+Backquote', 'shell prompt console'),
  dockTab('editor', 'Editor', 'Alt E', 'Alt+KeyE', 'files yaml code'),
  dockTab('metrics', 'Metrics', 'Alt M', 'Alt+KeyM', 'cpu memory'),
  dockTab('events', 'Events', 'Alt V', 'Alt+KeyV', 'journal log happened'),
  dockTab('outline', 'Outline', 'Alt O', 'Alt+KeyO', 'tree list'),
]
