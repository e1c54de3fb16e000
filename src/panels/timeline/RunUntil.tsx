import ChevronDown from 'lucide-react/icons/chevron-down'
import { memo, type RefObject, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Clock, Reached, Until } from '../../host/views/index.ts'
import { announce, Button, Dialog, Menu, TextField, toast } from '../../ui/index.ts'
import { useSelection } from '../../workspace/index.ts'
import { clockText, readTime } from './timeText.ts'

/** A menu of moments to run to: the next event or alert, a thing that is selected being well, or a time. It speaks of the time at which it is opened. */
export const RunUntil = memo(function RunUntil({ latest, inPast, held }: RunUntilProps) {
  const lab = useLab()
  const selected = useSelection((selection) => selection.selected[0])
  const [asking, setAsking] = useState(false)
  const name = selected?.slice(selected.lastIndexOf('/') + 1)

  const runUntil = async (until: Until, words: string) => {
    const reached = (await lab.ask('until', until)) as Reached | null
    if (reached) {
      await lab.pause()
      await lab.seek(reached.at)
      announce(`${clockText(reached.at)}, ${reached.text}`)
    } else
      toast({
        status: 'idle',
        text: inPast ? `${words} does not lie ahead in what is known.` : `${words} does not come within 30 minutes.`,
      })
  }
  const refused = held
  return (
    <>
      <Menu
        side="top"
        align="end"
        trigger={
          <button
            type="button"
            aria-label="Run until"
            className="flex h-[calc(26px*var(--text-size))] pointer-coarse:min-h-11 pointer-coarse:min-w-11 items-center gap-1 rounded-6 border border-line-strong bg-raised px-2 font-strong text-12 hover:bg-hover"
          >
            until
            <ChevronDown size={11} className="text-muted" aria-hidden="true" />
          </button>
        }
        groups={() => [
          {
            id: 'next',
            label: 'Run until',
            entries: [
              { id: 'event', label: 'the next event', keys: '.', refused, run: () => void lab.step(1) },
              {
                id: 'alert',
                label: 'the next alert',
                refused,
                run: () => void runUntil({ next: 'alert' }, 'An alert'),
              },
              ...(selected === undefined
                ? []
                : [
                    {
                      id: 'ok',
                      label: `${name} is well`,
                      refused,
                      run: () => void runUntil({ next: 'ok', entity: selected }, `That ${name} is well`),
                    },
                    {
                      id: 'change',
                      label: `${name} changes`,
                      refused,
                      run: () => void runUntil({ next: 'change', entity: selected }, `A change of ${name}`),
                    },
                  ]),
            ],
          },
          {
            id: 'time',
            label: 'a time',
            entries: [
              ...[10, 60, 300].map((seconds) => {
                const at = latest.current.now + seconds * 1000
                return {
                  id: String(seconds),
                  label: `${clockText(at)}, ${seconds < 60 ? `${seconds} s` : `${seconds / 60} min`} on`,
                  refused,
                  run: () => void lab.seek(at),
                }
              }),
              { id: 'other', label: 'another time', refused, run: () => setAsking(true) },
            ],
          },
        ]}
      />
      {asking ? <AskTime now={latest.current.now} onClose={() => setAsking(false)} /> : null}
    </>
  )
})

interface RunUntilProps {
  readonly latest: RefObject<Clock>
  readonly inPast: boolean
  readonly held: string | undefined
}

function AskTime({ now, onClose }: { now: number; onClose: () => void }) {
  const lab = useLab()
  const [text, setText] = useState(clockText(now))
  const at = readTime(text)
  const go = () => {
    if (at === undefined) return
    void lab.seek(at)
    onClose()
  }
  return (
    <Dialog
      open
      width={340}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title="Go to a time"
      description={`It is ${clockText(now)}. An earlier time goes back, a later one runs on.`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="primary" onClick={go} aria-disabled={at === undefined}>
            Go
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          go()
        }}
      >
        <TextField
          label="Time"
          hint="Minutes and seconds, as in 14:02.3"
          value={text}
          error={at === undefined ? 'Not a time. Try 14:02 or 90.' : undefined}
          onChange={setText}
        />
      </form>
    </Dialog>
  )
}
