import { defineIndex, type World } from '../../../kernel/index.ts'
import { podSpec } from '../endpoints/podFacts.ts'
import { every, find, type ObjectEntity } from '../object/object.ts'

/** What an Ingress sends requests to. */
export interface IngressBackend {
  readonly service?: { readonly name: string; readonly port?: { readonly number?: number; readonly name?: string } }
}

/** The spec of an Ingress. */
export interface IngressSpec {
  readonly ingressClassName?: string
  readonly defaultBackend?: IngressBackend
  readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[]
  readonly rules?: readonly {
    readonly host?: string
    readonly http?: {
      readonly paths?: readonly {
        readonly path?: string
        readonly pathType?: string
        readonly backend: IngressBackend
      }[]
    }
  }[]
}

/** Where a request goes: to a backend of an Ingress with a path that may be rewritten, elsewhere, or nowhere. */
export type IngressTarget =
  | { readonly is: 'backend'; readonly ingress: ObjectEntity; readonly backend: IngressBackend; readonly path: string }
  | { readonly is: 'redirect'; readonly ingress: ObjectEntity; readonly to: string }
  | { readonly is: 'none' }

/** What `spec.controller` of an IngressClass says when ingress-nginx serves it. */
const CONTROLLER = 'k8s.io/ingress-nginx'

/** Pods that run ingress-nginx. */
export const ingressControllerPods = defineIndex('k8s.ingressControllerPods', ['k8s.Pod'], (entity) =>
  isIngressController(entity as ObjectEntity) ? 'nginx' : undefined,
)

/** Whether a pod runs ingress-nginx. */
export function isIngressController(pod: ObjectEntity): boolean {
  const { containers } = podSpec(pod)
  if (!containers) return false
  let known = controllers.get(containers)
  if (known === undefined) {
    known = containers.some(({ image }) =>
      /ingress-nginx\/controller|nginx-ingress-controller|nginx\/nginx-ingress/.test(image ?? ''),
    )
    controllers.set(containers, known)
  }
  return known
}

const controllers = new WeakMap<object, boolean>()

/** Whether ingress-nginx looks after an Ingress: its class, or the old annotation, names one that it serves. */
export function servesIngress(world: World, ingress: ObjectEntity): boolean {
  const spec = (ingress.spec ?? {}) as IngressSpec
  const old = ingress.metadata.annotations?.['kubernetes.io/ingress.class']
  if (spec.ingressClassName === undefined) return old === 'nginx'
  const of = find(world, 'IngressClass', undefined, spec.ingressClassName)
  return (of?.spec as { readonly controller?: string } | undefined)?.controller === CONTROLLER
}

/**
 * Chooses among all Ingresses: an exact host before a wildcard before none, an exact path before the longest prefix, the older object
 * before the younger.
 * Models: ingress-nginx internal/ingress/controller, networking.k8s.io/v1 IngressRule
 */
export function routeIngress(world: World, host: string, url: string, secure: boolean): IngressTarget {
  const path = url.replace(/\?.*$/, '')
  let best: { rank: number; target: IngressTarget } = { rank: -1, target: { is: 'none' } }
  for (const ingress of every(world, 'Ingress')) {
    if (!servesIngress(world, ingress)) continue
    const spec = (ingress.spec ?? {}) as IngressSpec
    const offer = (rank: number, backend: IngressBackend, matched: string) => {
      if (rank > best.rank) best = { rank, target: targetOf(ingress, spec, host, url, secure, backend, matched) }
    }
    if (spec.defaultBackend) offer(0, spec.defaultBackend, '/')
    for (const rule of spec.rules ?? []) {
      const ofHost = hostRank(rule.host, host)
      if (ofHost < 0) continue
      for (const one of rule.http?.paths ?? []) {
        const ofPath = pathRank(one.path ?? '/', one.pathType ?? 'ImplementationSpecific', path, ingress)
        if (ofPath > 0) offer(ofHost * 100_000 + ofPath, one.backend, one.path ?? '/')
      }
    }
  }
  return best.target
}

function hostRank(rule: string | undefined, host: string): number {
  if (rule === undefined || rule === '') return 1
  if (rule === host) return 3
  return rule.startsWith('*.') && host.slice(host.indexOf('.')) === rule.slice(1) ? 2 : -1
}

function pathRank(rule: string, type: string, path: string, ingress: ObjectEntity): number {
  if (type === 'Exact') return rule === path ? 50_000 : 0
  if (usesPatterns(ingress)) return pattern(rule)?.test(path) ? rule.length : 0
  const bare = rule.replace(/\/+$/, '')
  return bare === '' || path === bare || path.startsWith(`${bare}/`) ? bare.length + 1 : 0
}

function usesPatterns(ingress: ObjectEntity): boolean {
  const notes = ingress.metadata.annotations
  return (
    notes?.['nginx.ingress.kubernetes.io/use-regex'] === 'true' ||
    notes?.['nginx.ingress.kubernetes.io/rewrite-target'] !== undefined
  )
}

function pattern(rule: string): RegExp | undefined {
  try {
    return new RegExp(`^${rule}`, 'i')
  } catch {
    return undefined
  }
}

function targetOf(
  ingress: ObjectEntity,
  spec: IngressSpec,
  host: string,
  url: string,
  secure: boolean,
  backend: IngressBackend,
  matched: string,
): IngressTarget {
  const notes = ingress.metadata.annotations ?? {}
  const covered = spec.tls?.some(({ hosts }) => !hosts?.length || hosts.some((one) => hostRank(one, host) > 1))
  const forced = notes['nginx.ingress.kubernetes.io/force-ssl-redirect'] === 'true'
  if (!secure && (forced || (covered && notes['nginx.ingress.kubernetes.io/ssl-redirect'] !== 'false')))
    return { is: 'redirect', ingress, to: `https://${host}${url}` }
  const rewrite = notes['nginx.ingress.kubernetes.io/rewrite-target']
  if (rewrite === undefined) return { is: 'backend', ingress, backend, path: url }
  const [path = '/', query] = url.split('?', 2)
  const groups = pattern(matched)?.exec(path)
  const rewritten = rewrite.replace(/\$(\d)/g, (_, n) => groups?.[Number(n)] ?? '')
  return { is: 'backend', ingress, backend, path: query === undefined ? rewritten : `${rewritten}?${query}` }
}
