import { useEffect, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Otherwise } from '../../host/views/index.ts'
import { FixRow } from '../../ui/index.ts'
import { tryOtherwise } from '../../workspace/index.ts'

/** Most that are listed before someone asks for all. */
const FEW = 4

/**
 * "What if it worked otherwise?": what people believe of the rules by which something was decided. Choosing one runs a branch from the moment
 * before by that belief, and holds it against what was.
 */
export function OtherwiseList({
  found,
  onDone,
}: {
  found: readonly Otherwise[] | undefined
  onDone?: (() => void) | undefined
}) {
  const lab = useLab()
  const [busy, setBusy] = useState<string>()
  const [all, setAll] = useState(false)
  if (!found) return <p className="sub m-0">Looking for what is believed of it.</p>
  if (found.length === 0) return <p className="sub m-0">No mistaken belief about these rules is known here.</p>
  const run = (one: Otherwise) => {
    if (busy !== undefined) return
    setBusy(one.id)
    tryOtherwise(lab, one).then(
      () => {
        setBusy(undefined)
        onDone?.()
      },
      () => setBusy(undefined),
    )
  }
  return (
    <div className="grid grid-cols-1 gap-1.5">
      {(all ? found : found.slice(0, FEW)).map((one) => (
        <FixRow
          key={one.id}
          edit={one.inForce ? `As it really is: ${one.instead}` : one.says}
          outcome={one.inForce ? `This branch believes: ${one.says}` : undefined}
          action={busy === one.id ? 'Running both' : one.inForce ? 'Take it back' : 'Try it'}
          onTry={() => run(one)}
        />
      ))}
      {!all && found.length > FEW ? (
        <button type="button" className="lnk alone justify-self-start" onClick={() => setAll(true)}>
          {found.length - FEW} more
        </button>
      ) : null}
    </div>
  )
}

/** What may be believed of the rules on the way to an event; undefined until it is known. */
export function useOtherwise(event: number | undefined): readonly Otherwise[] | undefined {
  const lab = useLab()
  const [found, setFound] = useState<{ readonly event: number; readonly list: readonly Otherwise[] }>()
  useEffect(() => {
    if (event === undefined) return
    let left = false
    lab.ask('otherwise', { event }).then(
      (list) => {
        if (!left) setFound({ event, list: list as readonly Otherwise[] })
      },
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [lab, event])
  return found && found.event === event ? found.list : undefined
}
