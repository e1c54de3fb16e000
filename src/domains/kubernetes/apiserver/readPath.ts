import type { World } from '../../../kernel/index.ts'
import type { ApiResource } from '../api/apiResource.ts'
import { allResources, apiVersionOf } from '../api/resources.ts'
import { VERSION_INFO } from '../api/version.ts'
import { apiWorks } from '../components/component.ts'
import type { KubeObject, ObjectEntity } from '../object/object.ts'
import { get, list } from './read.ts'
import { type ApiStatus, refuse } from './result.ts'
import { getScale } from './scale.ts'
import { customResources, served } from './stored.ts'

/** What the API server answers to a GET: text, an object, or a refusal. */
export type PathAnswer =
  | { readonly code: number; readonly text: string }
  | { readonly code: 200; readonly json: unknown }
  | { readonly code: number; readonly status: ApiStatus }

const UNKNOWN = refuse(404, 'NotFound', 'the server could not find the requested resource').status

/**
 * Answers a GET of a path of the API: health, version, discovery, lists and objects with their `status` and `scale`.
 * Models: apiserver pkg/endpoints, pkg/server/routes. Unlike Kubernetes, it cannot be watched, and `limit` does not cut lists.
 */
export function readPath(world: World, uri: string): PathAnswer {
  const [path = '/', query = ''] = uri.split('?', 2)
  const parts = path.split('/').filter((part) => part !== '')
  const resources = allResources(customResources(world))
  const [first, second, third] = parts
  if (first === undefined) return { code: 200, json: { paths: pathsOf(resources) } }
  if (parts.length === 1) {
    if (first === 'healthz' || first === 'livez' || first === 'readyz')
      return apiWorks(world) ? { code: 200, text: 'ok' } : { code: 500, text: '[-]etcd failed: reason withheld\n' }
    if (first === 'version') return { code: 200, json: VERSION_INFO }
    if (first === 'api')
      return {
        code: 200,
        json: {
          kind: 'APIVersions',
          versions: ['v1'],
          serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '172.20.0.2:6443' }],
        },
      }
    if (first === 'apis')
      return { code: 200, json: { kind: 'APIGroupList', apiVersion: 'v1', groups: groupsOf(resources) } }
  }
  if (first === 'apis' && parts.length === 2) {
    const group = groupsOf(resources).find(({ name }) => name === second)
    return group ? { code: 200, json: { kind: 'APIGroup', apiVersion: 'v1', ...group } } : unknown()
  }
  const core = first === 'api'
  if (!core && first !== 'apis') return { code: 404, text: '404 page not found\n' }
  const version = core ? String(second) : `${second}/${third}`
  const those = resources.filter((resource) => apiVersionOf(resource) === version)
  if (those.length === 0) return core ? { code: 404, text: '404 page not found\n' } : unknown()
  const rest = parts.slice(core ? 2 : 3)
  if (rest.length === 0) return { code: 200, json: resourceList(version, those) }
  return ofResource(world, those, rest, new Map(query.split('&').map(pair)))
}

function unknown(): PathAnswer {
  return { code: 404, status: UNKNOWN }
}

function pair(text: string): readonly [string, string] {
  const cut = text.indexOf('=')
  const plain = (part: string) =>
    part
      .replaceAll('+', ' ')
      .replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return cut < 0 ? [plain(text), ''] : [plain(text.slice(0, cut)), plain(text.slice(cut + 1))]
}

function ofResource(
  world: World,
  those: readonly ApiResource[],
  rest: readonly string[],
  query: ReadonlyMap<string, string>,
): PathAnswer {
  const inside = rest[0] === 'namespaces' && rest.length > 2 && those.some(({ plural }) => plural === rest[2])
  const namespace = inside ? rest[1] : undefined
  const [plural, name, subresource, ...more] = inside ? rest.slice(2) : rest
  const resource = those.find((one) => one.plural === plural)
  if (!resource || more.length > 0) return unknown()
  if (name === undefined) {
    const found = list(world, resource, {
      namespace,
      labelSelector: query.get('labelSelector') ?? '',
      fieldSelector: query.get('fieldSelector') ?? '',
    })
    if (!found.ok) return { code: found.status.code, status: found.status }
    return { code: 200, json: listOf(world, resource, found.entities) }
  }
  if (resource.namespaced !== (namespace !== undefined)) return unknown()
  const one =
    subresource === 'scale'
      ? getScale(world, resource, namespace, name)
      : subresource === undefined || subresource === 'status'
        ? get(world, resource, namespace, name)
        : { ok: false as const, status: UNKNOWN }
  return one.ok ? { code: 200, json: one.object } : { code: one.status.code, status: one.status }
}

function listOf(world: World, resource: ApiResource, entities: readonly ObjectEntity[]): unknown {
  const items = entities.map((entity) => {
    const { apiVersion: _version, kind: _kind, ...object } = served(entity, resource) as KubeObject
    return object
  })
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: { resourceVersion: String(world.revision) },
    items,
  }
}

function resourceList(groupVersion: string, those: readonly ApiResource[]): unknown {
  return {
    kind: 'APIResourceList',
    ...(groupVersion === 'v1' ? {} : { apiVersion: 'v1' }),
    groupVersion,
    resources: [...those]
      .sort((a, b) => (a.plural < b.plural ? -1 : 1))
      .map(({ plural, singular, namespaced, kind, verbs, shortNames, categories }) => ({
        name: plural,
        singularName: singular,
        namespaced,
        kind,
        verbs,
        ...(shortNames.length > 0 ? { shortNames } : {}),
        ...(categories.length > 0 ? { categories } : {}),
      })),
  }
}

interface Group {
  readonly name: string
  readonly versions: readonly { readonly groupVersion: string; readonly version: string }[]
  readonly preferredVersion: { readonly groupVersion: string; readonly version: string }
}

function groupsOf(resources: readonly ApiResource[]): readonly Group[] {
  const groups = new Map<string, { readonly groupVersion: string; readonly version: string }[]>()
  for (const resource of resources) {
    if (resource.group === '') continue
    const versions = groups.get(resource.group) ?? []
    groups.set(resource.group, versions)
    const groupVersion = apiVersionOf(resource)
    if (!versions.some((one) => one.groupVersion === groupVersion))
      versions.push({ groupVersion, version: resource.version })
  }
  return [...groups].map(([name, versions]) => ({ name, versions, preferredVersion: versions[0] as never }))
}

function pathsOf(resources: readonly ApiResource[]): readonly string[] {
  const groups = groupsOf(resources).flatMap(({ name, versions }) => [
    `/apis/${name}`,
    ...versions.map(({ groupVersion }) => `/apis/${groupVersion}`),
  ])
  return ['/api', '/api/v1', '/apis', ...groups, '/healthz', '/livez', '/readyz', '/version'].sort()
}
