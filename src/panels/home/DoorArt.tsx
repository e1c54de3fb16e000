/** The picture on a door. */
export function DoorArt({ name }: { name: 'build' | 'resume' }) {
  return (
    <svg className="art" width="170" height="176" viewBox="0 0 170 176" aria-hidden="true">
      {name === 'build' ? (
        <>
          <g fill="none" stroke="var(--line-strong)" strokeWidth="1.4">
            <rect x="22" y="28" width="132" height="120" rx="10" strokeDasharray="4 3" />
            <rect x="34" y="42" width="48" height="92" rx="6" fill="var(--well)" />
            <rect x="94" y="42" width="48" height="92" rx="6" fill="var(--well)" />
          </g>
          {[52, 74, 96].map((y) => (
            <rect
              key={y}
              x="41"
              y={y}
              width="34"
              height="15"
              rx="3"
              fill="var(--panel)"
              stroke="var(--ok)"
              strokeOpacity=".6"
            />
          ))}
          <rect
            x="101"
            y="52"
            width="34"
            height="15"
            rx="3"
            fill="var(--panel)"
            stroke="var(--ok)"
            strokeOpacity=".6"
          />
          <rect
            x="101"
            y="74"
            width="34"
            height="15"
            rx="3"
            fill="var(--accent-tint)"
            stroke="var(--accent)"
            strokeWidth="1.4"
            strokeDasharray="3 2.4"
          />
          <path d="M124 84l12 5.2-5.4 1.8-2 5.4Z" fill="var(--text)" stroke="var(--panel)" strokeWidth="1.2" />
        </>
      ) : (
        <>
          <path d="M20 96h86" stroke="var(--edge)" strokeWidth="2" />
          <path d="M106 96h48" stroke="var(--edge)" strokeWidth="2" strokeDasharray="0 6" strokeLinecap="round" />
          <path d="M52 96q10 0 10-12v-8q0-12 12-12h44" fill="none" stroke="var(--brass)" strokeWidth="1.6" />
          <circle cx="36" cy="96" r="4" fill="var(--panel)" stroke="var(--muted)" strokeWidth="1.6" />
          <path d="M80 90.5l5.5 5.5-5.5 5.5-5.5-5.5Z" fill="var(--rev-new)" />
          <path d="M106 48v48" stroke="var(--accent)" strokeWidth="1.8" />
          <path d="M101 42h10v6l-5 5-5-5Z" fill="var(--accent)" />
          <circle cx="106" cy="96" r="4" fill="var(--accent)" stroke="var(--panel)" strokeWidth="1.6" />
        </>
      )}
    </svg>
  )
}
