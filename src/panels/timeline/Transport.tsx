import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import SkipBack from 'lucide-react/icons/skip-back'
import SkipForward from 'lucide-react/icons/skip-forward'
import { memo, type RefObject, useRef } from 'react'
import { useLab } from '../../host/react.ts'
import type { Clock } from '../../host/views/index.ts'
import { Escapement, IconButton, Menu } from '../../ui/index.ts'
import { clockText } from './timeText.ts'

/** Virtual seconds that pass in a real one. */
export const SPEEDS: readonly number[] = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60]
/** Virtual ms of one beat of the transport. */
const BEAT = 1000

/** Event and beat back, Play in its escapement, beat and event on, and the pace. */
export function Transport({ clock, held }: { clock: Clock; held?: string | undefined }) {
  const latest = useRef(clock)
  latest.current = clock
  const { now, playing, speed, end } = clock
  return (
    <Controls
      latest={latest}
      playing={playing}
      speed={speed}
      beat={Math.floor(now / BEAT) % 30_000}
      last={now + BEAT > end && now < end ? end : undefined}
      held={held}
    />
  )
}

/** The controls themselves, drawn anew with a beat and not with a frame. */
const Controls = memo(function Controls({ latest, playing, speed, beat, last, held }: ControlsProps) {
  const lab = useLab()
  return (
    <div className="flex items-center gap-[3px]">
      <IconButton label="Previous event" keys="," side="top" onClick={() => void lab.step(-1)}>
        <SkipBack size={16} strokeWidth={1.75} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="One second back"
        side="top"
        onClick={() => void lab.seek(Math.max(0, latest.current.now - BEAT))}
      >
        <ChevronLeft size={17} strokeWidth={1.75} aria-hidden="true" />
      </IconButton>
      <span className="mx-[3px]">
        <Escapement
          playing={playing}
          beat={beat}
          held={held}
          onToggle={() => void (playing ? lab.pause() : lab.play())}
        />
      </span>
      <IconButton
        label={last === undefined ? 'One second on' : `On to ${clockText(last)}`}
        side="top"
        aria-disabled={held ? true : undefined}
        onClick={() => {
          if (!held) void lab.seek(latest.current.now + BEAT)
        }}
      >
        <ChevronRight size={17} strokeWidth={1.75} aria-hidden="true" />
      </IconButton>
      <IconButton
        label="Next event"
        keys="."
        side="top"
        aria-disabled={held ? true : undefined}
        onClick={() => {
          if (!held) void lab.step(1)
        }}
      >
        <SkipForward size={16} strokeWidth={1.75} aria-hidden="true" />
      </IconButton>
      <Menu
        side="top"
        trigger={
          <button
            type="button"
            aria-label={`Speed: ${speed} times`}
            className="ml-1 flex h-[calc(26px*var(--text-size))] pointer-coarse:min-h-11 pointer-coarse:min-w-11 items-center gap-1 rounded-6 border border-line-strong pr-[7px] pl-[9px] font-strong text-12 hover:bg-hover"
          >
            <span className="num">{speed}×</span>
            <ChevronDown size={11} className="text-muted" aria-hidden="true" />
          </button>
        }
        groups={[
          {
            id: 'speed',
            label: 'Virtual seconds in one real second',
            entries: SPEEDS.map((one) => ({
              id: String(one),
              label: `${one}×`,
              checked: one === speed,
              run: () => {
                void lab.play(one)
                if (!playing) void lab.pause()
              },
            })),
          },
        ]}
      />
    </div>
  )
})

interface ControlsProps {
  readonly latest: RefObject<Clock>
  readonly playing: boolean
  readonly speed: number
  readonly beat: number
  /** The end of what is known when it is less than a beat away. */
  readonly last: number | undefined
  readonly held: string | undefined
}
