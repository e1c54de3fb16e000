import './workbench.css'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useLocation } from 'wouter'
import { useMediaQuery, useTheme } from '../../ui/index.ts'
import { useDialogs, useLayout, useSelection, useWorld } from '../../workspace/index.ts'
import { useTextSize } from '../../workspace/taste.ts'
import type { ClassScript } from '../classroom/script.ts'
import { TopBar } from './TopBar.tsx'
import { useActionKeys } from './useActionKeys.ts'
import { useEditorRequests } from './useEditorRequests.ts'
import { useRoute } from './useRoute.ts'
import { WideFrame } from './WideFrame.tsx'
import { useAutosave } from './worlds/useAutosave.ts'

const Wall = lazy(() => import('../classroom/index.ts').then(({ Wall }) => ({ default: Wall })))
const CrashPanel = lazy(() => import('./CrashPanel.tsx').then(({ CrashPanel }) => ({ default: CrashPanel })))
const NarrowFrame = lazy(() => import('./NarrowFrame.tsx').then(({ NarrowFrame }) => ({ default: NarrowFrame })))
const Theatre = lazy(() => import('../inspector/Theatre.tsx').then(({ Theatre }) => ({ default: Theatre })))
const Dialogs = lazy(() => import('./dialogs/Dialogs.tsx').then(({ Dialogs }) => ({ default: Dialogs })))

/** The workbench: a world with everything to look at it, act on it and ask it why. `aside` stands at its left: a lesson; `script` leads a class through it. */
export function Workbench({
  aside,
  script,
}: {
  aside?: ReactNode
  script?: ClassScript | undefined
  params?: unknown
}) {
  const [path, navigate] = useLocation()
  const opening = useRoute()
  const title = useWorld((world) => world.title)
  const crashed = useWorld((world) => world.crashed)
  const presenting = useLayout((layout) => layout.mode === 'present')
  const theatre = useDialogs((dialogs) => dialogs.theatre)
  const talking = useDialogs((dialogs) => dialogs.open !== undefined)
  const text = useTextSize()
  // With larger text the columns need more room before they stand side by side.
  const wide = useMediaQuery(`(min-width: ${512 + 512 * text}px)`)
  // What is shown may know nothing of themes; the page still follows the machine from dark to light.
  useTheme()
  useAutosave()
  useActionKeys(navigate)
  useEditorRequests()
  useInspectOnSelect(wide && !presenting)
  // A conversation belongs to the place where it was begun.
  useEffect(
    () => () => {
      useDialogs.getState().close()
      leaveTheatre()
    },
    [path],
  )
  useEffect(() => {
    document.title = title === '' ? 'Orrery' : `${title}, Orrery`
  }, [title])
  return (
    <div className="wb">
      <button type="button" className="btn absolute! -top-40 left-2 z-40 focus:top-2" onClick={focusCanvas}>
        Skip to the canvas
      </button>
      {opening ? (
        <div className="grid flex-1 place-items-center" role="status">
          <p className="sub m-0">Winding up the world…</p>
        </div>
      ) : presenting ? (
        <Suspense fallback={<OnTheWay />}>
          <Wall script={script} />
        </Suspense>
      ) : (
        <>
          <TopBar wide={wide} />
          <Suspense>{wide ? <WideFrame aside={aside} /> : <NarrowFrame aside={aside} />}</Suspense>
        </>
      )}
      {theatre === undefined ? null : (
        <Suspense>
          <Theatre event={theatre} onClose={leaveTheatre} />
        </Suspense>
      )}
      {talking ? (
        <Suspense>
          <Dialogs />
        </Suspense>
      ) : null}
      {crashed === undefined ? null : (
        <Suspense>
          <CrashPanel message={crashed} />
        </Suspense>
      )}
    </div>
  )
}

function leaveTheatre() {
  useDialogs.getState().stage(undefined)
}

/** While the wall is being fetched: whoever changes their mind is heard. */
function OnTheWay() {
  useEffect(() => {
    const hear = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') useLayout.getState().setMode('study')
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
  return null
}

function focusCanvas() {
  const canvas = document.getElementById('canvas')
  canvas?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
}

/** The inspector opens when something is selected where there was nothing. */
function useInspectOnSelect(on: boolean): void {
  useEffect(() => {
    if (!on) return
    return useSelection.subscribe((now, before) => {
      const [id] = now.selected
      if (id !== undefined && id !== before.selected[0]) useLayout.getState().openInspector()
    })
  }, [on])
}
