import type { Candidate, DecisionPicture } from '../../host/views/index.ts'
import { classes, Glyph } from '../../ui/index.ts'
import { type FilterColumn, wordOf } from './filterColumns.ts'
import { TheatreBind } from './TheatreBind.tsx'
import { BIND, HEAD, LANE, PITCH, SIEVE, type StageSizes, TOTAL } from './theatreSizes.ts'
import { runningTotal } from './theatreSteps.ts'

/** One candidate's lane: its name, the fall with the exact reason, its points, its total, and what it wins. */
export function Lane({
  candidate,
  columns,
  scorers,
  asked,
  scored,
  chosen,
  top,
  scoreLeft,
  width,
  sizes,
  subject,
}: {
  candidate: Candidate
  columns: readonly FilterColumn[]
  scorers: DecisionPicture['scorers']
  asked: number
  scored: number
  chosen: boolean
  top: number
  scoreLeft: number
  width: number
  sizes: StageSizes
  subject: string
}) {
  const { name, note, tone, refused, points = [], winner, place } = candidate
  const won = chosen && winner
  const falls = columns.findIndex((column) => wordOf(refused, column) === 'refused')
  const fell = falls >= 0 && falls < asked
  const total = runningTotal(candidate, scorers, scored)
  const longest = Math.max(0, ...(refused?.reasons ?? []).map((reason) => reason.length))
  const cardRoom = Math.min(330, Math.max(150, longest * 7.1 + 56))
  const cardLeft = Math.min(sizes.name + falls * sizes.column + 16, scoreLeft - SIEVE / 2 - cardRoom - 4)
  const through = !refused && asked === columns.length
  return (
    <div
      className={classes(
        'absolute rounded-8',
        won ? 'shadow-[inset_0_0_0_1px_var(--accent-line)]' : through && 'shadow-[inset_0_0_0_1px_var(--line)]',
      )}
      style={{
        left: -8,
        top,
        width: width + 8,
        height: LANE,
        background: won
          ? 'linear-gradient(90deg, color-mix(in srgb, var(--accent-tint) 80%, transparent), color-mix(in srgb, var(--accent-tint) 30%, transparent))'
          : undefined,
      }}
    >
      <div className="absolute top-[11px] left-5" style={{ maxWidth: sizes.name - 22 }}>
        <b className="flex items-center gap-1.5 truncate text-14 leading-[18px]">
          <Glyph status={tone ?? 'idle'} />
          {name}
        </b>
        <span className="block truncate text-11 text-muted leading-[15px]">{note}</span>
      </div>
      {fell ? (
        <div
          className="absolute z-2 flex items-center gap-2.5 rounded-8 border-2 border-err bg-err-tint px-3 [--glyph-cut:var(--err-tint)]"
          style={{ left: cardLeft, top: 7, height: 47, maxWidth: cardRoom }}
        >
          <Glyph status="err" size={15} />
          <span>
            {refused?.reasons.slice(0, 2).map((reason) => (
              <code key={reason} className="mono line-clamp-2 font-medium text-12 leading-4">
                {reason}
              </code>
            ))}
            {refused && refused.reasons.length < 2 && longest < 38 ? (
              <span className="block whitespace-nowrap text-11 text-muted leading-[15px]">
                {refused.lacks?.length
                  ? refused.lacks.filter((one) => !refused.reasons.includes(one)).join(', ')
                  : columns[falls]?.name}
              </span>
            ) : null}
          </span>
        </div>
      ) : null}
      {through
        ? scorers.slice(0, scored).map(({ name: scorer, weight }, i) => {
            const given = points[i] ?? 0
            return (
              <div
                key={scorer}
                className="absolute top-2 text-center"
                style={{ left: 8 + scoreLeft + i * sizes.column, width: sizes.column }}
              >
                <b className={classes('num block text-16 leading-5 tracking-[-0.01em]', given === 0 && 'text-muted')}>
                  {given * weight}
                </b>
                <small className="num block text-11 text-muted leading-[14px]">
                  {given} × {weight}
                </small>
                <i className="mx-auto mt-1 block h-1 w-14 overflow-hidden rounded-2 bg-control">
                  <u
                    className={classes('block h-full', won ? 'bg-accent' : 'bg-heat-4')}
                    style={{ width: `${given}%` }}
                  />
                </i>
              </div>
            )
          })
        : null}
      {through && scored > 0 ? (
        <div className="absolute top-2.5 text-right" style={{ right: BIND + 12, width: TOTAL }}>
          <b
            className={classes(
              'num block font-strong text-[22px] leading-[26px] tracking-[-0.02em]',
              won && 'text-accent',
            )}
          >
            {total}
          </b>
          {chosen ? <small className="text-11 text-muted leading-[14px]">{ordinal(place ?? 0)}</small> : null}
        </div>
      ) : null}
      {through && chosen ? <TheatreBind candidate={candidate} won={won} subject={subject} /> : null}
    </div>
  )
}

function ordinal(place: number): string {
  const tail = place % 100 > 10 && place % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')
  return `${place}${tail}`
}

/** The line on which a candidate passes the filters, up to where it falls or to the sieve. For an SVG over the stage. */
export function Rail({
  candidate,
  columns,
  asked,
  row,
  sieve,
  sizes,
  chosen,
}: {
  candidate: Candidate
  columns: readonly FilterColumn[]
  asked: number
  row: number
  sieve: number
  sizes: StageSizes
  chosen: boolean
}) {
  const y = HEAD + row * PITCH + LANE / 2
  const won = chosen && candidate.winner
  const falls = columns.findIndex((column) => wordOf(candidate.refused, column) === 'refused')
  const fell = falls >= 0 && falls < asked
  const passed = fell ? falls : asked
  const end = fell
    ? sizes.name + falls * sizes.column + 8
    : asked === columns.length
      ? sieve - 8
      : sizes.name + Math.max(0.3, passed - 0.2) * sizes.column
  return (
    <g>
      <path
        d={`M${sizes.name - 6} ${y}H${end}`}
        stroke={won ? 'var(--accent)' : 'var(--line-strong)'}
        strokeWidth={won ? 3 : 1.5}
      />
      {columns.slice(0, passed).map((column, i) => {
        const x = sizes.name + i * sizes.column + sizes.column / 2
        return (
          <g key={column.id}>
            <circle
              cx={x}
              cy={y}
              r="9.5"
              fill={won ? 'var(--accent)' : 'var(--panel)'}
              stroke={won ? 'var(--accent)' : 'var(--line-strong)'}
              strokeWidth="1.5"
            />
            <use
              href="#g-ok"
              x={x - 6}
              y={y - 6}
              width="12"
              height="12"
              color={won ? 'var(--on-accent)' : 'var(--ok)'}
            />
          </g>
        )
      })}
    </g>
  )
}
