import { useEffect } from 'react'
import { useLab } from '../../host/react.ts'
import type { SessionState } from '../../host/views/index.ts'
import { useEditing, useLayout } from '../../workspace/index.ts'

/** Opens the editor when a program in the terminal (`edit`, `vi`) waits for it. */
export function useEditorRequests(): void {
  const lab = useLab()
  useEffect(() => {
    let last: string | undefined
    return lab.subscribe('session', { session: 'main' }, (next) => {
      const { editing } = next as SessionState
      if (editing === last) return
      last = editing
      if (editing === undefined) return
      void lab.ask('file', { session: 'main', path: editing }).then((text) => {
        useEditing.getState().open({ path: editing, text: (text as string | null) ?? '' })
        useLayout.getState().openDock('editor')
      })
    })
  }, [lab])
}
