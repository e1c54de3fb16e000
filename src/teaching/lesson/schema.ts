import * as v from 'valibot'
import type { Condition } from '../../host/goals/condition.ts'
import { isSampled } from '../../host/goals/condition.ts'
import { TOPICS } from './topics.ts'

const MOST_PARTS = 12
const words = (most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1, 'it is empty'), v.maxLength(most, `it is longer than ${most} characters`))
const says = words(300)
const glob = words(200)
const shellLine = words(2000)
const count = v.pipe(v.number('it is no number'), v.integer('it is no whole number'), v.minValue(0), v.maxValue(1e6))
const id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'it is no id: small letters, digits, dots and hyphens'),
  v.maxLength(60),
)

/** A time such as `30s`, `2m`, `500ms`, in ms; at most an hour. */
export const span = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((given) => {
    const [, amount, unit] = /^([\d.]+)\s*(ms|s|m|h)$/.exec(String(given).trim()) ?? []
    return Math.round(Number(amount) * (unit === 'ms' ? 1 : unit === 'h' ? 3_600_000 : unit === 'm' ? 60_000 : 1000))
  }),
  v.number('it is no time; say 30s or 2m'),
  v.minValue(0),
  v.maxValue(3_600_000, 'it is longer than an hour'),
)

const names = v.pipe(
  v.union([glob, v.pipe(v.array(glob), v.minLength(1), v.maxLength(MOST_PARTS))]),
  v.transform((given): readonly string[] => (typeof given === 'string' ? [given] : given)),
)
const amount = { atLeast: v.optional(count), atMost: v.optional(count), is: v.optional(count) }
const field = v.union([v.string(), v.number(), v.boolean(), v.null()])

const things = v.strictObject({
  things: v.strictObject({
    kind: words(80),
    name: v.optional(glob),
    namespace: v.optional(glob),
    id: v.optional(glob),
    state: v.optional(names),
    not: v.optional(names),
    owner: v.optional(glob),
    where: v.optional(v.record(words(120), field)),
  }),
  ...amount,
})
const events = v.strictObject({
  events: v.strictObject({ type: names, about: v.optional(glob), by: v.optional(glob) }),
  ...amount,
})
const commands = v.strictObject({ commands: glob, ...amount })
const number = v.number('it is no number')
const run = v.pipe(
  v.strictObject({
    run: shellLine,
    is: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
    matches: v.optional(glob),
    atLeast: v.optional(number),
    atMost: v.optional(number),
  }),
  v.check(
    ({ is, matches, atLeast, atMost }) => [is, matches, atLeast, atMost].some((one) => one !== undefined),
    'say what the output must be: is, matches, atLeast or atMost',
  ),
)

/** A condition; which sort it is shows in its first key. Nested at most four deep. */
function conditionOf(depth: number): v.GenericSchema<unknown, Condition> {
  const sorts: Readonly<Record<string, v.GenericSchema<unknown, unknown>>> = {
    things,
    events,
    commands,
    run,
    ...(depth > 0 && {
      all: v.strictObject({
        all: v.pipe(v.array(v.lazy(() => conditionOf(depth - 1))), v.minLength(1), v.maxLength(MOST_PARTS)),
      }),
      any: v.strictObject({
        any: v.pipe(v.array(v.lazy(() => conditionOf(depth - 1))), v.minLength(1), v.maxLength(MOST_PARTS)),
      }),
      not: v.strictObject({ not: v.lazy(() => conditionOf(depth - 1)) }),
    }),
  }
  return v.lazy((input) => {
    const sort = Object.keys((typeof input === 'object' && input) || {}).find((key) => Object.hasOwn(sorts, key))
    return sort === undefined
      ? v.custom(() => false, `a condition has one of ${Object.keys(sorts).join(', ')}`)
      : (sorts[sort] as v.GenericSchema)
  }) as v.GenericSchema<unknown, Condition>
}
const condition = conditionOf(3)

