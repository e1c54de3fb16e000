import { useRemaining } from '../scene/context.ts'

/** A countdown in virtual time: `6.4 s left`, or `6.4 s` where there is little room; nothing once it is over. */
export function Remaining({ due, short = false }: { due: number; short?: boolean }) {
  const seconds = useRemaining(due)
  if (seconds <= 0) return null
  return (
    <span className="tabular-nums">
      {words(seconds)}
      {short ? '' : ' left'}
    </span>
  )
}

function words(seconds: number): string {
  if (seconds < 20) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  return `${Math.round(seconds / 60)} min`
}
