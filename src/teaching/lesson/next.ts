import type { Listed } from './listed.ts'

/** Which concepts of ours a lesson stands on that the learner has not met: those that no lesson teaches are not asked for. */
export function missingFor(
  lesson: Listed,
  lessons: readonly Listed[],
  isDone: (id: string) => boolean,
): readonly string[] {
  const known = new Set(lessons.filter(({ id }) => isDone(id)).flatMap(({ concepts }) => concepts))
  const taught = new Set(lessons.flatMap(({ concepts }) => concepts))
  return lesson.needs.filter((need) => taught.has(need) && !known.has(need))
}

/**
 * The lesson to take next: one that is not done and stands on nothing unmet. After a lesson those come first that build on what it taught,
 * then those of its topic that follow it, then the first of the list.
 */
export function nextLesson(
  lessons: readonly Listed[],
  isDone: (id: string) => boolean,
  after?: string,
): Listed | undefined {
  const ready = lessons.filter((lesson) => !isDone(lesson.id) && missingFor(lesson, lessons, isDone).length === 0)
  const last = lessons.find(({ id }) => id === after)
  if (!last) return ready[0]
  const place = lessons.indexOf(last)
  const follows = ready.filter((lesson) => lessons.indexOf(lesson) > place)
  return (
    follows.find(({ needs }) => needs.some((need) => last.concepts.includes(need))) ??
    follows.find(({ topic }) => topic === last.topic) ??
    ready[0]
  )
}
