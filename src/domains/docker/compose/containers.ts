import type { World } from '../../../kernel/index.ts'
import type { Ask } from '../cli/ask.ts'
import { Problem } from '../cli/problem.ts'
import { type Container, containersOn } from '../container/container.ts'
import type { Project } from './project.ts'

const PROJECT = 'com.docker.compose.project'
const SERVICE = 'com.docker.compose.service'
const NUMBER = 'com.docker.compose.container-number'

/** Containers of a project's services, in order of service and number; those of `run` are left out. */
export function containersOf(world: World, engine: string, project: string, service?: string): readonly Container[] {
  return containersOn(world, engine)
    .filter(({ spec }) => spec.labels?.[PROJECT] === project && spec.labels['com.docker.compose.oneoff'] !== 'True')
    .filter((container) => service === undefined || serviceOf(container) === service)
    .sort((a, b) => (serviceOf(a) < serviceOf(b) ? -1 : serviceOf(a) > serviceOf(b) ? 1 : numberOf(a) - numberOf(b)))
}

export function serviceOf(container: Container): string {
  return container.spec.labels?.[SERVICE] ?? ''
}

export function numberOf(container: Container): number {
  return Number(container.spec.labels?.[NUMBER] ?? 1)
}

/** Labels of one container beyond those of its service. */
export function ownLabels(number: number, hash: string): { readonly [name: string]: string } {
  return { [NUMBER]: String(number), 'com.docker.compose.config-hash': hash }
}

/** Refuses names that are no services of the project. */
export function checkServices(project: Project, names: readonly string[]): void {
  for (const name of names) if (!project.services[name]) throw new Problem(`no such service: ${name}`)
}

/** The one container of a service that a command means by its `--index`. */
export function oneOf(ask: Ask, project: Project, service: string): Container {
  if (!project.services[service]) throw new Problem(`no such service: ${service}`)
  const all = containersOf(ask.world, ask.engine, project.name, service)
  const index = Number(ask.text('index') ?? 0)
  const found = index > 0 ? all.find((container) => numberOf(container) === index) : all[0]
  if (!found || (index === 0 && found.state !== 'running')) throw new Problem(`service "${service}" is not running`)
  return found
}

/** Names as compose lists them: the services that were named, else all. */
export function chosen(project: Project, names: readonly string[]): readonly string[] {
  checkServices(project, names)
  return names.length > 0 ? names : Object.keys(project.services).sort()
}
