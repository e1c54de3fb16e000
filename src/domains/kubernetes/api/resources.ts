import type { ApiResource } from './apiResource.ts'
import { resourceTable } from './resourceTable.ts'

/** A found resource, or the words in which kubectl refuses. */
export type ResourceAnswer = { readonly resource: ApiResource } | { readonly error: string }

/** The whole table: built-in resources and those of `extra` (custom resources registered at run time), as discovery returns them. */
export function allResources(extra: readonly ApiResource[] = []): readonly ApiResource[] {
  return extra.length === 0 ? resourceTable : [...resourceTable, ...extra]
}

/**
 * Finds a resource by any spelling that kubectl takes: plural, singular, short name or kind in any case, optionally followed by
 * `.group` or `.version.group` (`deploy`, `Pods`, `deployments.apps`, `deployments.v1.apps`).
 * The first table row wins, so `events` is core and `hpa` is autoscaling/v2.
 */
export function findResource(word: string, extra: readonly ApiResource[] = []): ResourceAnswer {
  const table = allResources(extra)
  const text = word.toLowerCase()
  const dot = text.indexOf('.')
  const name = dot < 0 ? text : text.slice(0, dot)
  const rest = dot < 0 ? '' : text.slice(dot + 1)
  const named = (row: ApiResource) => row.plural === name || row.singular === name
  const inGroup = (row: ApiResource) => {
    if (rest === '') return true
    if (row.group === rest || row.group.startsWith(`${rest}.`)) return true
    const second = rest.indexOf('.')
    if (second < 0) return row.group === '' && row.version === rest
    return row.version === rest.slice(0, second) && row.group === rest.slice(second + 1)
  }
  const found =
    table.find((row) => named(row) && inGroup(row)) ??
    table.find((row) => row.shortNames.includes(name) && inGroup(row)) ??
    table.find((row) => row.kind.toLowerCase() === name && inGroup(row))
  return found ? { resource: found } : { error: `error: the server doesn't have a resource type "${word}"` }
}

/** Finds the resource of an object's `apiVersion` and `kind`, or refuses as the RESTMapper does. */
export function resourceOfKind(apiVersion: string, kind: string, extra: readonly ApiResource[] = []): ResourceAnswer {
  const { group, version } = splitApiVersion(apiVersion)
  const found = allResources(extra).find((row) => row.kind === kind && row.group === group && row.version === version)
  if (found) return { resource: found }
  return { error: `no matches for kind "${kind}" in version "${apiVersion}"` }
}

/** kubectl's report of an unknown kind in a file (`resource mapping not found ...`, two lines). */
export function mappingNotFound(
  name: string,
  namespace: string,
  file: string,
  apiVersion: string,
  kind: string,
): string {
  return (
    `resource mapping not found for name: "${name}" namespace: "${namespace}" from "${file}": ` +
    `no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`
  )
}

/** Resources of a category such as `all`, in the order in which `kubectl get all` prints them. */
export function resourcesInCategory(category: string, extra: readonly ApiResource[] = []): readonly ApiResource[] {
  const seen = new Set<string>()
  return allResources(extra).filter((row) => {
    const key = `${row.plural}.${row.group}`
    if (!row.categories.includes(category) || seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** `apps/v1` to its group and version; `v1` is the core group. */
export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/')
  if (slash < 0) return { group: '', version: apiVersion }
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

/** `group/version`, or only the version in the core group. */
export function apiVersionOf(resource: { readonly group: string; readonly version: string }): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
}

/** `deployment.apps`: how kubectl names the kind of an object in its messages. */
export function qualifiedSingular(resource: ApiResource): string {
  return resource.group === '' ? resource.singular : `${resource.singular}.${resource.group}`
}

/** The row that a CustomResourceDefinition adds to the table, one for each served version, storage version first. */
export function resourcesOfCrd(crd: unknown): readonly ApiResource[] {
  const spec = (crd as { spec?: CrdSpec } | undefined)?.spec
  if (!spec?.names?.plural || !spec.names.kind || !spec.group) return []
  const { names, group } = spec
  return [...(spec.versions ?? [])]
    .filter((version) => version.served !== false)
    .sort((a, b) => Number(b.storage ?? false) - Number(a.storage ?? false))
    .map((version) => ({
      group,
      version: version.name,
      kind: names.kind ?? '',
      plural: names.plural ?? '',
      singular: names.singular || (names.kind ?? '').toLowerCase(),
      shortNames: names.shortNames ?? [],
      namespaced: spec.scope !== 'Cluster',
      categories: names.categories ?? [],
      verbs: ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'],
    }))
}

interface CrdSpec {
  group?: string
  scope?: string
  names?: { plural?: string; singular?: string; kind?: string; shortNames?: string[]; categories?: string[] }
  versions?: { name: string; served?: boolean; storage?: boolean }[]
}
