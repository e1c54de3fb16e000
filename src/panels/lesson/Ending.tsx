import Star from 'lucide-react/icons/star'
import { useLocation } from 'wouter'
import { conceptTitle } from '../../teaching/conceptList.ts'
import type { Lesson } from '../../teaching/lesson/lesson.ts'
import { listed } from '../../teaching/lesson/listed.ts'
import { Button } from '../../ui/index.ts'

/** What was learned, the stars, and what comes next. */
export function Ending({ lesson, stars }: { lesson: Lesson; stars: number }) {
  const [, navigate] = useLocation()
  const place = listed.findIndex(({ id }) => id === lesson.id)
  const next = place < 0 ? undefined : listed[place + 1]
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
        <Button tone="primary" className="mt-3 w-full" autoFocus onClick={() => navigate(`/learn/${next.id}`)}>
          {`Next: ${next.title}`}
        </Button>
      ) : null}
      <Button className="mt-2 w-full" onClick={() => navigate('/learn')}>
        All lessons
      </Button>
    </section>
  )
}
