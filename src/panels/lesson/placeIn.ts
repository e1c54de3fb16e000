import type { Lesson } from '../../teaching/lesson/lesson.ts'
import { type Place, usePlaces } from '../../workspace/places.ts'

/** Where the learner was in a lesson; undefined when that was never kept, or the lesson has changed since. */
export function placeIn({ id, beats }: Lesson): Place | undefined {
  const place = usePlaces.getState().places[id]
  return place && beats[place.beat]?.title === place.title ? place : undefined
}
