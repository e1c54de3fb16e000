import * as v from 'valibot'
import type { Save } from '../host/save.ts'

const time = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1e12))
const MOST_BRANCHES = 200
const MOST_LINES = 50_000
const MOST_LINE = 1_100_000

const line = v.strictObject({
  at: time,
  line: v.pipe(v.string(), v.maxLength(MOST_LINE)),
  session: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._-]{1,64}$/)),
  by: v.optional(v.pipe(v.string(), v.maxLength(64))),
})

const branch = v.strictObject({
  id: v.pipe(v.number(), v.integer(), v.minValue(0)),
  name: v.pipe(v.string(), v.maxLength(200)),
  parent: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  forkedAt: time,
  end: time,
  history: v.pipe(v.array(line), v.maxLength(MOST_LINES)),
})

const bookmark = v.strictObject({
  at: time,
  branch: v.pipe(v.number(), v.integer(), v.minValue(0)),
  name: v.pipe(v.string(), v.maxLength(80)),
})

/** What a save must be, also beyond its shape: branches form a tree, histories are in order, the shown branch exists. */
export const saveSchema = v.pipe(
  v.strictObject({
    version: v.literal(1),
    seed: v.pipe(v.number(), v.integer()),
    at: time,
    shown: v.pipe(v.number(), v.integer(), v.minValue(0)),
    branches: v.pipe(v.array(branch), v.minLength(1), v.maxLength(MOST_BRANCHES)),
    bookmarks: v.optional(v.pipe(v.array(bookmark), v.maxLength(200))),
  }),
  v.check(
    ({ branches }) =>
      branches.every(({ id, parent }, i) => id === i && (i === 0 ? parent === undefined : (parent ?? i) < i)),
    'its branches do not form a tree',
  ),
  v.check(
    ({ branches, bookmarks = [] }) => bookmarks.every(({ branch }) => branch < branches.length),
    'a bookmark is on a branch that is missing',
  ),
  v.check(({ branches, shown }) => shown < branches.length, 'the branch that it shows is missing'),
  v.check(
    ({ branches }) =>
      branches.every(({ history }) => history.every(({ at }, i) => i === 0 || at >= (history[i - 1]?.at ?? 0))),
    'its lines are not in order of time',
  ),
)

/** A save read from data, or in a few words why it is none. */
export function readSave(data: unknown): { readonly save: Save } | { readonly wrong: string } {
  const result = v.safeParse(saveSchema, data)
  if (result.success) return { save: result.output as Save }
  const [issue] = result.issues
  const path = issue ? v.getDotPath(issue) : undefined
  return { wrong: path ? `${path}: ${issue?.message ?? ''}` : (issue?.message ?? 'it is not a save') }
}
