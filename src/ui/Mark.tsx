import { sawRing } from './wheel.ts'

/** Orrery's mark: an escape wheel in brass, one orbit, and the blued-steel body a person can move. Named only if it stands alone. */
export function Mark({ size = 24, label }: { size?: number | undefined; label?: string | undefined }) {
  return (
    <svg
      className="ic"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={ring} fill="var(--brass)" transform="rotate(6 12 12)" />
      <circle cx="12" cy="12" r="7.3" fill="var(--logo-bg, var(--panel))" />
      <circle cx="12" cy="12" r="4.7" fill="none" stroke="var(--brass)" strokeWidth=".9" opacity=".75" />
      <circle cx="12" cy="12" r="1.75" fill="var(--text)" />
      <circle cx="15.5" cy="8.9" r="1.9" fill="var(--accent)" stroke="var(--logo-bg, var(--panel))" strokeWidth=".8" />
    </svg>
  )
}

const ring = sawRing({ centre: 12, count: 12, outer: 11.4, inner: 9.25 })
