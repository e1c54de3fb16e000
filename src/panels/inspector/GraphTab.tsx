import { type KeyboardEvent, useRef, useState } from 'react'
import { useView } from '../../host/react.ts'
import type { Json } from '../../kernel/index.ts'
import { classes, DataTable, EmptyState, KeyValue, Link, Pictogram, Section, Segmented } from '../../ui/index.ts'
import { useLayout } from '../../workspace/index.ts'
import { type Commit, commitTime, graphWidth, type History, laneX, linePath, ROW, refsAt } from './history.ts'

/** A history of commits: lanes with names at their tips, one row a commit, and the same as a table. */
export function GraphTab({ view, params, name }: { view: string; params: Json; name: string }) {
  const history = useView<History | null>(view, params)
  const [form, setForm] = useState<'graph' | 'table'>('graph')
  const [chosen, setChosen] = useState<string>()
  if (history === undefined) return null
  if (history === null || history.commits.length === 0)
    return (
      <Section title="History">
        <EmptyState
          title="It has no commits yet"
          text="The first push brings them."
          action={{ label: 'Open the terminal', run: () => useLayout.getState().openDock('terminal') }}
        />
      </Section>
    )
  const commit = history.commits.find(({ id }) => id === chosen) ?? history.commits[0]
  return (
    <>
      <Section
        title={`${history.commits.length} ${history.commits.length === 1 ? 'commit' : 'commits'}`}
        note={
          <Segmented
            label="Form"
            value={form}
            onChange={setForm}
            options={[
              { id: 'graph', label: 'Graph' },
              { id: 'table', label: 'Table' },
            ]}
          />
        }
      >
        {form === 'graph' ? (
          <Lanes history={history} chosen={commit?.id} onChoose={setChosen} name={name} />
        ) : (
          <DataTable<Commit>
            caption={`Commits of ${name}`}
            rows={history.commits}
            rowKey={({ id }) => id}
            columns={[
              { id: 'id', header: 'Commit', cell: ({ id }) => <span className="mono">{id.slice(0, 7)}</span> },
              { id: 'subject', header: 'Subject', cell: ({ subject }) => subject, whole: true },
              { id: 'names', header: 'Names', cell: ({ id }) => namesOf(history, id) },
              {
                id: 'parents',
                header: 'Parents',
                cell: ({ parents }) => parents.map((one) => one.slice(0, 7)).join(', ') || 'none',
              },
            ]}
          />
        )}
      </Section>
      {commit ? <Detail commit={commit} history={history} onChoose={setChosen} /> : null}
    </>
  )
}

function Lanes({
  history,
  chosen,
  onChoose,
  name,
}: {
  history: History
  chosen: string | undefined
  onChoose: (id: string) => void
  name: string
}) {
  const { commits, lanes, head } = history
  const box = useRef<HTMLDivElement>(null)
  const wide = graphWidth(lanes)
  const walk = (event: KeyboardEvent) => {
    const at = commits.findIndex(({ id }) => id === chosen)
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: commits.length - 1 }[event.key]
    const there = next === undefined ? undefined : commits[next]
    if (!there) return
    event.preventDefault()
    onChoose(there.id)
    box.current?.querySelector<HTMLElement>(`[data-commit="${there.id}"]`)?.focus()
  }
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={-1}
      aria-label={`Commits of ${name}, newest first`}
      className="to-scale relative"
      onKeyDown={walk}
    >
      <svg className="absolute top-0 left-0" width={wide} height={commits.length * ROW} aria-hidden="true">
        {commits.map(({ id, lines }, row) =>
          lines.map(({ from, to, commit }) => (
            <path
              key={`${id} ${from} ${to} ${commit}`}
              d={linePath(row, from, to)}
              fill="none"
              stroke="var(--edge)"
              strokeWidth={1.5}
            />
          )),
        )}
        {commits.map(({ id, lane, parents }, row) => (
          <circle
            key={id}
            cx={laneX(lane)}
            cy={row * ROW + ROW / 2}
            r={parents.length > 1 ? 4 : 5}
            fill={id === chosen ? 'var(--accent)' : id === head.commit ? 'var(--text)' : 'var(--panel)'}
            stroke={id === chosen ? 'var(--accent)' : 'var(--text)'}
            strokeWidth={1.6}
          />
        ))}
      </svg>
      {commits.map((commit) => (
        <button
          type="button"
          role="option"
          key={commit.id}
          data-commit={commit.id}
          aria-selected={commit.id === chosen}
          tabIndex={commit.id === chosen ? 0 : -1}
          className={classes(
            'flex w-full flex-col justify-center rounded-6 border-0 bg-transparent pr-1 text-left text-text hover:bg-control',
            commit.id === chosen && 'bg-control',
          )}
          style={{ height: ROW, paddingLeft: wide + 4 }}
          onClick={() => onChoose(commit.id)}
        >
          <span className="w-full truncate text-12 font-medium leading-[16px]">{commit.subject}</span>
          <span className="flex w-full items-center gap-1.5 overflow-hidden text-11 text-muted leading-[16px]">
            <span className="mono">{commit.id.slice(0, 7)}</span>
            {refsAt(history, commit.id).map((ref) => (
              <span
                key={`${ref.sort} ${ref.name}`}
                className={classes(
                  'inline-flex items-center gap-1 whitespace-nowrap rounded-5 border px-1 font-mono text-text',
                  ref.head ? 'border-accent' : 'border-line-strong',
                )}
              >
                <Pictogram
                  name={ref.sort === 'tag' ? 'release' : ref.sort === 'remote' ? 'repository' : 'branch'}
                  size={11}
                />
                {ref.name}
              </span>
            ))}
          </span>
        </button>
      ))}
    </div>
  )
}

function Detail({ commit, history, onChoose }: { commit: Commit; history: History; onChoose: (id: string) => void }) {
  const known = new Set(history.commits.map(({ id }) => id))
  return (
    <Section title={commit.subject}>
      <KeyValue
        entries={[
          [
            'commit',
            <code key="id" className="mono break-all">
              {commit.id}
            </code>,
          ],
          ['author', commit.author],
          ['made', commitTime(commit.at)],
          ['names', namesOf(history, commit.id)],
          [
            'parents',
            commit.parents.length === 0
              ? 'none: it is the first'
              : commit.parents.map((id) =>
                  known.has(id) ? (
                    <Link key={id} className="mono mr-2" onClick={() => onChoose(id)}>
                      {id.slice(0, 7)}
                    </Link>
                  ) : (
                    <span key={id} className="mono mr-2">
                      {id.slice(0, 7)}
                    </span>
                  ),
                ),
          ],
        ]}
      />
    </Section>
  )
}

function namesOf(history: History, id: string): string {
  return (
    refsAt(history, id)
      .map(({ name, head }) => (head ? `${name} (HEAD)` : name))
      .join(', ') || 'none'
  )
}
