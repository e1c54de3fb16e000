import type { DecisionPicture } from '../../host/views/index.ts'
import { classes } from '../../ui/index.ts'
import type { FilterColumn } from './filterColumns.ts'
import { Lane, Rail } from './TheatreLane.tsx'
import { ABOVE, BIND, HEAD, LANE, nameParts, PITCH, SIEVE, stageSizes, TOTAL } from './theatreSizes.ts'
import { askedAt, fallen, type TheatreStep } from './theatreSteps.ts'
import { useStageRoom } from './useStageRoom.ts'

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
  const room = useStageRoom()
  const sizes = stageSizes(decision, columns, room)
  const filterWidth = columns.length * sizes.column
  const sieve = sizes.name + filterWidth + SIEVE / 2
  const scoreLeft = sizes.name + filterWidth + SIEVE
  const width = scoreLeft + scorers.length * sizes.column + TOTAL + BIND
  const height = HEAD + candidates.length * PITCH
  const measured = decision.candidates[0]?.meters.map(({ label }) => label) ?? []
  const winner = candidates.findIndex((one) => one.winner)
  const out = asked === columns.length ? decision.entered - decision.passed : fallen(candidates, columns, asked)
  return (
    <div className="relative" style={{ width, height }} aria-hidden="true">
      <Band
        left={sizes.name}
        width={filterWidth}
        title="Filter"
        note="may it run here at all?"
        end={`${decision.asked} in, ${out} out`}
      />
      {scorers.length > 0 ? (
        <Band
          left={scoreLeft}
          width={scorers.length * sizes.column + TOTAL - 12}
          title="Score"
          note="where is it best? points × weight"
          end="total"
        />
      ) : null}
      {measured.length > 0 ? (
        <Band left={width - BIND + 24} width={BIND - 34} title="Bind" note={measured.join(', ')} end="" />
      ) : null}
      {columns.map(({ id, name, says, at }, i) => (
        <Head
          key={id}
          left={sizes.name + i * sizes.column}
          name={name}
          says={says}
          small={at < 0 ? says : undefined}
          width={sizes.column}
          on={step?.is === 'filter' && step.column === i}
        />
      ))}
      {scorers.map(({ name, weight, says }, i) => (
        <Head
          key={name}
          left={scoreLeft + i * sizes.column}
          name={name}
          says={says}
          weight={weight}
          width={sizes.column}
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
        <Journey rows={candidates.length} winner={chosen && winner >= 0 ? winner : undefined} />
        {candidates.map((candidate, row) => (
          <Rail
            key={candidate.name}
            candidate={candidate}
            columns={columns}
            asked={asked}
            row={row}
            sieve={sieve}
            sizes={sizes}
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
          sizes={sizes}
          subject={decision.called}
        />
      ))}
    </div>
  )
}

/** The way of the subject: from its ticket down along all lanes, and to the one that it ends in. */
function Journey({ rows, winner }: { rows: number; winner: number | undefined }) {
  const at = (row: number) => HEAD + row * PITCH + LANE / 2
  const way = (row: number) => `M0 ${-ABOVE}h-9q-9 0 -9 9V${at(row) - 9}q0 9 9 9h9`
  return (
    <>
      <path d={way(rows - 1)} stroke="var(--line-strong)" strokeWidth="1.5" />
      {Array.from({ length: rows - 1 }, (_, row) => (
        // Lanes never change places.
        <path
          key={`lane ${row + 1}`}
          d={`M-18 ${at(row) - 9}q0 9 9 9h9`}
          stroke="var(--line-strong)"
          strokeWidth="1.5"
        />
      ))}
      {winner === undefined ? null : <path d={way(winner)} stroke="var(--accent)" strokeWidth="3" />}
    </>
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
  width,
  name,
  says,
  small,
  weight,
  on,
}: {
  left: number
  width: number
  name: string
  says?: string | undefined
  small?: string | undefined
  weight?: number | undefined
  on: boolean
}) {
  return (
    <div
      className={classes('absolute top-[30px] text-center font-medium text-12 leading-[15px]', on && 'text-accent')}
      style={{ left, width }}
      data-tip={says}
    >
      {nameParts(name).map((part, i) => (
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
