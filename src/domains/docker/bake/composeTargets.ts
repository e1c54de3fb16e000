import { isShape, list, mapping, shape } from '../compose/shape.ts'

/** The targets of a compose file's services that are built, and the group of all. Models: buildx bake/compose.go */
export function composeTargets(document: unknown): {
  readonly group: unknown
  readonly target: { readonly [name: string]: unknown }
} {
  const target: { [name: string]: unknown } = {}
  for (const [name, value] of Object.entries(shape(shape(document).services))) {
    const service = shape(value)
    if (service.build === undefined) continue
    const build = isShape(service.build) ? service.build : { context: service.build }
    const strings = (one: unknown): { readonly [key: string]: unknown } | undefined =>
      one === undefined
        ? undefined
        : Object.fromEntries(
            Object.entries(mapping(one)).map(([key, text]) => [key, text === null ? null : String(text)]),
          )
    const tags = [...(typeof service.image === 'string' ? [service.image] : []), ...list(build.tags).map(String)]
    target[name] = Object.fromEntries(
      Object.entries({
        context: build.context ?? '.',
        contexts: strings(build.additional_contexts),
        dockerfile: build.dockerfile,
        'dockerfile-inline': build.dockerfile_inline,
        args: strings(build.args),
        labels: strings(build.labels),
        tags: tags.length > 0 ? tags : undefined,
        target: build.target,
        'cache-from': build.cache_from,
        'cache-to': build.cache_to,
        platforms: build.platforms,
        'no-cache': build.no_cache,
        pull: build.pull,
        network: build.network,
      }).filter(([, one]) => one !== undefined),
    )
  }
  return { group: { default: { targets: Object.keys(target) } }, target }
}
