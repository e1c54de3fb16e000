import { useReducedMotion } from './useReducedMotion.ts'
import { sawRing } from './wheel.ts'

/** The heart of the timeline: Play or Pause inside a toothed brass ring that advances one tooth whenever `beat` changes.
 *  `held` is a world that a gate has stopped: the button stays reachable and says why, but does nothing. */
export function Escapement({
  playing,
  beat = 0,
  held,
  onToggle,
  size = 44,
}: {
  playing: boolean
  beat?: number | undefined
  /** Why the world is held, as a reader should hear it: "held by the gate". */
  held?: string | undefined
  onToggle: () => void
  size?: 44 | 60 | undefined
}) {
  const still = useReducedMotion()
  const label = playing ? 'Pause' : 'Play'
  return (
    <span className="esc" style={size === 44 ? undefined : { width: size, height: size }}>
      <svg viewBox="0 0 44 44" width="100%" height="100%" aria-hidden="true">
        <g
          className="turn"
          style={{ transform: `rotate(${still ? 0 : (beat * 360) / teeth}deg)`, transformOrigin: '22px 22px' }}
        >
          <path d={ring} fill="none" stroke="currentColor" strokeWidth="1.1" strokeLinejoin="round" />
        </g>
      </svg>
      <button
        type="button"
        className="play"
        aria-label={held ? `${label}, ${held}` : label}
        aria-keyshortcuts="Space"
        aria-disabled={held ? true : undefined}
        onClick={held ? undefined : onToggle}
      >
        <svg width="15" height="15" viewBox="0 0 16 16" aria-hidden="true">
          <path d={playing ? 'M4.6 3.4H7v9.2H4.6zM9 3.4h2.4v9.2H9z' : 'M5.2 3.4v9.2l7.4-4.6Z'} fill="currentColor" />
        </svg>
      </button>
    </span>
  )
}

const teeth = 30
const ring = sawRing({ centre: 22, count: teeth, outer: 21, inner: 18.4 })
