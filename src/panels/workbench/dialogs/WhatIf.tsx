import { useState } from 'react'
import { useLab, useView } from '../../../host/react.ts'
import type { Clock } from '../../../host/views/index.ts'
import { announce, Button, Dialog, Segmented, TextField } from '../../../ui/index.ts'
import { useDialogs } from '../../../workspace/index.ts'
import { clockText, readTime } from '../../timeline/timeText.ts'

/** Real choices of how long both courses run on, in virtual ms. */
const SPANS = [
  { id: '60000', label: '1 min' },
  { id: '180000', label: '3 min' },
  { id: '600000', label: '10 min' },
] as const

/**
 * What if something had been done otherwise: one command line more at a moment, from which a branch is run as long as the world itself. Both
 * begin with the same seed and the same past, so all that differs follows from that line.
 */
export function WhatIf({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return open ? <Open onOpenChange={onOpenChange} /> : null
}

/** Looks at the clock only while there is something to see. */
function Open({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const clock = useView<Clock>('clock')
  if (!clock) return null
  return (
    <Asking
      clock={clock}
      onOpenChange={onOpenChange}
      onDone={(other, shown) => useDialogs.getState().compare({ other, shown })}
    />
  )
}

function Asking({
  clock,
  onOpenChange,
  onDone,
}: {
  clock: Clock
  onOpenChange: (open: boolean) => void
  onDone: (other: number, made: number) => void
}) {
  const lab = useLab()
  const [line, setLine] = useState('')
  const [when, setWhen] = useState(clockText(clock.now))
  const [span, setSpan] = useState<string>(SPANS[1].id)
  const [busy, setBusy] = useState(false)
  const at = readTime(when)
  const wrong =
    at === undefined
      ? 'Not a time. Try 14:02 or 90.'
      : at > clock.end
        ? `Only ${clockText(clock.end)} is known.`
        : undefined
  const ready = wrong === undefined && line.trim() !== '' && !busy
  const run = async () => {
    if (!ready || at === undefined) return
    setBusy(true)
    const until = at + Number(span)
    await lab.pause()
    // The world itself goes as far first, so that the two can be held against each other; then its past is gone back to.
    if (clock.end < until) await lab.seek(until)
    await lab.seek(at)
    await lab.command(line.trim(), 'main', 'timeline')
    await lab.seek(until)
    const after = (await lab.ask('clock')) as Clock
    announce(`${after.branches.find(({ id }) => id === after.branch)?.name ?? 'The branch'} is held against what was`)
    onDone(clock.branch, after.branch)
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="What if…"
      description="One command line is given at a moment, on a branch of its own. Everything before it is the same: seed, history and all. Then both are shown side by side."
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button tone="primary" onClick={() => void run()} aria-disabled={!ready}>
            {busy ? 'Running both' : 'Run both'}
          </Button>
        </>
      }
    >
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        <TextField
          label="Command line"
          mono
          value={line}
          onChange={setLine}
          hint="kubectl scale deployment web --replicas=6"
        />
        <TextField label="Given at" value={when} onChange={setWhen} error={wrong} />
        <Segmented label="How long both run on" options={SPANS} value={span} onChange={setSpan} wide />
      </form>
    </Dialog>
  )
}
