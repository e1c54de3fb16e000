import * as v from 'valibot'
import type { Outcome } from '../teaching/review/outcome.ts'

/** How far a lesson was taken. Times in ms since 1970. */
export interface LessonProgress {
  readonly begun: number
  readonly done?: number | undefined
  /** Stars earned, at most two. */
  readonly stars: number
}

/** Outcomes that are kept; the oldest make room. */
export const MOST_OUTCOMES = 5000

/** Progress as it is written into files and codes, and kept in the browser. */
export interface ProgressData {
  readonly outcomes: readonly Outcome[]
  readonly lessons: Readonly<Record<string, LessonProgress>>
}

const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e14))
const name = v.pipe(v.string(), v.regex(/^[\w./:-]{1,100}$/))

const outcome = v.strictObject({
  at: time,
  source: v.picklist(['lesson', 'quiz', 'review', 'exam', 'lab']),
  id: name,
  skill: v.picklist(['predict', 'build', 'debug']),
  concepts: v.pipe(v.array(name), v.maxLength(20)),
  right: v.boolean(),
  sureness: v.optional(v.picklist([1, 2, 3])),
  misconception: v.optional(name),
  code: v.optional(name),
})

const lesson = v.strictObject({
  begun: time,
  done: v.optional(time),
  stars: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2)),
})

const progressSchema = v.strictObject({
  outcomes: v.pipe(v.array(outcome), v.maxLength(MOST_OUTCOMES)),
  lessons: v.record(name, lesson),
})

/** Progress read from data, or in a few words why it is none. */
export function readProgress(data: unknown): ProgressData | { readonly wrong: string } {
  const result = v.safeParse(progressSchema, data)
  if (result.success) return result.output as ProgressData
  const [issue] = result.issues
  const path = issue ? v.getDotPath(issue) : undefined
  return { wrong: path ? `${path}: ${issue?.message ?? ''}` : (issue?.message ?? 'it is not progress') }
}
