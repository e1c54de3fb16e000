import { useEffect, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Change, Changes } from '../../host/views/index.ts'
import { Button, Section, Segmented, TextField } from '../../ui/index.ts'
import { tryOtherwise } from '../../workspace/index.ts'
import { OtherwiseList, useOtherwise } from './OtherwiseList.tsx'
import { ToldText } from './ToldText.tsx'

/** Most suggestions shown at once. */
const FEW = 5

/**
 * "Change one thing": a field, or a rule. Each field was changed in a world beside this one, and what would have been decided then stands
 * behind it; the line that led to the decision can be edited and tried in the same way.
 */
export function TheatreChanges({ event, onDone }: { event: number; onDone: () => void }) {
  const [what, setWhat] = useState<'field' | 'rule'>('field')
  const believed = useOtherwise(event)
  return (
    <Section title="Change one thing" note="run on a fork, compare">
      <div className="mb-2">
        <Segmented
          label="What to change"
          options={[
            { id: 'field', label: 'A field' },
            { id: 'rule', label: 'A rule' },
          ]}
          value={what}
          onChange={(next) => setWhat(next as 'field' | 'rule')}
          wide
        />
      </div>
      {what === 'field' ? (
        <Fields event={event} onDone={onDone} />
      ) : (
        <>
          <p className="sub m-0 mb-2">What if it worked otherwise? Some people believe:</p>
          <OtherwiseList found={believed} onDone={onDone} />
        </>
      )}
    </Section>
  )
}

function Fields({ event, onDone }: { event: number; onDone: () => void }) {
  const lab = useLab()
  const [changes, setChanges] = useState<Changes | null>()
  const [busy, setBusy] = useState<string>()
  useEffect(() => {
    let left = false
    setChanges(undefined)
    lab.ask('changes', { event }).then(
      (found) => {
        if (!left) setChanges(found as Changes | null)
      },
      () => {
        if (!left) setChanges(null)
      },
    )
    return () => {
      left = true
    }
  }, [lab, event])
  const run = (change: Change) => {
    if (busy !== undefined) return
    setBusy(change.line)
    tryOtherwise(lab, change).then(onDone, () => setBusy(undefined))
  }
  if (changes === undefined) return <p className="sub m-0">Each is being tried on a world beside this one.</p>
  if (changes === null) return <p className="sub m-0">At this moment of the world that decision has not been made.</p>
  if (changes.tooLarge) return <p className="sub m-0">This world is too large to be run a second time.</p>
  const { found, tried, root } = changes
  return (
    <>
      <ul className="m-0 grid list-none p-0">
        {found.slice(0, FEW).map((change) => (
          <Row key={change.line} change={change} busy={busy === change.line} onTry={() => run(change)} />
        ))}
      </ul>
      <p className="sub m-0 mt-1">
        {found.length === 0
          ? `None of ${tried} fields that were changed one by one makes a difference.`
          : `${found.length} of ${tried} fields, changed one by one, make a difference.`}
      </p>
      {root && !root.line.includes('\n') ? <OwnLine event={event} root={root.line} onTry={run} busy={busy} /> : null}
    </>
  )
}

function Row({ change, busy, onTry }: { change: Change; busy: boolean; onTry: () => void }) {
  return (
    <li className="flex min-h-9 items-center gap-2.5 border-line border-b py-1.5">
      <span className="min-w-0 flex-1">
        <span className="font-medium">
          <ToldText text={change.label} />
        </span>{' '}
        <span className="text-12 text-muted">{change.outcome}</span>
      </span>
      <button type="button" className="whitespace-nowrap font-strong text-12 text-accent" onClick={onTry}>
        {busy ? 'Running both' : 'Try it'}
      </button>
    </li>
  )
}

/** The line that led to the decision, to be given otherwise. */
function OwnLine({
  event,
  root,
  busy,
  onTry,
}: {
  event: number
  root: string
  busy: string | undefined
  onTry: (change: Change) => void
}) {
  const lab = useLab()
  const [line, setLine] = useState(root)
  const [seen, setSeen] = useState<Change>()
  const [asking, setAsking] = useState(false)
  const see = () => {
    if (asking || line.trim() === '') return
    setAsking(true)
    lab.ask('changes', { event, instead: line }).then(
      (found) => {
        setSeen((found as Changes | null)?.found[0])
        setAsking(false)
      },
      () => setAsking(false),
    )
  }
  return (
    <form
      className="mt-3 grid gap-2"
      onSubmit={(submit) => {
        submit.preventDefault()
        see()
      }}
    >
      <TextField label="Or give the line that led to it otherwise" mono value={line} onChange={setLine} />
      {seen && seen.line === line ? (
        <ul className="m-0 grid list-none p-0">
          <Row
            change={{ ...seen, label: seen.changed ? 'Then' : 'Then, too,' }}
            busy={busy === seen.line}
            onTry={() => onTry(seen)}
          />
        </ul>
      ) : (
        <Button size="sm" onClick={see} aria-disabled={asking || line === root || undefined}>
          {asking ? 'Running it' : 'See what would be decided'}
        </Button>
      )}
    </form>
  )
}
