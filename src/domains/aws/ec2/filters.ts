import type { ApiError } from '../core/index.ts'
import { refuse } from '../core/index.ts'
import type { Tag } from './tag.ts'

interface Filter {
  readonly Name?: string | undefined
  readonly Values?: readonly string[] | undefined
}

/** Words of filters whose member is not simply their name in another spelling; a path of members. */
export type FilterNames = { readonly [filter: string]: string }

/**
 * Keeps what all filters let through: any of a filter's values may match, `*` and `?` stand for any text, `tag:KEY` and `tag-key` ask the
 * tags. A filter's name leads to the member of the same name (`vpc-id` to `VpcId`) unless `names` gives its path. A name that leads
 * nowhere in any of them is refused, as by EC2.
 */
export function filtered<T extends object>(
  list: readonly T[],
  filters: readonly Filter[] = [],
  names: FilterNames = {},
): { readonly kept: readonly T[] } | { readonly error: ApiError } {
  let kept = list
  for (const { Name = '', Values = [] } of filters) {
    const tag = /^tag:(.+)$/.exec(Name)?.[1]
    const known = tag !== undefined || Name === 'tag-key' || names[Name] !== undefined || /^[a-z0-9.-]+$/.test(Name)
    if (!known) return refuse('InvalidParameterValue', `The filter '${Name}' is invalid`)
    const patterns = Values.map(patternOf)
    kept = kept.filter((one) =>
      valuesOf(one, Name, tag, names).some((value) => patterns.some((pattern) => pattern.test(value))),
    )
  }
  return { kept }
}

function valuesOf(one: object, name: string, tag: string | undefined, names: FilterNames): readonly string[] {
  const { Tags: tags = [] } = one as { readonly Tags?: readonly Tag[] }
  if (tag !== undefined) return tags.flatMap(({ Key, Value }) => (Key === tag ? [Value ?? ''] : []))
  if (name === 'tag-key') return tags.map(({ Key }) => Key ?? '')
  return reach(one, (names[name] ?? pascal(name)).split('.'))
}

/** All values at a path; lists are walked through. */
function reach(value: unknown, path: readonly string[]): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => reach(item, path))
  const [member, ...rest] = path
  if (member === undefined) return value === undefined || value === null ? [] : [String(value)]
  if (typeof value !== 'object' || value === null) return []
  return reach((value as { readonly [member: string]: unknown })[member], rest)
}

function pascal(name: string): string {
  return name
    .split('.')
    .map((part) =>
      part
        .split('-')
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join(''),
    )
    .join('.')
}

function patternOf(text: string): RegExp {
  return new RegExp(
    `^${text
      .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )
}
