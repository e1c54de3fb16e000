/** A target as `bake --print` shows it; fields that nobody set are absent. */
export interface Target {
  readonly [field: string]: unknown
}

/** The order in which buildx prints the fields of a target. Models: buildx bake/bake.go Target */
export const FIELDS: readonly string[] = [
  'description',
  'annotations',
  'attest',
  'context',
  'contexts',
  'dockerfile',
  'dockerfile-inline',
  'args',
  'labels',
  'tags',
  'cache-from',
  'cache-to',
  'target',
  'secret',
  'ssh',
  'platforms',
  'output',
  'pull',
  'no-cache',
  'network',
  'no-cache-filter',
  'shm-size',
  'ulimits',
  'call',
  'entitlements',
  'extra-hosts',
]

const MERGED: ReadonlySet<string> = new Set(['args', 'contexts', 'labels', 'extra-hosts'])
const APPENDED: ReadonlySet<string> = new Set(['cache-from', 'secret', 'ssh', 'annotations', 'entitlements'])

/** What a target is after another has been laid over it. Models: buildx Target.Merge */
export function laidOver(base: Target, over: Target): Target {
  const merged: { [field: string]: unknown } = { ...base }
  for (const [field, value] of Object.entries(over)) {
    if (value === null || value === undefined) continue
    const before = merged[field]
    if (MERGED.has(field)) merged[field] = { ...(before as object | undefined), ...(value as object) }
    else if (APPENDED.has(field))
      merged[field] = [...((before as unknown[] | undefined) ?? []), ...(value as unknown[])]
    else if (field === 'attest') merged[field] = attests((before as unknown[] | undefined) ?? [], value as unknown[])
    else merged[field] = value
  }
  return merged
}

function attests(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const type = (one: unknown): unknown => csv(one).type
  return [...before.filter((one) => !after.some((other) => type(other) === type(one))), ...after]
}

/** `type=local,dest=x` as an object; a bare word is what `bare` says. Objects stay. */
export function csv(value: unknown, bare = 'type'): { readonly [key: string]: unknown } {
  if (typeof value !== 'string') return (value ?? {}) as { readonly [key: string]: unknown }
  return Object.fromEntries(
    value
      .split(',')
      .map((field) => (field.includes('=') ? (field.split(/=(.*)/s).slice(0, 2) as [string, string]) : [bare, field])),
  )
}

/** The fields of a target in print order, in the forms that buildx gives them. */
export function shownTarget(target: Target): Target {
  const shown: { [field: string]: unknown } = {}
  for (const field of FIELDS) {
    const value = target[field]
    if (value === undefined || value === null || value === '') continue
    if (Array.isArray(value) && value.length === 0) continue
    if (field === 'args' || field === 'labels' || field === 'contexts') {
      const keys = Object.keys(value as object).sort()
      if (keys.length > 0)
        shown[field] = Object.fromEntries(keys.map((key) => [key, (value as { [key: string]: unknown })[key]]))
    } else if (field === 'attest') shown[field] = (value as unknown[]).map((one) => csv(one))
    else if (field === 'cache-from' || field === 'cache-to')
      shown[field] = (value as unknown[]).map((one) =>
        typeof one === 'string' && !one.includes('=') ? { ref: one, type: 'registry' } : csv(one),
      )
    else if (field === 'output')
      shown[field] = (value as unknown[]).map((one) =>
        typeof one === 'string' && !one.includes('=')
          ? one === '-'
            ? { dest: '-', type: 'tar' }
            : { dest: one, type: 'local' }
          : csv(one),
      )
    else if (field === 'secret') shown[field] = (value as unknown[]).map((one) => csv(one))
    else if (field === 'ssh')
      shown[field] = (value as unknown[]).map((one) => {
        if (typeof one !== 'string') return one
        const [id, paths] = one.split('=')
        return paths === undefined ? { id } : { id, paths: paths.split(',') }
      })
    else shown[field] = value
  }
  return shown
}
