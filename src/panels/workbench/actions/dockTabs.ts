import { type DockTab, useLayout } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Opens a tab of the dock, and closes the dock from the tab itself; the terminal is first made ready to type in. */
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
      const typing = tab !== 'terminal' || document.activeElement === prompt()
      if (dockOpen && dockTab === tab && typing) return closeDock()
      openDock(tab)
      if (tab === 'terminal') focusPrompt(120)
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

function prompt(): HTMLElement | null {
  const all = [...document.querySelectorAll<HTMLElement>('.term-input')]
  return all.find((field) => field.checkVisibility()) ?? null
}

/** Gives the prompt the focus as soon as it is there: the terminal is loaded when it is first opened. */
function focusPrompt(frames: number): void {
  const field = prompt()
  if (field) field.focus({ preventScroll: true })
  else if (frames > 0) requestAnimationFrame(() => focusPrompt(frames - 1))
}
