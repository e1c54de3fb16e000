import './learn.css'
import Check from 'lucide-react/icons/check'
import Circle from 'lucide-react/icons/circle'
import Star from 'lucide-react/icons/star'
import Upload from 'lucide-react/icons/upload'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { allConcepts, conceptTitle, topicTitle } from '../../teaching/conceptList.ts'
import { listed } from '../../teaching/lesson/listed.ts'
import { missingFor, nextLesson } from '../../teaching/lesson/next.ts'
import { TOPICS } from '../../teaching/lesson/topics.ts'
import { Button, EmptyState, toast } from '../../ui/index.ts'
import { useProgress } from '../../workspace/index.ts'
import { usePlaces } from '../../workspace/places.ts'
import { Page } from '../page/index.ts'

/** All lessons by topic, in an order in which each stands on those before; what is done, and what would come next. Nothing is locked. */
export function Learn() {
  const [, navigate] = useLocation()
  const lessons = useProgress((progress) => progress.lessons)
  const input = useRef<HTMLInputElement>(null)
  const [asked] = useState(() => new URLSearchParams(location.hash.split('?')[1] ?? '').get('concept'))
  const concept = allConcepts.find(({ id }) => id === asked)
  const isDone = (id: string) => lessons[id]?.done !== undefined
  const places = usePlaces((all) => all.places)
  const next = nextLesson(listed, isDone)
  const bring = async (file: File) => {
    // Reading Markdown and YAML is a good deal of code, and few bring a lesson.
    const { importLesson } = await import('../../teaching/lesson/imported.ts')
    const read = await importLesson(file)
    if ('wrong' in read) toast({ status: 'err', text: read.wrong })
    else navigate(`/learn/${read.id}`)
  }
  return (
    <Page
      title="Lessons"
      here="Learn"
      lead={`${listed.filter(({ id }) => isDone(id)).length} of ${listed.length} done. Each takes a few minutes, in a world of its own.`}
    >
      <div className="learn">
        {concept ? (
          <p className="concept">
            <b>{concept.title}</b> {concept.says}
          </p>
        ) : null}
        {next && Object.keys(lessons).length === 0 ? (
          <EmptyState
            title="You have not begun any"
            text="Nothing is locked. This one stands on nothing before it."
            action={{ label: `Begin with “${next.title}”`, run: () => navigate(`/learn/${next.id}`) }}
          />
        ) : null}
        {TOPICS.map((topic) => ({ topic, own: listed.filter((lesson) => lesson.topic === topic) }))
          .filter(({ own }) => own.length > 0)
          .map(({ topic, own }) => (
            <section key={topic} aria-labelledby={`topic-${topic}`}>
              <h2 id={`topic-${topic}`}>
                {topicTitle(topic)}
                <small className="num">{`${own.filter(({ id }) => isDone(id)).length} of ${own.length}`}</small>
              </h2>
              <ol>
                {own.map((lesson) => {
                  const before = missingFor(lesson, listed, isDone)
                  const place = places[lesson.id]
                  const state = isDone(lesson.id)
                    ? 'done'
                    : lesson === next
                      ? 'next'
                      : before.length > 0
                        ? 'later'
                        : 'open'
                  return (
                    <li key={lesson.id} data-is={state}>
                      <a href={`#/learn/${lesson.id}`}>
                        <span className="n">
                          {state === 'done' ? (
                            <Check size={14} aria-label="Done" />
                          ) : (
                            <Circle size={10} aria-hidden="true" />
                          )}
                        </span>
                        <span className="words">
                          <b>{lesson.title}</b>
                          <span>{lesson.says}</span>
                          {before.length > 0 ? (
                            <small>{`Stands on: ${before.map(conceptTitle).join(', ')}`}</small>
                          ) : null}
                        </span>
                        <span className="end">
                          {lessons[lesson.id]?.stars ? (
                            <span role="img" aria-label={`${lessons[lesson.id]?.stars} stars`}>
                              {Array.from({ length: lessons[lesson.id]?.stars ?? 0 }, (_, i) => (
                                <Star key={i} size={13} fill="currentColor" aria-hidden="true" />
                              ))}
                            </span>
                          ) : null}
                          {place && place.beat > 0 ? (
                            <em>{`At step ${place.beat + 1} of ${place.of}`}</em>
                          ) : state === 'next' ? (
                            <em>Next</em>
                          ) : null}
                          <small>{`${lesson.minutes} min`}</small>
                        </span>
                      </a>
                    </li>
                  )
                })}
              </ol>
            </section>
          ))}
        <Button size="sm" icon={<Upload size={14} aria-hidden="true" />} onClick={() => input.current?.click()}>
          Open a lesson file
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".txt,text/plain"
          aria-label="A lesson file"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? []
            if (file) void bring(file)
            event.currentTarget.value = ''
          }}
        />
      </div>
    </Page>
  )
}
