/** The hand of the timeline: accent, with a cap above and a jewel on the lane, at a place in strip coordinates. */
export function Hand({ x, row, base }: { x: number; row: number; base: number }) {
  return (
    <g style={{ transform: `translateX(${x.toFixed(2)}px)` }} data-hand>
      <path d={`M0 ${base + 1}V9`} stroke="var(--accent)" strokeWidth="1.8" />
      <path d="M-4.5 1h9v5.5L0 11-4.5 6.5Z" fill="var(--accent)" />
      <circle cy={row} r="4" fill="var(--accent)" stroke="var(--panel)" strokeWidth="2" />
    </g>
  )
}
