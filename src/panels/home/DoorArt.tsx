/** The picture on a door. */
export function DoorArt({ name }: { name: DoorName }) {
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
      ) : name === 'learn' ? (
        <>
          <path d="M38 38h94M38 76h94M38 114h48M38 152h64" stroke="var(--line-strong)" strokeWidth="1.5" />
          <rect
            x="86"
            y="99"
            width="60"
            height="30"
            fill="var(--accent-tint)"
            stroke="var(--accent)"
            strokeWidth="1.5"
            strokeDasharray="3 2.4"
          />
          {[38, 76].map((y) => (
            <g key={y}>
              <circle cx="38" cy={y} r="8" fill="var(--panel)" stroke="var(--ok)" strokeWidth="1.6" />
              <path d={`M34.5 ${y}l2.5 2.6 4.6-5.2`} fill="none" stroke="var(--ok)" strokeWidth="1.6" />
            </g>
          ))}
          <circle cx="38" cy="114" r="8" fill="var(--accent)" />
          <circle cx="38" cy="152" r="8" fill="var(--panel)" stroke="var(--line-strong)" strokeWidth="1.6" />
        </>
      ) : (
        [0, 1, 2].map((i) => (
          <g key={i} transform={`translate(30 ${34 + i * 38})`}>
            <rect
              width="116"
              height="28"
              rx="5"
              fill={i === 1 ? 'var(--accent-tint)' : 'var(--panel)'}
              stroke={i === 1 ? 'var(--accent)' : 'var(--line-strong)'}
              strokeWidth="1.5"
            />
            <circle
              cx="16"
              cy="14"
              r="5"
              fill={i === 1 ? 'var(--accent)' : 'none'}
              stroke={i === 1 ? 'var(--accent)' : 'var(--edge)'}
              strokeWidth="1.5"
            />
            <rect x="28" y="12" width={[56, 70, 44][i]} height="4" rx="2" fill="var(--line-strong)" />
          </g>
        ))
      )}
    </svg>
  )
}

export type DoorName = 'learn' | 'build' | 'quiz'
