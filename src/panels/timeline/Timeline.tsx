import { useView } from '../../host/react.ts'
import type { Clock } from '../../host/views/index.ts'
import { Readout } from './Readout.tsx'
import { Track } from './Track.tsx'
import { Transport } from './Transport.tsx'
import { useTimelineKeys } from './useTimelineKeys.ts'

/**
 * The timeline of the world, 76 px high: transport, lanes and time, whose widths are those of the columns above. It belongs to the world;
 * undo belongs to the learner.
 */
export function Timeline({ left = 284, right = 352, held, keys = true }: TimelineProps) {
  const clock = useView<Clock>('clock')
  return (
    <section
      className="relative z-4 flex h-(--timeline) flex-none border-line-strong border-t bg-panel"
      aria-label="Timeline"
      data-past={clock?.inPast || undefined}
    >
      {clock ? (
        <>
          {keys ? <Keys playing={clock.playing} held={held !== undefined} /> : null}
          <div
            className="flex flex-none items-center overflow-hidden border-line border-r pl-3"
            style={{ width: `calc(${left}px * var(--text-size))` }}
          >
            <Transport clock={clock} held={held} />
          </div>
          <Track clock={clock} />
          <div
            className="flex flex-none items-center gap-3 border-line border-l px-3.5"
            style={{ width: `calc(${right}px * var(--text-size))` }}
          >
            <Readout clock={clock} held={held} />
          </div>
        </>
      ) : null}
    </section>
  )
}

export interface TimelineProps {
  /** Px of the column above the transport; at least 284. */
  left?: number | undefined
  /** Px of the column above the time; at least 300. */
  right?: number | undefined
  /** Why the world is held, as it is shown and read out: "held by the gate". */
  held?: string | undefined
  /** Whether Space, `,` and `.` work in the whole page. */
  keys?: boolean | undefined
}

function Keys({ playing, held }: { playing: boolean; held: boolean }) {
  useTimelineKeys(playing, held)
  return null
}
