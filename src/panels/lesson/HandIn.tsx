import { useState } from 'react'
import { useLab } from '../../host/react.ts'
import { Button, TextField, toast } from '../../ui/index.ts'
import { completionCode } from '../../workspace/completion.ts'

/** How a solved task is handed in: a name, and a code that holds the run itself. */
export function HandIn({ lesson, beat, began }: HandInProps) {
  const lab = useLab()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  if (!open)
    return (
      <Button size="sm" tone="ghost" className="mt-2" onClick={() => setOpen(true)}>
        Hand it in to a teacher
      </Button>
    )
  return (
    <form
      className="mt-3 grid gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void lab.save().then(async (save) => {
          const made = completionCode({ lesson, beat, name: name.trim(), began, save })
          setCode(made)
          await navigator.clipboard?.writeText(made).then(
            () => toast({ status: 'ok', text: 'The code is on the clipboard.' }),
            () => {},
          )
        })
      }}
    >
      <TextField label="Your name" value={name} maxLength={60} onChange={setName} />
      <Button type="submit">Make the code</Button>
      {code === '' ? null : (
        <textarea className="input mono" readOnly rows={3} aria-label="Code of your run" value={code} />
      )}
    </form>
  )
}

interface HandInProps {
  readonly lesson: string
  readonly beat: number
  /** When the task began. */
  readonly began: { readonly position: number; readonly at: number }
}
