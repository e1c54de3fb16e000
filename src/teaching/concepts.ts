import * as v from 'valibot'
import type { Problem } from './lesson/prose.ts'
import { TOPICS } from './lesson/topics.ts'
import { readYaml } from './lesson/yamlBlock.ts'

/** One thing to be learned, and what one should know before. */
export interface Concept {
  readonly id: string
  readonly title: string
  readonly topic: (typeof TOPICS)[number]
  readonly needs: readonly string[]
  readonly says: string
}

const schema = v.array(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.[a-z0-9-]+$/)),
    title: v.pipe(v.string(), v.minLength(1), v.maxLength(60)),
    topic: v.picklist(TOPICS),
    needs: v.array(v.string()),
    says: v.pipe(v.string(), v.minLength(1), v.maxLength(160)),
  }),
)

/** Reads `concepts.yaml`. Concepts come back in its order; what is wrong (a double id, a need that does not exist, a circle) is told. */
export function readConcepts(text: string): {
  readonly concepts: readonly Concept[]
  readonly problems: readonly Problem[]
} {
  const problems: Problem[] = []
  const complain = (line: number, message: string) => problems.push({ file: 'concepts.yaml', line, message })
  const concepts = readYaml(schema, text, 1, complain) ?? []
  const byId = new Map(concepts.map((concept) => [concept.id, concept]))
  if (byId.size < concepts.length) complain(1, 'an id is there twice')
  for (const { id, needs } of concepts)
    for (const need of needs) if (!byId.has(need)) complain(1, `${id} needs ${need}, which does not exist`)
  const done = new Set<string>()
  const visit = (id: string, trail: readonly string[]) => {
    if (trail.includes(id)) complain(1, `a circle: ${[...trail.slice(trail.indexOf(id)), id].join(' needs ')}`)
    if (done.has(id) || trail.includes(id)) return
    for (const need of byId.get(id)?.needs ?? []) visit(need, [...trail, id])
    done.add(id)
  }
  for (const { id } of concepts) visit(id, [])
  return { concepts, problems }
}
