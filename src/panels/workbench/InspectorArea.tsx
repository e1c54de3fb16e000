import { lazy, Suspense, useCallback } from 'react'
import { useLab } from '../../host/react.ts'
import type { Inspection } from '../../host/views/index.ts'
import { openSource, useLayout } from '../../workspace/index.ts'
import { Boundary } from './Boundary.tsx'

const Inspector = lazy(() => import('../inspector/index.ts').then(({ Inspector }) => ({ default: Inspector })))

/** The inspector, whose Edit opens the source of a thing in the editor. `onEdited` is told, for a frame that must show the editor itself. */
export function InspectorArea({
  onEdited,
  onClose,
}: {
  onEdited?: (() => void) | undefined
  onClose?: (() => void) | undefined
}) {
  const lab = useLab()
  const edit = useCallback(
    (id: string) => {
      void lab.ask('inspect', { id }).then((found) => {
        const source = (found as Inspection | null)?.source
        if (!source) return
        openSource(id, source)
        useLayout.getState().openDock('editor')
        onEdited?.()
      })
    },
    [lab, onEdited],
  )
  return (
    <Boundary name="The inspector">
      <Suspense>
        <Inspector onEdit={edit} onClose={onClose} />
      </Suspense>
    </Boundary>
  )
}
