import { parse } from 'yaml'
import text from '../lessons/concepts.yaml?raw'

/** One thing that can be understood, asked and reviewed. */
export interface Concept {
  /** `k8s.rollout`: progress is kept by it, so it never changes. */
  readonly id: string
  readonly title: string
  readonly topic: string
  /** What one should know before. */
  readonly needs: readonly string[]
  readonly says: string
}

/** All that there is to learn, in the order of the file. */
export const concepts: readonly Concept[] = parse(text) as readonly Concept[]

const titles = new Map(concepts.map(({ id, title }) => [id, title]))

/** The title of a concept; its id when there is no such concept any more. */
export function conceptTitle(id: string): string {
  return titles.get(id) ?? id
}
