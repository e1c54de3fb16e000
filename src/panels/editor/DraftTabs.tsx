import X from 'lucide-react/icons/x'
import { toast } from '../../ui/index.ts'
import { type Draft, useEditing } from '../../workspace/index.ts'

/** The open texts; a dot marks those with unsaved edits. */
export function DraftTabs({ drafts, active }: { drafts: readonly Draft[]; active: string }) {
  const { choose, close, open } = useEditing.getState()
  const leave = (draft: Draft) => {
    close(draft.path)
    if (draft.text === draft.saved) return
    toast({
      text: `${name(draft)} was closed with edits that were not saved.`,
      action: { label: 'Open it again', run: () => open(draft) },
    })
  }
  return (
    <div className="ed-tabs">
      {drafts.map((draft) => (
        <span key={draft.path} className="ed-tab" data-active={draft.path === active || undefined}>
          <button
            type="button"
            aria-current={draft.path === active ? 'true' : undefined}
            onClick={() => choose(draft.path)}
          >
            {name(draft)}
            {draft.text === draft.saved ? null : <span className="ed-dot" role="img" aria-label="not saved" />}
          </button>
          <button type="button" className="ib sm" aria-label={`Close ${name(draft)}`} onClick={() => leave(draft)}>
            <X size={12} aria-hidden="true" />
          </button>
        </span>
      ))}
    </div>
  )
}

function name({ path }: Draft): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
