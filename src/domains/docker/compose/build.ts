import { absolute } from './load.ts'
import type { Project } from './project.ts'
import { imageName } from './serviceSpec.ts'
import { isShape, list, mapping, shape } from './shape.ts'

/** The command lines of `docker build` that make the images of services; `extra` are further options. */
export function buildLines(
  project: Project,
  services: readonly string[],
  extra: readonly string[],
): readonly (readonly string[])[] {
  return services.flatMap((name) => {
    const wish = shape(project.services[name]).build
    if (wish === undefined) return []
    const build = isShape(wish) ? wish : { context: String(wish) }
    const context = String(build.context ?? '.')
    const folder = /^[a-z]+:\/\/|^git@/.test(context) ? context : absolute(project.directory, context)
    const file = typeof build.dockerfile === 'string' ? ['-f', absolute(folder, build.dockerfile)] : []
    const args = Object.entries(mapping(build.args)).flatMap(([key, value]) => [
      '--build-arg',
      value === null ? key : `${key}=${value}`,
    ])
    const target = typeof build.target === 'string' ? ['--target', build.target] : []
    const labels = Object.entries(mapping(build.labels)).flatMap(([key, value]) => ['--label', `${key}=${value ?? ''}`])
    const tags = [imageName(project, name), ...list(build.tags).map(String)].flatMap((tag) => ['-t', tag])
    return [
      [
        'docker',
        'build',
        ...tags,
        ...file,
        ...target,
        ...args,
        ...labels,
        ...(build.no_cache === true ? ['--no-cache'] : []),
        ...extra,
        folder,
      ],
    ]
  })
}
