import { useRef, useState } from 'react'
import { Button, Section, TextField, toast } from '../../ui/index.ts'
import { backupCode, readBackupCode } from '../../workspace/backupCode.ts'
import { useProgress } from '../../workspace/progress.ts'
import { readProgressFile, writeProgressFile } from '../../workspace/progressFile.ts'
import type { ProgressData } from '../../workspace/progressSchema.ts'
import { downloadText } from '../workbench/worlds/download.ts'

/** How progress is taken elsewhere: a file with all of it, or a code short enough to be sent to oneself. Nothing leaves the browser by itself. */
export function Keeping() {
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<string | undefined>(undefined)
  const file = useRef<HTMLInputElement>(null)
  const take = (read: ProgressData | { readonly wrong: string }): boolean => {
    if ('wrong' in read) return false
    useProgress.getState().merge(read)
    toast({
      status: 'ok',
      text: `Taken in: ${counted(read.outcomes.length, 'result')} and ${counted(Object.keys(read.lessons).length, 'lesson')}.`,
    })
    return true
  }
  return (
    <section aria-labelledby="keeping">
      <h2 id="keeping">Take it with you</h2>
      <p className="sub m-0">Your progress is kept in this browser and nowhere else.</p>
      <div className="keeping">
        <Section title="As a file" note="everything">
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => downloadText('progress.orrery.json', writeProgressFile(useProgress.getState()))}>
              Export
            </Button>
            <Button onClick={() => file.current?.click()}>Import a file</Button>
            <input
              ref={file}
              type="file"
              accept=".json,application/json"
              hidden
              aria-label="Progress file"
              onChange={async (event) => {
                const [chosen] = event.currentTarget.files ?? []
                event.currentTarget.value = ''
                if (!chosen) return
                const read = readProgressFile(await chosen.text())
                if (!take(read) && 'wrong' in read) toast({ status: 'err', text: read.wrong })
              }}
            />
          </div>
        </Section>
        <Section title="For Anki" note="concepts and questions you have met">
          <AnkiExport />
        </Section>
        <Section title="As a code" note="lessons and latest results">
          <div className="flex flex-wrap items-end gap-2">
            <Button
              onClick={async () => {
                const made = backupCode(useProgress.getState())
                setCode(made)
                setWrong(undefined)
                await navigator.clipboard?.writeText(made).then(
                  () => toast({ status: 'ok', text: `The code is on the clipboard: ${made.length} characters.` }),
                  () => toast({ status: 'warn', text: 'The clipboard is closed to this page. Copy the code below.' }),
                )
              }}
            >
              Make a code
            </Button>
            <form
              className="flex flex-1 items-end gap-2"
              onSubmit={(event) => {
                event.preventDefault()
                const read = readBackupCode(code)
                setWrong('wrong' in read ? read.wrong : undefined)
                take(read)
              }}
            >
              <TextField label="Backup code" mono value={code} error={wrong} onChange={setCode} />
              <Button type="submit">Take it in</Button>
            </form>
          </div>
        </Section>
      </div>
    </section>
  )
}

/** Cards for another program. The simulator answers each question once more, so this takes a moment. */
function AnkiExport() {
  const outcomes = useProgress((progress) => progress.outcomes)
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    try {
      const { exportAnki } = await import('./exportAnki.ts')
      const count = await exportAnki(outcomes)
      toast({ status: 'ok', text: `${counted(count, 'card')} written. In Anki: File, Import.` })
    } catch (error) {
      toast({
        status: 'err',
        text: 'The cards could not be made.',
        detail: error instanceof Error ? error.message : '',
      })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button disabled={busy || outcomes.length === 0} onClick={() => void make()}>
        {busy ? 'Making the cards ...' : 'Export cards'}
      </Button>
      {outcomes.length === 0 ? <span className="sub">Nothing has been answered yet.</span> : null}
    </div>
  )
}

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`
}
