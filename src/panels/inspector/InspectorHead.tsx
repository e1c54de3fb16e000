import X from 'lucide-react/icons/x'
import type { Inspection } from '../../host/views/index.ts'
import { Badge, IconButton, Pictogram } from '../../ui/index.ts'
import { lengthText } from '../timeline/index.ts'
import { ActionsMenu } from './ActionsMenu.tsx'
import { Noun } from './ToldText.tsx'
import { useNow } from './useNow.ts'

/** Picture, name and verdict, and below them where it is, whose it is and how old. */
export function InspectorHead({
  inspection,
  onClose,
  large,
}: {
  inspection: Inspection
  onClose?: (() => void) | undefined
  large?: boolean | undefined
}) {
  const { pictogram, name, look, tones, state, label, scope, owner, within, called, id, place: shape } = inspection
  const place = within.at(-2)
  return (
    <header className={large ? 'flex-none px-5 pt-3 pb-2' : 'flex-none px-3.5 pt-3 pb-2'}>
      <div className="flex items-start gap-2">
        <Pictogram name={pictogram} className="mt-[3px] text-muted" />
        <h2 className="mono m-0 min-w-0 flex-1 font-strong text-14 leading-[calc(22px*var(--text-size))] wrap-anywhere">
          {name}
        </h2>
        <Badge status={look?.tone ?? tones[state] ?? 'idle'}>{look?.word ?? state}</Badge>
        <ActionsMenu inspection={inspection} />
        {onClose ? (
          <IconButton label="Close" small onClick={onClose}>
            <X size={15} strokeWidth={1.75} aria-hidden="true" />
          </IconButton>
        ) : null}
      </div>
      <p className="sub m-0 mt-0.5">
        {label}
        {scope === undefined || owner?.endsWith(`/${scope}`) || place?.endsWith(`/${scope}`) ? null : ` in ${scope}`}
        {place === undefined || place === owner || (shape === 'frame' && scope !== undefined) ? null : (
          <>
            {shape === 'host' ? ' on ' : ' in '}
            <Noun id={place} label={called[place] ?? place} />
          </>
        )}
        {owner === undefined || owner === id ? null : (
          <>
            , owned by <Noun id={owner} label={called[owner] ?? owner} />
          </>
        )}
        {' · '}
        <Age bornAt={inspection.bornAt} now={inspection.now} />
      </p>
    </header>
  )
}

function Age({ bornAt, now }: { bornAt: number; now: number }) {
  return <span className="num whitespace-nowrap">{lengthText(Math.max(0, useNow(now) - bornAt))} old</span>
}
