import './editor.css'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { useLab, useView } from '../../host/react.ts'
import type { SessionState } from '../../host/views/index.ts'
import { classes, EmptyState } from '../../ui/index.ts'
import { useEditing } from '../../workspace/index.ts'
import { uploadFile } from '../workbench/worlds/dropFiles.ts'
import { CodeEditor } from './CodeEditor.tsx'
import { DraftTabs } from './DraftTabs.tsx'
import { EditorTools } from './EditorTools.tsx'
import { FileList } from './FileList.tsx'
import { openFile } from './openFile.ts'
import { Problems } from './Problems.tsx'
import { saveDraft } from './saveDraft.ts'
import type { Problem } from './syntaxProblems.ts'

/** The files of the session and the sources of things, as text. Everything saved is a command line. */
export function Editor({ session = 'main' }: { session?: string | undefined }) {
  const lab = useLab()
  const drafts = useEditing((editing) => editing.drafts)
  const active = useEditing((editing) => editing.active)
  const state = useView<SessionState>('session', { session })
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const [review, setReview] = useState(false)
  const [over, setOver] = useState(false)
  const go = useRef<((line: number, column: number) => void) | undefined>(undefined)
  const draft = drafts.find(({ path }) => path === active)
  useEffect(() => setReview(false), [active])
  const drop = async (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    for (const file of event.dataTransfer.files) {
      const path = await uploadFile(lab, file, 'editor')
      if (path !== undefined) useEditing.getState().open({ path, text: await file.text() })
    }
  }
  return (
    <section
      aria-label="Editor"
      className={classes('ed', over && 'over')}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
    >
      <FileList session={session} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {draft ? (
          <>
            <DraftTabs drafts={drafts} active={draft.path} />
            <EditorTools
              draft={draft}
              editing={state?.editing === draft.path}
              review={review}
              onReview={setReview}
              session={session}
            />
            <CodeEditor
              key={`${draft.path} ${review}`}
              path={draft.path}
              text={draft.text}
              original={review ? draft.saved : undefined}
              onChange={(text) => useEditing.getState().change(draft.path, text)}
              onProblems={setProblems}
              onSave={() => (draft.source ? setReview(true) : void saveDraft(lab, draft, session))}
              go={go}
            />
            <Problems problems={problems} onGo={(line, column) => go.current?.(line, column)} />
          </>
        ) : (
          <EmptyState
            title="No file is open"
            text="Choose one at the left, drop one here, or open the source of a thing in the inspector."
            action={{ label: 'New file', run: () => openFile('notes.yaml', '') }}
          />
        )}
      </div>
    </section>
  )
}
