import type { SchemaDocs } from './explain.ts'

let source: string | undefined
let read: SchemaDocs | undefined

/** Brings the descriptions, as JSON. They are a fifth of Kubernetes and needed by `explain` alone, so a page fetches them after its first picture. */
export function bringDocs(json: string): void {
  source = json
}

/** The descriptions; undefined where nobody has brought them. */
export function schemaDocs(): SchemaDocs | undefined {
  read ??= source === undefined ? undefined : (JSON.parse(source) as SchemaDocs)
  return read
}
