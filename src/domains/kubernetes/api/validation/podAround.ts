import type { Field } from './field.ts'

/** What a container is judged by beside itself. */
export interface PodAround {
  /** Valid volumes by name: the field of each. */
  readonly volumes: ReadonlyMap<string, Field>
  readonly claims: readonly string[]
  readonly spec: Field
}
