import ArrowRight from 'lucide-react/icons/arrow-right'
import { useEffect, useState } from 'react'
import { useProgress } from '../../workspace/progress.ts'
import { readShelf } from '../../workspace/shelf.ts'

/** For someone who comes back: on where they left off, and what is due for review. Nothing for someone who is here for the first time. */
export function Returning() {
  const [last, setLast] = useState<{ title: string; when: number } | undefined>(undefined)
  const outcomes = useProgress((progress) => progress.outcomes)
  const [due, setDue] = useState(0)
  useEffect(() => {
    readShelf().then(
      ({ kept }) => setLast(kept[0]),
      () => {},
    )
  }, [])
  useEffect(() => {
    // The schedule is reckoned only for someone who has shown something.
    if (outcomes.length === 0) return
    void import('../../teaching/review/schedule.ts').then(({ dueAt, memoriesOf }) =>
      setDue(dueAt(memoriesOf(outcomes), Date.now()).length),
    )
  }, [outcomes])
  if (!last && due === 0) return null
  return (
    <nav className="home-back" aria-label="Where you left off">
      {last ? (
        <a href="#/lab">
          <span>
            <b>{`Resume ${last.title}`}</b>
            <small>{`exactly where you left it on ${new Date(last.when).toLocaleDateString()}`}</small>
          </span>
          <ArrowRight size={16} aria-hidden="true" />
        </a>
      ) : null}
      {due > 0 ? (
        <a href="#/review">
          <span>
            <b>{due === 1 ? 'One review is due' : `${due} reviews are due`}</b>
            <small>a fresh question each, about a minute a question</small>
          </span>
          <ArrowRight size={16} aria-hidden="true" />
        </a>
      ) : null}
    </nav>
  )
}
