import ChevronDown from 'lucide-react/icons/chevron-down'
import GitBranch from 'lucide-react/icons/git-branch'
import Pause from 'lucide-react/icons/pause'
import { memo, useRef } from 'react'
import { useLab } from '../../host/react.ts'
import type { Clock } from '../../host/views/index.ts'
import { classes, Link, Menu } from '../../ui/index.ts'
import { useDialogs } from '../../workspace/index.ts'
import { BookmarkMenu } from './BookmarkMenu.tsx'
import { RunUntil } from './RunUntil.tsx'
import { clockText } from './timeText.ts'

/** The time, how the world stands, the branches, and "run until". */
export function Readout({ clock, held }: { clock: Clock; held?: string | undefined }) {
  const lab = useLab()
  const { now, end, inPast, branch, branches } = clock
  const latest = useRef(clock)
  latest.current = clock
  return (
    <>
      <div className="min-w-0">
        <div className="num font-[560] text-[calc(24px*var(--text-size))] leading-[calc(28px*var(--text-size))] tracking-[-0.02em]">
          {clockText(now)}
        </div>
        <div
          className={classes(
            'flex items-center gap-1.5 whitespace-nowrap text-11',
            inPast ? 'text-brass' : 'text-muted',
          )}
        >
          {held ? (
            <span className="flex items-center gap-1 font-medium text-accent">
              <Pause size={11} strokeWidth={2.5} aria-hidden="true" />
              {held}
            </span>
          ) : (
            <span className={inPast ? 'font-strong' : undefined}>{stateWord(clock)}</span>
          )}
          {inPast ? (
            <Link className="text-11" onClick={() => void lab.seek(end)}>
              Return to now
            </Link>
          ) : null}
        </div>
      </div>
      <div className="ml-auto flex flex-col items-end gap-1">
        <div className="flex gap-1.5">
          <BookmarkMenu latest={latest} />
          <RunUntil latest={latest} inPast={inPast} held={held} />
          <BranchMenu branches={branches} branch={branch} />
        </div>
        <div className="whitespace-nowrap text-11 text-muted">
          {branches.length === 1 ? (
            '1 branch'
          ) : (
            <>
              {branches.length} branches ·{' '}
              <Link onClick={() => useDialogs.getState().compare({ shown: branch })}>compare</Link>
            </>
          )}
        </div>
      </div>
    </>
  )
}

/** The branches to choose from, drawn anew only when one is made or chosen: that they grow changes nothing here. */
const BranchMenu = memo(
  function BranchMenu({ branches, branch }: BranchMenuProps) {
    const lab = useLab()
    const name = branches.find(({ id }) => id === branch)?.name ?? ''
    return (
      <Menu
        side="top"
        align="end"
        trigger={
          <button
            type="button"
            aria-label={`Branch: ${name}`}
            className="flex h-[calc(26px*var(--text-size))] pointer-coarse:min-h-11 pointer-coarse:min-w-11 max-w-[130px] items-center gap-1.5 rounded-6 border border-line-strong bg-raised px-2 font-strong text-12 hover:bg-hover"
          >
            <GitBranch size={14} strokeWidth={1.75} className="flex-none" aria-hidden="true" />
            <span className="truncate">{name}</span>
            <ChevronDown size={11} className="flex-none text-muted" aria-hidden="true" />
          </button>
        }
        groups={[
          {
            id: 'branches',
            label: 'Acting in the past makes a branch',
            entries: branches.map((one) => ({
              id: String(one.id),
              label: one.parent === undefined ? one.name : `${one.name}, from ${clockText(one.forkedAt)}`,
              checked: one.id === branch,
              run: () => void lab.switchTo(one.id),
            })),
          },
          {
            id: 'more',
            entries: [{ id: 'if', label: 'What if…', run: () => useDialogs.getState().show('whatIf') }],
          },
        ]}
      />
    )
  },
  (before, after) =>
    before.branch === after.branch &&
    before.branches.length === after.branches.length &&
    before.branches.every(({ id, name }, i) => id === after.branches[i]?.id && name === after.branches[i]?.name),
)

interface BranchMenuProps {
  readonly branches: Clock['branches']
  readonly branch: number
}

function stateWord({ inPast, playing, speed }: Clock): string {
  if (inPast) return playing ? 'running, in the past' : 'in the past'
  if (!playing) return 'paused'
  return speed === 1 ? 'running, live' : `running, ${speed}×`
}