const HOW = ['now', 'eventually', 'always', 'never'] as const
const goal = v.pipe(
  v.strictObject({
    says,
    now: v.optional(condition),
    eventually: v.optional(condition),
    always: v.optional(condition),
    never: v.optional(condition),
    after: v.optional(condition),
    within: v.optional(span),
    for: v.optional(span),
  }),
  v.check(
    (given) => HOW.filter((how) => given[how] !== undefined).length === 1,
    'a goal has one of now, eventually, always and never',
  ),
  v.check(
    (given) => given.eventually !== undefined || (given.within === undefined && given.for === undefined),
    "'for' and 'within' go with eventually",
  ),
  v.check(
    ({ always, never, after, eventually, for: lasting, within }) =>
      ![always, never, after, lasting === undefined && within === undefined ? undefined : eventually].some(
        (one) => one !== undefined && isSampled(one),
      ),
    'what holds over time cannot ask for run, where or owner: the past keeps states and events alone',
  ),
)
const exact = v.pipe(
  condition,
  v.check(
    (given) => !isSampled(given),
    'it cannot ask for run, where or owner: the past keeps states and events alone',
  ),
)
const hint = v.strictObject({ says: words(400), when: v.optional(condition) })
const lost = v.strictObject({ says, when: exact })
const star = v.pipe(
  v.strictObject({
    says,
    commands: v.optional(count),
    downtime: v.optional(v.strictObject({ of: exact, atMost: span })),
  }),
  v.check(
    ({ commands, downtime }) => (commands === undefined) !== (downtime === undefined),
    'a star is for commands or for downtime',
  ),
)

/** The block `task`. */
export const taskSchema = v.strictObject({
  says: words(400),
  skill: v.optional(v.picklist(['build', 'debug'], 'it is build or debug'), 'build'),
  goals: v.pipe(v.array(goal), v.minLength(1), v.maxLength(6)),
  hints: v.optional(v.pipe(v.array(hint), v.maxLength(8)), []),
  lost: v.optional(v.pipe(v.array(lost), v.maxLength(6)), []),
  stars: v.optional(v.pipe(v.array(star), v.maxLength(2, 'there are at most two stars')), []),
  patience: v.optional(span, '2m'),
})

const option = v.strictObject({
  says: words(160),
  output: v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(2000))),
  thing: v.optional(glob),
  misconception: v.optional(id),
})

/** The block `predict`. */
export const predictSchema = v.strictObject({
  ask: words(400),
  held: v.optional(
    v.union(
      [
        v.strictObject({ line: shellLine }),
        v.strictObject({ event: glob, about: v.optional(glob), after: v.optional(shellLine) }),
      ],
      "held has a 'line', or an 'event' with 'about' and 'after'",
    ),
  ),
  run: v.optional(span, '20s'),
  options: v.pipe(v.array(option), v.minLength(3, 'a prediction has at least three options'), v.maxLength(6)),
  truth: shellLine,
  why: v.optional(glob),
  tell: words(300),
})

/** The block `world`. */
export const worldSchema = v.strictObject({
  scene: v.optional(id),
  lines: v.optional(v.pipe(v.string(), v.maxLength(20_000))),
  pass: v.optional(span),
  hold: v.optional(v.boolean()),
  select: v.optional(glob),
  panel: v.optional(v.picklist(['terminal', 'editor', 'metrics', 'events'])),
})

/** The front matter of a lesson. */
export const headSchema = v.strictObject({
  id,
  title: words(60),
  topic: v.picklist(TOPICS, `it is one of ${TOPICS.join(', ')}`),
  says: words(160),
  minutes: v.pipe(count, v.minValue(1), v.maxValue(30)),
  concepts: v.pipe(v.array(id), v.minLength(1), v.maxLength(6)),
  needs: v.optional(v.pipe(v.array(id), v.maxLength(8)), []),
  scene: v.optional(id),
  seed: v.optional(v.pipe(v.number(), v.integer()), 41),
  withhold: v.optional(
    v.union(
      [
        v.strictObject({ line: shellLine }),
        v.strictObject({ misconception: id }),
        v.strictObject({ rule: words(120), answer: v.unknown() }),
      ],
      "withhold has a 'line', a 'misconception', or a 'rule' with an 'answer'",
    ),
  ),
})

export type Head = v.InferOutput<typeof headSchema>
export type WorldBlock = v.InferOutput<typeof worldSchema>
export type PredictBlock = v.InferOutput<typeof predictSchema>
export type TaskBlock = v.InferOutput<typeof taskSchema>
