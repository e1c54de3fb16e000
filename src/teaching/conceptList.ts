import text from '../lessons/concepts.yaml?raw'
import { type Concept, readConcepts } from './concepts.ts'

/** All that there is to learn, in the order of its file. */
export const allConcepts: readonly Concept[] = readConcepts(text).concepts

const titles = new Map(allConcepts.map(({ id, title }) => [id, title]))

/** The title of a concept; its id when there is no such concept any more. */
export function conceptTitle(id: string): string {
  return titles.get(id) ?? id
}

/** A topic as a heading; those that are abbreviations stay in capitals. */
export function topicTitle(topic: string): string {
  return topic.length <= 3 ? topic.toUpperCase() : topic.charAt(0).toUpperCase() + topic.slice(1)
}
