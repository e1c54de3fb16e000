import { type Outcome, SKILLS } from '../teaching/review/outcome.ts'
import { type ProgressData, readProgress } from './progressSchema.ts'
import { seal, unseal } from './sealed.ts'

/** Longest code that is read, in characters, and most that it may hold unpacked, in bytes. */
const MOST_CODE = 8_000
const MOST_UNPACKED = 200_000
/** Outcomes that a code takes along, the latest of each concept and skill first: enough to go on with, short enough to be sent. */
const MOST_TAKEN = 150
const VERSION = 1
const DICTIONARY = new TextEncoder().encode(
  '"k8s.rollout","k8s.deployment","k8s.pod","k8s.replicas","k8s.scheduler","ecs.placement","ecs.service","docker.layers","docker.build-cache","net.dns","quiz","lesson","review","exam",[[0,"',
)
const SOURCES = ['lesson', 'quiz', 'review', 'exam', 'lab'] as const

/** A short text that carries one's lessons and latest outcomes to another browser. What it leaves out is in the file, which has all. */
export function backupCode({ outcomes, lessons }: ProgressData): string {
  const taken = latest(outcomes)
  const from = Math.floor((taken[0]?.at ?? 0) / MINUTE)
  const rows = taken.map(({ at, source, id, skill, concepts, right, sureness, misconception }) => [
    Math.floor(at / MINUTE) - from,
    SOURCES.indexOf(source) * 8 + SKILLS.indexOf(skill) * 2 + (right ? 1 : 0),
    sureness ?? 0,
    id,
    concepts.join(' '),
    ...(misconception === undefined ? [] : [misconception]),
  ])
  const done = Object.entries(lessons).map(([id, { begun, done, stars }]) => [
    id,
    Math.floor(begun / MINUTE),
    done === undefined ? 0 : Math.floor(done / MINUTE),
    stars,
  ])
  return seal(new TextEncoder().encode(JSON.stringify([from, rows, done])), VERSION, DICTIONARY)
}

const MINUTE = 60_000

/** What a code holds, or in one sentence why it cannot be read. Times are in whole minutes there. */
export function readBackupCode(code: string): ProgressData | { readonly wrong: string } {
  const text = code.replaceAll(/\s+/g, '')
  if (text.length > MOST_CODE) return { wrong: 'This code is too long to be read.' }
  const plain = unseal(text, VERSION, MOST_UNPACKED, DICTIONARY)
  if (plain === 'later') return { wrong: 'This code was made by a later version of Orrery, or it is damaged.' }
  if (!plain) return { wrong: DAMAGED }
  try {
    const [from, rows, done] = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)) as [
      number,
      readonly (readonly [number, number, number, string, string, string?])[],
      readonly (readonly [string, number, number, number])[],
    ]
    const read = readProgress({
      outcomes: rows.map(([at, bits, sureness, id, concepts, misconception]) => ({
        at: (from + at) * MINUTE,
        source: SOURCES[bits >> 3],
        id,
        skill: SKILLS[(bits >> 1) & 3],
        concepts: concepts.split(' '),
        right: (bits & 1) === 1,
        ...(sureness === 0 ? {} : { sureness }),
        ...(misconception === undefined ? {} : { misconception }),
      })),
      lessons: Object.fromEntries(
        done.map(([id, begun, end, stars]) => [
          id,
          { begun: begun * MINUTE, ...(end === 0 ? {} : { done: end * MINUTE }), stars },
        ]),
      ),
    })
    return 'wrong' in read ? { wrong: DAMAGED } : read
  } catch {
    return { wrong: DAMAGED }
  }
}

const DAMAGED = 'This code is damaged or incomplete.'

/** The latest outcomes: of each concept and skill the last two, then whatever else is recent, in order of time. */
function latest(outcomes: readonly Outcome[]): readonly Outcome[] {
  const count = new Map<string, number>()
  const first: Outcome[] = []
  const rest: Outcome[] = []
  for (const outcome of [...outcomes].sort((a, b) => b.at - a.at)) {
    const keys = outcome.concepts.map((concept) => `${concept} ${outcome.skill}`)
    const wanted = keys.some((key) => (count.get(key) ?? 0) < 2)
    for (const key of keys) count.set(key, (count.get(key) ?? 0) + 1)
    if (wanted) first.push(outcome)
    else rest.push(outcome)
  }
  return [...first, ...rest].slice(0, MOST_TAKEN).sort((a, b) => a.at - b.at)
}
