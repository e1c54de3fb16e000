import type { Shape } from './shape.ts'

/** A compose project: the files merged, variables replaced, one-file forms made long where it matters. */
export interface Project {
  readonly name: string
  readonly directory: string
  readonly files: readonly string[]
  /** Services whose profiles are on, by name. */
  readonly services: { readonly [name: string]: Shape }
  readonly networks: { readonly [name: string]: Shape }
  readonly volumes: { readonly [name: string]: Shape }
  readonly configs: { readonly [name: string]: Shape }
  readonly secrets: { readonly [name: string]: Shape }
  readonly env: { readonly [name: string]: string | undefined }
  readonly warnings: readonly string[]
}

/** What a service waits for. */
export interface Dependency {
  readonly service: string
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully'
  readonly required: boolean
}

/** Full name of a network or volume of a project: its own `name`, else behind the project's. */
export function fullName(project: Project, key: string, value: Shape | undefined): string {
  const own = value?.name
  if (typeof own === 'string') return own
  return value?.external ? key : `${project.name}_${key}`
}
