import list from '../lessons/concepts.yaml?list'
import type { Concept } from './concepts.ts'

/** All that there is to learn, in the order of its file. Read when the page is built: no page has to read YAML for it. */
export const allConcepts: readonly Concept[] = list

const titles = new Map(allConcepts.map(({ id, title }) => [id, title]))

/** The title of a concept; its id when there is no such concept any more. */
export function conceptTitle(id: string): string {
  return titles.get(id) ?? id
}

/** A topic as a heading; those that are abbreviations stay in capitals. */
export function topicTitle(topic: string): string {
  return topic.length <= 3 ? topic.toUpperCase() : topic.charAt(0).toUpperCase() + topic.slice(1)
}
