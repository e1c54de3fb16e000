import Star from 'lucide-react/icons/star'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { conceptTitle } from '../../teaching/conceptList.ts'
import type { Lesson } from '../../teaching/lesson/lesson.ts'
import { listed } from '../../teaching/lesson/listed.ts'
import { nextLesson } from '../../teaching/lesson/next.ts'
import { Button } from '../../ui/index.ts'
import { useProgress } from '../../workspace/index.ts'

/** What was learned, the stars, and what comes next: by what was met so far, and by what is due. */
export function Ending({ lesson, stars, onAgain }: { lesson: Lesson; stars: number; onAgain: () => void }) {
  const [, navigate] = useLocation()
  const lessons = useProgress((progress) => progress.lessons)
  const due = useDue()
  const next = nextLesson(listed, (id) => id === lesson.id || lessons[id]?.done !== undefined, lesson.id)
  const builds = next?.needs.filter((need) => lesson.concepts.includes(need)) ?? []
  const most = Math.max(0, ...lesson.beats.map(({ task }) => task?.stars.length ?? 0))
  return (
    <section aria-label="The end" className="lesson-reveal">
      <p className="m-0 font-strong text-14">That is the lesson.</p>
      <p className="mt-1 mb-0">{`You have met: ${lesson.concepts.map(conceptTitle).join(', ')}. They come back to you in a review.`}</p>
      {most > 0 ? (
        <p className="mt-2 mb-0 flex items-center gap-1">
          {Array.from({ length: most }, (_, i) => (
            <Star key={i} size={16} aria-hidden="true" fill={i < stars ? 'currentColor' : 'none'} />
          ))}
          <span className="sub ml-1">{`${stars} of ${most}`}</span>
        </p>
      ) : null}
      {next ? (
        <>
          <Button tone="primary" className="mt-3 w-full" autoFocus onClick={() => navigate(`/learn/${next.id}`)}>
            {`Next: ${next.title}`}
          </Button>
          <p className="sub mt-1 mb-0">
            {builds.length > 0 ? `It builds on ${builds.map(conceptTitle).join(', ')}.` : next.says}
          </p>
        </>
      ) : (
        <p className="mt-3 mb-0">You have done every lesson there is.</p>
      )}
      {due > 0 ? (
        <Button className="mt-2 w-full" onClick={() => navigate('/review')}>
          {due === 1 ? 'Review first: one concept is due' : `Review first: ${due} concepts are due`}
        </Button>
      ) : null}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button className="flex-1" onClick={() => navigate('/learn')}>
          All lessons
        </Button>
        <Button className="flex-1" onClick={onAgain}>
          Once more
        </Button>
      </div>
    </section>
  )
}

/** How many concepts are due for review now. */
function useDue(): number {
  const outcomes = useProgress((progress) => progress.outcomes)
  const [due, setDue] = useState(0)
  useEffect(() => {
    let left = false
    import('../../teaching/review/schedule.ts').then(
      ({ dueAt, memoriesOf }) => {
        if (!left) setDue(dueAt(memoriesOf(outcomes), Date.now()).length)
      },
      () => {},
    )
    return () => {
      left = true
    }
  }, [outcomes])
  return due
}
