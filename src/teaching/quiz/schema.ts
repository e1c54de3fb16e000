import * as v from 'valibot'
import { span, taskSchema } from '../lesson/schema.ts'
import { TOPICS } from '../lesson/topics.ts'

export const FORMATS = [
  'choice',
  'place',
  'number',
  'order',
  'hotspot',
  'moment',
  'cause',
  'fix',
  'reach',
  'parsons',
] as const
export type Format = (typeof FORMATS)[number]

const words = (most: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1, 'it is empty'), v.maxLength(most, `it is longer than ${most} characters`))
const text = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(400))
const id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'it is no id: small letters, digits, dots and hyphens'),
)
const name = v.pipe(
  v.string(),
  v.regex(/^[a-z][A-Za-z0-9]*$/, 'it is no name of a variable: letters and digits, a small one first'),
)
const number = v.number('it is no number')
const line = words(2000)

const plain = v.union([v.string(), v.number()])
const range = v.strictObject({ from: number, to: number, step: v.optional(v.pipe(number, v.minValue(1e-6)), 1) })
const list = v.pipe(v.array(v.union([plain, v.record(name, plain)])), v.minLength(1), v.maxLength(40))
const expression = v.pipe(v.union([v.string(), v.number(), v.boolean()]), v.transform(String), v.maxLength(300))

/** The front matter of a question. */
export const headSchema = v.strictObject({
  id,
  title: words(60),
  topic: v.picklist(TOPICS, `it is one of ${TOPICS.join(', ')}`),
  concepts: v.pipe(v.array(id), v.minLength(1), v.maxLength(4)),
  format: v.picklist(FORMATS, `it is one of ${FORMATS.join(', ')}`),
  level: v.picklist([1, 2, 3], 'it is 1, 2 or 3'),
  version: v.optional(v.pipe(number, v.integer(), v.minValue(1)), 1),
  draw: v.optional(v.record(name, v.union([range, list], 'it is a range { from, to } or a list')), {}),
  let: v.optional(v.record(name, expression), {}),
  where: v.optional(expression),
  shrink: v.optional(v.array(name), []),
  misconceptions: v.optional(v.pipe(v.array(id), v.maxLength(6)), []),
})

const glob = words(200)
const names = v.pipe(
  v.union([glob, v.pipe(v.array(glob), v.minLength(1), v.maxLength(8))]),
  v.transform((given): readonly string[] => (typeof given === 'string' ? [given] : given)),
)
const things = v.strictObject({
  kind: words(80),
  name: v.optional(glob),
  namespace: v.optional(glob),
  id: v.optional(glob),
  state: v.optional(names),
  not: v.optional(names),
})
const eventOf = { type: names, about: v.optional(glob), by: v.optional(glob) }
const events = v.strictObject(eventOf)

/** The block `answer`. */
export const answerSchema = v.pipe(
  v.strictObject({
    run: v.optional(span, '0s'),
    read: v.optional(line),
    least: v.optional(things),
    most: v.optional(things),
    count: v.optional(events),
    when: v.optional(
      v.strictObject({
        ...eventOf,
        nth: v.optional(v.union([v.pipe(number, v.integer(), v.minValue(1)), v.literal('last')]), 1),
      }),
    ),
    order: v.optional(
      v.pipe(v.array(v.strictObject({ ...eventOf, says: words(160) })), v.minLength(3), v.maxLength(7)),
    ),
    cause: v.optional(glob),
    unit: v.optional(words(30)),
    within: v.optional(number, 0),
  }),
  v.check(
    (given) => READINGS.filter((reading) => given[reading] !== undefined).length === 1,
    'an answer has one of read, least, most, count, when, order and cause',
  ),
)
export const READINGS = ['read', 'least', 'most', 'count', 'when', 'order', 'cause'] as const

/** The block `options`. */
export const optionsSchema = v.strictObject({
  says: v.optional(v.record(v.string(), text), {}),
  others: v.optional(v.array(v.union([v.strictObject({ read: line }), text])), []),
  most: v.optional(v.pipe(number, v.integer(), v.minValue(2), v.maxValue(8)), 4),
})

/** The block `places`. */
export const placesSchema = v.strictObject({
  read: line,
  asked: v.optional(words(60)),
  facts: v.optional(v.array(words(60)), []),
  size: v.optional(v.union([number, words(60)])),
  none: v.optional(words(80)),
})

/** The block `spots`. */
export const spotsSchema = v.strictObject({ read: line, after: v.optional(v.boolean(), false) })

/** The block `task`. */
export const questionTaskSchema = v.strictObject({
  file: v.optional(words(120)),
  apply: v.optional(line),
  run: v.optional(span, '30s'),
  goals: taskSchema.entries.goals,
})

/** The block `explain`. */
export const explainSchema = v.strictObject({
  rule: words(120),
  thing: glob,
  says: words(400),
  first: v.optional(v.boolean(), false),
})

export type Head = v.InferOutput<typeof headSchema>
export type Answer = v.InferOutput<typeof answerSchema>
export type Options = v.InferOutput<typeof optionsSchema>
export type Places = v.InferOutput<typeof placesSchema>
export type Spots = v.InferOutput<typeof spotsSchema>
export type QuestionTask = v.InferOutput<typeof questionTaskSchema>
export type Explain = v.InferOutput<typeof explainSchema>
