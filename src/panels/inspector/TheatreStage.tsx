import type { Candidate, DecisionPicture } from '../../host/views/index.ts'
import { classes, Glyph } from '../../ui/index.ts'
import type { FilterColumn } from './filterColumns.ts'
import { wordOf } from './filterColumns.ts'
import { askedAt, fallen, runningTotal, type TheatreStep } from './theatreSteps.ts'

/** Sizes of the stage in px. */
const NAME = 168
const COLUMN = 88
const SIEVE = 46
const TOTAL = 92
const BIND = 132
const LANE = 61
const PITCH = 69
const HEAD = 112

/** The stage: lanes and columns, the fall with its exact reason, the brass sieve, points times weight, totals, the winner. */
export function TheatreStage({
  decision,
  columns,
  step,
}: {
  decision: DecisionPicture
  columns: readonly FilterColumn[]
  step: TheatreStep | undefined
}) {
  const { scorers } = decision
  const candidates = decision.candidates.toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  const asked = askedAt(step, columns.length)
  const scored = step?.is === 'score' ? step.scorer + 1 : step?.is === 'choose' ? scorers.length : 0
  const chosen = step?.is === 'choose'
  const filterWidth = columns.length * COLUMN
  const sieve = NAME + filterWidth + SIEVE / 2
  const scoreLeft = NAME + filterWidth + SIEVE
  const width = scoreLeft + scorers.length * COLUMN + TOTAL + BIND
  const height = HEAD + candidates.length * PITCH
  const out = asked === columns.length ? decision.entered - decision.passed : fallen(candidates, columns, asked)
  return (
    <div className="relative" style={{ width, height }} aria-hidden="true">
      <Band
        left={NAME}
        width={filterWidth}
        title="Filter"
        note="may it run here at all?"
        end={`${decision.asked} in, ${out} out`}
      />
      {scorers.length > 0 ? (
        <Band
          left={scoreLeft}
          width={scorers.length * COLUMN + TOTAL - 12}
          title="Score"
          note="where is it best? points × weight"
          end="total"
        />
      ) : null}
      {columns.map(({ id, name, says, at }, i) => (
        <Head
          key={id}
          left={NAME + i * COLUMN}
          name={name}
          says={says}
          small={at < 0 ? says : undefined}
          on={step?.is === 'filter' && step.column === i}
        />
      ))}
      {scorers.map(({ name, weight, says }, i) => (
        <Head
          key={name}
          left={scoreLeft + i * COLUMN}
          name={name}
          says={says}
          weight={weight}
          on={step?.is === 'score' && step.scorer === i}
        />
      ))}
      <svg
        width={width}
        height={height}
        className="pointer-events-none absolute inset-0 z-1 overflow-visible"
        fill="none"
        aria-hidden="true"
      >
        {candidates.map((candidate, row) => (
          <Rail
            key={candidate.name}
            candidate={candidate}
            columns={columns}
            asked={asked}
            row={row}
            sieve={sieve}
            chosen={chosen}
          />
        ))}
        <path d={`M${sieve} ${HEAD}V${height}`} stroke="var(--brass)" strokeWidth="1.4" />
        {Array.from({ length: Math.floor((height - HEAD) / 12) }, (_, i) => (
          <path
            // A ruler's strokes never change places.
            key={`stroke ${i * 12}`}
            d={`M${sieve} ${HEAD + 4 + i * 12}h${i % 5 === 0 ? 8 : 4}`}
            stroke="var(--brass)"
            strokeWidth="1"
          />
        ))}
      </svg>
      {candidates.map((candidate, row) => (
        <Lane
          key={candidate.name}
          candidate={candidate}
          columns={columns}
          scorers={scorers}
          asked={asked}
          scored={scored}
          chosen={chosen}
          top={HEAD + row * PITCH}
          scoreLeft={scoreLeft}
          width={width}
          subject={decision.subject}
        />
      ))}
    </div>
  )
}

