import Download from 'lucide-react/icons/download'
import { useLab } from '../../host/react.ts'
import { Button, IconButton } from '../../ui/index.ts'
import type { Draft } from '../../workspace/index.ts'
import { downloadText } from '../workbench/worlds/download.ts'
import { applyDraft, closeWaiting, saveDraft } from './saveDraft.ts'

/** What can be done with the open text: save; for a source, see the difference and apply; for a program that waits, give it back. */
export function EditorTools({
  draft,
  editing,
  review,
  onReview,
  session,
}: {
  draft: Draft
  /** Whether a program in the terminal waits for this file. */
  editing: boolean
  review: boolean
  onReview: (on: boolean) => void
  session: string
}) {
  const lab = useLab()
  const changed = draft.text !== draft.saved
  return (
    <div className="ed-tools">
      <span className="micro mono min-w-0 flex-1 truncate">{draft.path.replace(/^\/home\/learner/, '~')}</span>
      <IconButton
        small
        label="Download"
        onClick={() => downloadText(draft.path.slice(draft.path.lastIndexOf('/') + 1), draft.text, 'text/plain')}
      >
        <Download size={14} aria-hidden="true" />
      </IconButton>
      {editing ? (
        <>
          <Button size="sm" onClick={() => void closeWaiting(lab, draft, false, session)}>
            Close without saving
          </Button>
          <Button size="sm" tone="primary" onClick={() => void closeWaiting(lab, draft, true, session)}>
            Save and close
          </Button>
        </>
      ) : draft.source ? (
        <>
          <Button size="sm" aria-pressed={review} disabled={!changed} onClick={() => onReview(!review)}>
            {review ? 'Back to the text' : 'Show the difference'}
          </Button>
          {review ? (
            <Button
              size="sm"
              tone="primary"
              onClick={() => {
                onReview(false)
                void applyDraft(lab, draft, session)
              }}
            >
              Apply
            </Button>
          ) : null}
        </>
      ) : (
        <Button size="sm" keys="Ctrl S" disabled={!changed} onClick={() => void saveDraft(lab, draft, session)}>
          Save
        </Button>
      )}
    </div>
  )
}
