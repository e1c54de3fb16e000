import './review.css'
import { allConcepts } from '../../teaching/conceptList.ts'
import { abilitiesOf, shownCounts } from '../../teaching/review/ability.ts'
import { brierOf, calibrationOf } from '../../teaching/review/calibration.ts'
import { dueAt, memoriesOf } from '../../teaching/review/schedule.ts'
import { EmptyState } from '../../ui/index.ts'
import { useProgress } from '../../workspace/progress.ts'
import { Page } from '../page/index.ts'
import { AbilityMap } from './AbilityMap.tsx'
import { CalibrationPlot } from './CalibrationPlot.tsx'
import { DueList } from './DueList.tsx'
import { Keeping } from './Keeping.tsx'

/** What is due, how well one knows what one knows, and what one has shown of each concept. All of it reckoned from the outcomes. */
export function Review() {
  const outcomes = useProgress((progress) => progress.outcomes)
  const now = Date.now()
  const memories = memoriesOf(outcomes)
  const abilities = abilitiesOf(outcomes)
  const counts = shownCounts(abilities)
  return (
    <Page
      title="Reviews"
      here="Reviews"
      lead="A concept comes back just before you would forget it, each time with a fresh question that the simulator makes and answers."
    >
      {outcomes.length === 0 ? (
        <div className="review-empty">
          <EmptyState
            title="Nothing to review yet"
            text="Predictions in lessons and answers in quizzes come back here when they are due."
            action={{
              label: 'Answer a first question',
              run: () => {
                location.hash = '#/quiz'
              },
            }}
          />
        </div>
      ) : (
        <>
          <DueList due={dueAt(memories, now)} memories={memories} now={now} />
          <section aria-labelledby="map">
            <h2 id="map">What you have shown</h2>
            <p className="sub m-0">{`${counts.predict} predicted, ${counts.build} built, ${counts.debug} debugged, of ${allConcepts.length} concepts`}</p>
            <AbilityMap concepts={allConcepts} abilities={abilities} />
          </section>
          <section aria-labelledby="sure">
            <h2 id="sure">How sure, how right</h2>
            <CalibrationPlot points={calibrationOf(outcomes)} brier={brierOf(outcomes)} />
          </section>
        </>
      )}
      <Keeping />
    </Page>
  )
}
