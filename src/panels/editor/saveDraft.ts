import type { LabClient } from '../../host/client.ts'
import type { SessionState } from '../../host/views/index.ts'
import { announce, toast } from '../../ui/index.ts'
import { type Draft, runEdit, useEditing } from '../../workspace/index.ts'
import { word, writeLine } from '../../workspace/writeLine.ts'

/**
 * Saves a text: as a here-document at the prompt, or, while a program waits for the editor, with vi's own `:w`. False when the prompt is
 * taken by another command, which would read the text as its input.
 */
export async function saveDraft(lab: LabClient, { path, text }: Draft, session: string): Promise<boolean> {
  const { busy, editing } = (await lab.ask('session', { session })) as SessionState
  if (busy && editing !== path) {
    toast({
      status: 'warn',
      text: 'A command is running in the terminal. Save again when it has ended, or stop it there with Ctrl+C.',
    })
    return false
  }
  await lab.command(editing === path ? `:w\n${text}` : writeLine(path, text), session, 'editor')
  useEditing.getState().saved(path, text)
  announce('Saved')
  return true
}

/** Ends the wait of a program for the editor, with the text or without. */
export async function closeWaiting(
  lab: LabClient,
  { path, text }: Draft,
  keep: boolean,
  session: string,
): Promise<void> {
  await lab.command(keep ? `:wq\n${text}` : ':q!', session, 'editor')
  useEditing.getState().close(path)
}

/** Saves the source of a thing and gives it to whatever takes it. */
export async function applyDraft(lab: LabClient, draft: Draft, session: string): Promise<void> {
  if (!draft.source || !(await saveDraft(lab, draft, session))) return
  const line = draft.source.apply.replace('FILE', word(draft.path))
  await runEdit(lab, [line], { by: 'editor', changes: [draft.source.id], session })
}
