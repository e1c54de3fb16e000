import type { Candidate } from '../../host/views/index.ts'
import { classes, Glyph } from '../../ui/index.ts'
import { BIND, LANE } from './theatreSizes.ts'

/** The end of a lane: how full the candidate was, and on the winner the part that it gives away. */
export function TheatreBind({ candidate, won, subject }: { candidate: Candidate; won: boolean; subject: string }) {
  const { meters } = candidate
  if (meters.length === 0 && !won) return null
  return (
    <>
      {won ? (
        <svg
          width="28"
          height="20"
          className="absolute"
          style={{ right: BIND - 24, top: 20 }}
          fill="none"
          aria-hidden="true"
        >
          <path
            d="M2 10h22M18 4l6 6-6 6"
            stroke="var(--accent)"
            strokeWidth="3"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      ) : null}
      <div
        className={classes(
          'absolute grid grid-cols-1 content-center gap-1 rounded-6 px-2',
          won ? 'border-2 border-accent bg-panel' : 'border border-line bg-panel',
        )}
        style={{ right: 10, top: 8, width: BIND - 34, height: LANE - 17 }}
      >
        <span className="flex items-center gap-1 text-11 leading-[14px]">
          {won ? (
            <>
              <code className="mono min-w-0 flex-1 truncate font-strong text-accent">
                {/-(\w+)$/.exec(subject)?.[1] ?? subject}
              </code>
              <Glyph status="ok" size={11} />
            </>
          ) : (
            <span className="min-w-0 truncate text-muted">unchanged</span>
          )}
        </span>
        {meters.map(({ label, had, gets, of, text }) => (
          <i key={label} className="flex h-[5px] overflow-hidden rounded-2 bg-control" data-tip={`${label} ${text}`}>
            <u className="block h-full bg-heat-4" style={{ width: share(had, of) }} />
            {won ? <u className="block h-full bg-accent" style={{ width: share(gets, of) }} /> : null}
          </i>
        ))}
      </div>
    </>
  )
}

function share(part: number, of: number): string {
  return `${of > 0 ? Math.min(100, (100 * part) / of) : 0}%`
}
