import type { CSSProperties, ReactNode } from 'react'
import { Glyph } from './Glyph.tsx'
import { type Status, statuses } from './status.ts'
import { useReducedMotion } from './useReducedMotion.ts'
import { sawRing, spiral, spokes, toothedRing } from './wheel.ts'

/** The control plane as parts of a watch: each does in the movement what it does in the cluster. */
export type MovementPart = 'etcd' | 'apiserver' | 'controllers' | 'scheduler' | 'dns' | 'kubelet' | 'proxy'

/** One part in brass, 31 px. It moves one tooth whenever `beat` changes (count the part's own acts), never by itself, and stands
 *  still under reduced motion. `status` puts a badge at its lower right, which is read out with the part's name. */
export function Movement({
  part,
  beat = 0,
  size = 31,
  status,
  label,
}: {
  part: MovementPart
  beat?: number | undefined
  size?: number | undefined
  status?: Status | undefined
  label?: string | undefined
}) {
  const still = useReducedMotion()
  const name = label ?? movementNames[part]
  return (
    <span className="relative inline-block flex-none text-brass">
      <svg
        className="ic"
        width={size}
        height={size}
        viewBox="0 0 32 32"
        role="img"
        aria-label={status ? `${name}, ${statuses[status].word}` : name}
        data-part={part}
      >
        <g fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinejoin="round" strokeLinecap="round">
          {drawings[part](still ? 0 : beat)}
        </g>
      </svg>
      {status ? (
        <span className="absolute -right-1 -bottom-[3px] grid size-4 place-items-center rounded-pill bg-panel">
          <Glyph status={status} size={12} />
        </span>
      ) : null}
    </span>
  )
}

/** What each part is called in the cluster. */
export const movementNames: Readonly<Record<MovementPart, string>> = {
  etcd: 'etcd',
  apiserver: 'API server',
  controllers: 'controller-manager',
  scheduler: 'scheduler',
  dns: 'DNS',
  kubelet: 'kubelet',
  proxy: 'kube-proxy',
}

function Turn({
  by,
  x = 16,
  y = 16,
  children,
}: {
  by: number
  x?: number | undefined
  y?: number | undefined
  children: ReactNode
}) {
  const style: CSSProperties = { transform: `rotate(${by}deg)`, transformOrigin: `${x}px ${y}px` }
  return (
    <g className="turn" style={style}>
      {children}
    </g>
  )
}

const barrel = toothedRing({ centre: 16, count: 20, outer: 14.2, inner: 12.4 }, 0.62)
const centreWheel = toothedRing({ centre: 16, count: 18, outer: 14.3, inner: 12 })
const escapeWheel = sawRing({ centre: 16, count: 10, outer: 10, inner: 7 })
const pinion = toothedRing({ centre: 16, count: 9, outer: 13, inner: 7.6 }, 0.62)
const crossing = toothedRing({ centre: 16, count: 10, outer: 8.2, inner: 6 })

const drawings: Readonly<Record<MovementPart, (beat: number) => ReactNode>> = {
  // The mainspring barrel: it stores the force that everything else runs on.
  etcd: (beat) => (
    <>
      <Turn by={(beat * 360) / 20}>
        <path d={barrel} />
      </Turn>
      <circle cx="16" cy="16" r="10" />
      <path d={spiral(16, 2.4, 8.2, 3)} strokeWidth="1" />
      <circle cx="16" cy="16" r="1.6" fill="currentColor" />
    </>
  ),
  // The centre wheel: everything meshes with it and with nothing else.
  apiserver: (beat) => (
    <Turn by={(beat * 360) / 18}>
      <path d={centreWheel} />
      <circle cx="16" cy="16" r="10.2" />
      <circle cx="16" cy="16" r="3.2" />
      <path d={spokes(16, 3.2, 10.2, 5)} />
    </Turn>
  ),
  // The balance: it swings away and comes back, as reconciling does.
  controllers: (beat) => (
    <>
      <Turn by={beat % 2 === 0 ? 0 : 24}>
        <circle cx="16" cy="16" r="13" />
        <circle cx="16" cy="16" r="10.6" />
        <path d="M5.4 16h21.2" />
        <path d={spokes(16, 13, 14.8, 4, 30)} strokeWidth="2" />
      </Turn>
      <path d={spiral(16, 3.2, 7.6, 2)} strokeWidth="1" />
      <circle cx="16" cy="16" r="2.2" fill="currentColor" />
    </>
  ),
  // The escapement: it lets one tooth pass at a time.
  scheduler: (beat) => (
    <>
      <g transform="translate(0 4.4)">
        <Turn by={beat * 36}>
          <path d={escapeWheel} />
          <path d={spokes(16, 2, 6.6, 3, 30)} />
        </Turn>
        <circle cx="16" cy="16" r="1.9" fill="currentColor" />
      </g>
      <Turn by={beat % 2 === 0 ? 3 : -3} y={3.8}>
        <path d="M9.6 13.6 6.6 11.2C8 6.4 11.6 3.8 16 3.6c4.4.2 8 2.8 9.4 7.6l-3 2.4" strokeWidth="1.7" />
      </Turn>
      <circle cx="16" cy="3.8" r="1.7" fill="currentColor" stroke="none" />
    </>
  ),
  // The dial: where one looks up what a name points to.
  dns: (beat) => (
    <>
      <circle cx="16" cy="16" r="13.4" />
      <path d={spokes(16, 10.8, 13.4, 4)} />
      <path d={spokes(16, 12, 13.4, 12)} />
      <path d="M16 16 12.1 11.4" strokeWidth="1.6" />
      <Turn by={beat * 30}>
        <path d="M13.5 17.7 23.2 11" strokeWidth="1.6" />
      </Turn>
      <circle cx="16" cy="16" r="1.5" fill="currentColor" />
    </>
  ),
  // The pinion: the small wheel at the far end that drives the hands.
  kubelet: (beat) => (
    <Turn by={beat * 40}>
      <path d={pinion} transform="rotate(10 16 16)" />
      <circle cx="16" cy="16" r="3.6" />
      <circle cx="16" cy="16" r="1.2" fill="currentColor" />
    </Turn>
  ),
  // The going train's crossing: it only passes motion on, to the side that turns.
  proxy: (beat) => (
    <>
      <g transform="translate(-6.4 4)">
        <Turn by={beat * 36}>
          <path d={crossing} />
          <circle cx="16" cy="16" r="1.8" />
        </Turn>
      </g>
      <g transform="translate(6.6 -4.6)">
        <Turn by={18 - beat * 36}>
          <path d={crossing} />
          <circle cx="16" cy="16" r="1.8" />
        </Turn>
      </g>
    </>
  ),
}
