import { useEffect, useState } from 'react'
import { useLab } from '../../host/react.ts'
import type { Fixes } from '../../host/views/index.ts'
import { Button, FixRow, Section } from '../../ui/index.ts'
import { runEdit } from '../../workspace/index.ts'
import { lengthText } from '../timeline/index.ts'
import { useClock } from '../workbench/useClock.ts'
import { ToldText } from './ToldText.tsx'

/** What would fix it: edits that were tried on a fork and helped. Tried anew when the thing changes state while the world stands still. */
export function FixesSection({ id, entry, word }: { id: string; entry: number; word: string }) {
  const lab = useLab()
  const playing = useClock((clock) => clock.playing) ?? false
  const [found, setFound] = useState<{ readonly entry: number; readonly fixes: Fixes }>()
  const [trying, setTrying] = useState(false)
  const tryNow = () => {
    setTrying(true)
    lab.ask('fixes', { entity: id }).then(
      (fixes) => {
        setFound({ entry, fixes: fixes as Fixes })
        setTrying(false)
      },
      () => setTrying(false),
    )
  }
  useEffect(() => {
    if (!playing && found?.entry !== entry) tryNow()
  }, [id, entry, playing])
  const fixes = found?.fixes
  return (
    <Section title="What would fix it?" note={trying ? 'trying on a fork' : 'each tried on a fork'}>
      {fixes?.tooLarge ? <p className="sub m-0">This world is too large to be copied for every edit.</p> : null}
      <div className="grid grid-cols-1 gap-1.5">
        {fixes?.helped.map(({ label, line, outcome }) => (
          <FixRow
            key={line}
            edit={<ToldText text={label} />}
            outcome={outcome}
            onTry={() => void runEdit(lab, [line], { by: 'inspector', changes: [id] })}
          />
        ))}
      </div>
      {fixes && !fixes.tooLarge ? (
        <p className="sub m-0 mt-2 first:mt-0">
          {fixes.tried > fixes.helped.length
            ? `${fixes.helped.length} of ${fixes.tried} edits help within a minute. `
            : fixes.tried === 0
              ? 'No single edit is known for this. '
              : ''}
          {fixes.nothing === null
            ? `If nothing is done it stays ${word} for the next minute.`
            : `If nothing is done it is well in ${lengthText(fixes.nothing)}.`}
        </p>
      ) : null}
      {playing && found?.entry !== entry && !trying ? (
        <Button size="sm" onClick={tryNow}>
          Try edits now
        </Button>
      ) : null}
    </Section>
  )
}
