import type { Began } from '../host/goals/task.ts'
import type { Save } from '../host/save.ts'
import { readSave } from './saveSchema.ts'
import { seal, unseal } from './sealed.ts'

/** What a student hands in: which lesson, how the run went line by line, and when the task of it began. It proves itself by being replayed. */
export interface Completion {
  readonly lesson: string
  /** Number of the beat whose task was solved, from 0. */
  readonly beat: number
  /** As the student signed it; at most 60 signs. */
  readonly name: string
  /** When the task of it began. */
  readonly began: Began
  readonly save: Save
}

const VERSION = 3
const MOST_CODE = 60_000
const MOST_UNPACKED = 1_000_000
const DICTIONARY = new TextEncoder().encode(
  'kubectl get pods kubectl scale deployment web --replicas= docker run -d aws ecs update-service --cluster {"lesson":"","beat":0,"name":"","began":{"position":0,"at":0},"save":{"version":1,"seed":1,"at":30000,"shown":0,"branches":[{"id":0,"name":"main","forkedAt":0,"end":30000,"history":[{"at":0,"line":"","session":"main","by":"scene"},{"at":',
)
const DAMAGED = 'This code is damaged or incomplete.'

/** The code that is handed in. Only the branch that is shown goes along. */
export function completionCode({ save, ...rest }: Completion): string {
  const shown = save.branches[save.shown]
  const alone: Save = shown ? { ...save, shown: 0, branches: [{ ...withoutParent(shown), id: 0, forkedAt: 0 }] } : save
  return seal(new TextEncoder().encode(JSON.stringify({ ...rest, save: alone })), VERSION, DICTIONARY)
}

/** Reads a handed-in code; it may come from anyone. */
export function readCompletionCode(code: string): Completion | { readonly wrong: string } {
  const text = code.replaceAll(/\s+/g, '')
  if (text.length > MOST_CODE) return { wrong: 'This code is too long to be read.' }
  const plain = unseal(text, VERSION, MOST_UNPACKED, DICTIONARY)
  if (plain === 'later') return { wrong: 'This code was made by a later version of Orrery, or it is damaged.' }
  if (!plain) return { wrong: DAMAGED }
  try {
    const data = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain)) as Partial<Completion>
    const { lesson, beat, name, began } = data
    const read = readSave(data.save)
    if (
      'wrong' in read ||
      typeof lesson !== 'string' ||
      !/^[a-z0-9-]{1,60}$/.test(lesson) ||
      !whole(beat) ||
      typeof name !== 'string' ||
      !whole(began?.at) ||
      !whole(began?.position)
    )
      return { wrong: DAMAGED }
    return { lesson, beat, name: name.slice(0, 60), began: { position: began.position, at: began.at }, save: read.save }
  } catch {
    return { wrong: DAMAGED }
  }
}

function whole(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1e12
}

function withoutParent<B extends { readonly parent?: number | undefined }>({
  parent: _,
  ...rest
}: B): Omit<B, 'parent'> {
  return rest
}