function Band({
  left,
  width,
  title,
  note,
  end,
}: {
  left: number
  width: number
  title: string
  note: string
  end: string
}) {
  return (
    <div
      className="absolute top-0 flex items-baseline gap-2 whitespace-nowrap border-line-strong border-b px-1 pb-1.5"
      style={{ left, width }}
    >
      <b className="text-13">{title}</b>
      <span className="sub">{note}</span>
      <span className="sub ml-auto">{end}</span>
    </div>
  )
}

function Head({
  left,
  name,
  says,
  small,
  weight,
  on,
}: {
  left: number
  name: string
  says?: string | undefined
  small?: string | undefined
  weight?: number | undefined
  on: boolean
}) {
  return (
    <div
      className={classes('absolute top-[30px] text-center font-medium text-12 leading-[15px]', on && 'text-accent')}
      style={{ left, width: COLUMN }}
      data-tip={says}
    >
      {name.split(/(?<=[a-z])(?=[A-Z])/).map((part, i) => (
        // Parts of one name never change places.
        <span key={`${part} ${i}`}>
          {part}
          <wbr />
        </span>
      ))}
      {small ? <small className="mt-0.5 block font-regular text-11 text-muted">{small}</small> : null}
      {weight === undefined ? null : (
        <span className="mx-auto mt-[3px] block w-max rounded-[4px] bg-control px-[5px] font-strong text-11">
          × {weight}
        </span>
      )}
    </div>
  )
}

function Rail({
  candidate,
  columns,
  asked,
  row,
  sieve,
  chosen,
}: {
  candidate: Candidate
  columns: readonly FilterColumn[]
  asked: number
  row: number
  sieve: number
  chosen: boolean
}) {
  const y = HEAD + row * PITCH + LANE / 2
  const won = chosen && candidate.winner
  const falls = columns.findIndex((column) => wordOf(candidate.refused, column) === 'refused')
  const fell = falls >= 0 && falls < asked
  const passed = fell ? falls : asked
  const end = fell
    ? NAME + falls * COLUMN + 8
    : asked === columns.length
      ? sieve - 8
      : NAME + Math.max(0.3, passed - 0.2) * COLUMN
  return (
    <g>
      <path
        d={`M${NAME - 6} ${y}H${end}`}
        stroke={won ? 'var(--accent)' : 'var(--line-strong)'}
        strokeWidth={won ? 3 : 1.5}
      />
      {columns.slice(0, passed).map((column, i) => {
        const x = NAME + i * COLUMN + COLUMN / 2
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

function Lane({
  candidate,
  columns,
  scorers,
  asked,
  scored,
  chosen,
  top,
  scoreLeft,
  width,
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
  subject: string
}) {
  const { name, note, tone, refused, points = [], winner, place } = candidate
  const won = chosen && winner
  const falls = columns.findIndex((column) => wordOf(refused, column) === 'refused')
  const fell = falls >= 0 && falls < asked
  const total = runningTotal(candidate, scorers, scored)
  const longest = Math.max(0, ...(refused?.reasons ?? []).map((reason) => reason.length))
  const cardRoom = Math.min(330, Math.max(150, longest * 7.1 + 56))
  const cardLeft = Math.min(NAME + falls * COLUMN + 16, scoreLeft - SIEVE / 2 - cardRoom - 4)
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
      <div className="absolute top-[11px] left-5 max-w-[146px]">
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
              <span className="block whitespace-nowrap text-11 text-muted leading-[15px]">{columns[falls]?.name}</span>
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
                style={{ left: 8 + scoreLeft + i * COLUMN, width: COLUMN }}
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
      {won ? (
        <>
          <svg
            width="28"
            height="20"
            className="absolute"
            style={{ right: BIND - 22, top: 20 }}
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
          <div
            className="absolute flex items-center gap-1.5 rounded-6 border-2 border-accent bg-panel px-2"
            style={{ right: 10, top: 12, width: BIND - 36, height: 37 }}
          >
            <code className="mono min-w-0 flex-1 truncate font-strong text-12 text-accent">{subject.slice(-5)}</code>
            <Glyph status="ok" size={12} />
          </div>
        </>
      ) : null}
    </div>
  )
}

function ordinal(place: number): string {
  const tail = place % 100 > 10 && place % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th')
  return `${place}${tail}`
}
