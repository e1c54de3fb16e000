/** A bar to scale: what is requested filled, what is used as a 3 px bar inside it. All three numbers share one unit; `text` is how a person
 *  says it ("1.70 of 2"), and the whole is read out with requested and used told apart. */
export function Meter({ label, capacity, requested, used, text, bare }: MeterProps) {
  const share = (part: number) =>
    `${capacity > 0 ? Math.min(100, Math.max(0, (part / capacity) * 100)).toFixed(1) : 0}%`
  const words = `${text}${used === undefined ? '' : `, ${share(used)} of it all in use`}`
  const bar = (
    // biome-ignore lint/a11y/useSemanticElements: the native meter cannot hold a second bar inside the first
    <span
      className="bar block"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={capacity}
      aria-valuenow={Math.min(requested, capacity)}
      aria-valuetext={words}
    >
      <span className="req" style={{ width: share(requested) }} />
      {used === undefined ? null : <span className="used" style={{ width: share(used) }} />}
    </span>
  )
  if (bare) return <span className="meter grid-cols-1!">{bar}</span>
  return (
    <div className="meter">
      <span aria-hidden="true">{label}</span>
      {bar}
      <b aria-hidden="true">{text}</b>
    </div>
  )
}

export interface MeterProps {
  label: string
  capacity: number
  requested: number
  used?: number | undefined
  text: string
  /** Only the bar: for a place that already has its words. */
  bare?: boolean | undefined
}
