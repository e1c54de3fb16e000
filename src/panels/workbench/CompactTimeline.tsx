import SkipBack from 'lucide-react/icons/chevron-left'
import SkipForward from 'lucide-react/icons/chevron-right'
import { useLab, useView } from '../../host/react.ts'
import type { Clock } from '../../host/views/index.ts'
import { Escapement, IconButton } from '../../ui/index.ts'
import { clockText } from '../timeline/index.ts'

/** The timeline where there is no room for lanes: play, step, and one slider over what has happened. */
export function CompactTimeline() {
  const lab = useLab()
  const clock = useView<Clock>('clock')
  if (!clock) return <div className="h-[calc(56px*var(--text-size))]" />
  const { now, end, playing, events } = clock
  return (
    <section
      aria-label="Timeline"
      className="flex h-[calc(56px*var(--text-size))] flex-none items-center gap-1 border-line-strong border-t bg-panel px-2"
    >
      <IconButton label="Previous event" onClick={() => void lab.step(-1)}>
        <SkipBack size={16} aria-hidden="true" />
      </IconButton>
      <Escapement playing={playing} beat={events} onToggle={() => void (playing ? lab.pause() : lab.play())} />
      <IconButton label="Next event" onClick={() => void lab.step(1)}>
        <SkipForward size={16} aria-hidden="true" />
      </IconButton>
      <input
        type="range"
        className="mx-1 min-h-6 min-w-0 flex-1 accent-accent pointer-coarse:min-h-11"
        aria-label="Moment"
        aria-valuetext={clockText(now)}
        min={0}
        max={Math.max(1, end)}
        step={100}
        value={now}
        onChange={(event) => void lab.seek(Number(event.currentTarget.value))}
      />
      <output className="num min-w-[66px] text-right font-strong text-14">{clockText(now)}</output>
    </section>
  )
}
