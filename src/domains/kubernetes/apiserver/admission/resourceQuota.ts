import type { World } from '../../../../kernel/index.ts'
import { byText, isObject, type Loose, objectAt, objectsAt, textAt } from '../../api/loose.ts'
import {
  addQuantity,
  canonical,
  compareQuantity,
  parseQuantity,
  type Quantity,
  quantityOf,
} from '../../api/quantity.ts'
import { resourceTable } from '../../api/resourceTable.ts'
import { every, type ObjectEntity } from '../../object/object.ts'
import { podTotals } from './podTotals.ts'

/** Amounts by the names of a quota's resources: `pods`, `requests.cpu`, `count/deployments.apps`. */
export type Amounts = ReadonlyMap<string, Quantity>

/**
 * The quotas of a namespace while several objects are admitted at one instant: what each admitted object takes counts for the next,
 * although none is stored yet. Models: apiserver plugin/pkg/admission/resourcequota/controller.go checkRequest
 */
export class QuotaLedger {
  private readonly quotas: readonly { readonly quota: ObjectEntity; readonly used: Map<string, Quantity> }[]

  constructor(world: World, namespace: string) {
    this.quotas = quotasOf(world, namespace).map((quota) => ({ quota, used: new Map(usageOf(world, quota)) }))
  }

  /** Whether there is nothing to check at all. */
  get empty(): boolean {
    return this.quotas.length === 0
  }

  /** Takes the amounts of a new object from every quota that covers it, or says what forbids it and takes nothing. */
  take(kind: string, spec: Loose | undefined, before?: Loose): string | undefined {
    const wanted: { used: Map<string, Quantity>; delta: Map<string, Quantity> }[] = []
    for (const { quota, used } of this.quotas) {
      if (!covers(quota, kind, spec)) continue
      const missing = kind === 'Pod' ? missingResources(quota, spec) : []
      if (missing.length > 0) return `failed quota: ${quota.metadata.name}: must specify ${missing.join('; ')}`
      const hard = hardOf(quota)
      const delta = new Map<string, Quantity>()
      const now = amountsOf(kind, spec)
      const then = before === undefined ? undefined : amountsOf(kind, before)
      for (const [name, amount] of now) {
        if (!hard.has(name)) continue
        if (then && compareQuantity(amount, then.get(name) ?? ZERO) <= 0) continue
        delta.set(name, amount)
      }
      const exceeded = [...delta.keys()].sort(byText).filter((name) => {
        const sum = addQuantity(used.get(name) ?? ZERO, delta.get(name) ?? ZERO)
        return compareQuantity(sum, hard.get(name) ?? ZERO) > 0
      })
      if (exceeded.length > 0) {
        const list = (of: ReadonlyMap<string, Quantity>) =>
          exceeded.map((name) => `${name}=${canonical(of.get(name) ?? ZERO)}`).join(',')
        return `exceeded quota: ${quota.metadata.name}, requested: ${list(delta)}, used: ${list(used)}, limited: ${list(hard)}`
      }
      wanted.push({ used, delta })
    }
    for (const { used, delta } of wanted)
      for (const [name, amount] of delta) used.set(name, addQuantity(used.get(name) ?? ZERO, amount))
    return undefined
  }
}

/** The ResourceQuotas of a namespace, by name. */
export function quotasOf(world: World, namespace: string): readonly ObjectEntity[] {
  const found: ObjectEntity[] = []
  for (const entity of every(world, 'ResourceQuota')) if (entity.metadata.namespace === namespace) found.push(entity)
  return found.sort((a, b) => byText(a.metadata.name, b.metadata.name))
}

/** What the objects of its namespace use of a quota's resources. */
export function usageOf(world: World, quota: ObjectEntity): Amounts {
  const used = new Map<string, Quantity>([...hardOf(quota).keys()].sort(byText).map((name) => [name, ZERO]))
  for (const kind of kindsOf(quota)) {
    for (const entity of every(world, kind)) {
      if (entity.metadata.namespace !== quota.metadata.namespace) continue
      if (kind === 'Pod' && !counts(entity)) continue
      if (!covers(quota, kind, entity.spec)) continue
      for (const [name, amount] of amountsOf(kind, entity.spec)) {
        const before = used.get(name)
        if (before) used.set(name, addQuantity(before, amount))
      }
    }
  }
  return used
}

/** The limits of a quota. */
export function hardOf(quota: ObjectEntity): Amounts {
  const hard = new Map<string, Quantity>()
  for (const [name, text] of Object.entries(objectAt(quota.spec, 'hard') ?? {})) {
    const quantity = typeof text === 'string' || typeof text === 'number' ? parseQuantity(text) : undefined
    if (quantity) hard.set(name, quantity)
  }
  return hard
}

const ZERO = quantityOf(0)
const ONE = quantityOf(1)

const plainNames: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  Secret: 'secrets',
  Service: 'services',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  ReplicationController: 'replicationcontrollers',
  ResourceQuota: 'resourcequotas',
}

/** A finished pod no longer counts. */
function counts(pod: ObjectEntity): boolean {
  const phase = pod.status?.phase
  return phase !== 'Succeeded' && phase !== 'Failed'
}

function countName(kind: string): string | undefined {
  const row = resourceTable.find((resource) => resource.kind === kind && resource.namespaced)
  if (!row) return undefined
  return row.group === '' ? `count/${row.plural}` : `count/${row.plural}.${row.group}`
}

function kindsOf(quota: ObjectEntity): readonly string[] {
  const kinds = new Set<string>()
  for (const name of hardOf(quota).keys()) {
    const row = resourceTable.find((resource) => resource.namespaced && countName(resource.kind) === name)
    const plain = Object.entries(plainNames).find(([, plural]) => plural === name)
    if (row) kinds.add(row.kind)
    else if (plain) kinds.add(plain[0])
    else if (name.startsWith('services.')) kinds.add('Service')
    else if (name === 'requests.storage' || name.includes('storageclass')) kinds.add('PersistentVolumeClaim')
    else kinds.add('Pod')
  }
  return [...kinds].sort(byText)
}

function amountsOf(kind: string, spec: Loose | undefined): Amounts {
  const amounts = new Map<string, Quantity>()
  const count = countName(kind)
  if (count) amounts.set(count, ONE)
  const plain = plainNames[kind]
  if (plain) amounts.set(plain, ONE)
  if (kind === 'Pod') for (const [name, amount] of podTotals(spec)) amounts.set(name, amount)
  if (kind === 'Service') {
    const type = textAt(spec, 'type')
    const ports = quantityOf(objectsAt(spec, 'ports').length)
    if (type === 'NodePort' || (type === 'LoadBalancer' && spec?.allocateLoadBalancerNodePorts !== false))
      amounts.set('services.nodeports', ports)
    if (type === 'LoadBalancer') amounts.set('services.loadbalancers', ONE)
  }
  if (kind === 'PersistentVolumeClaim') {
    const request = objectAt(spec, 'resources', 'requests')?.storage
    const quantity = typeof request === 'string' ? parseQuantity(request) : undefined
    const cls = textAt(spec, 'storageClassName')
    if (quantity) amounts.set('requests.storage', quantity)
    if (cls !== '') {
      amounts.set(`${cls}.storageclass.storage.k8s.io/persistentvolumeclaims`, ONE)
      if (quantity) amounts.set(`${cls}.storageclass.storage.k8s.io/requests.storage`, quantity)
    }
  }
  return amounts
}

/** Whether the quota's scopes take in this object; only pods have scopes. */
function covers(quota: ObjectEntity, kind: string, spec: Loose | undefined): boolean {
  const scopes = Array.isArray(quota.spec?.scopes) ? (quota.spec.scopes as readonly string[]) : []
  const terms = objectsAt(quota.spec, 'scopeSelector', 'matchExpressions')
  if (scopes.length === 0 && terms.length === 0) return true
  if (kind !== 'Pod') return false
  return scopes.every((scope) => inScope(scope, spec)) && terms.every((term) => inTerm(term, spec))
}

function inScope(scope: string, spec: Loose | undefined): boolean {
  const bestEffort = [...podTotals(spec).keys()].every((name) => name === 'pods' || name === 'count/pods')
  switch (scope) {
    case 'Terminating':
      return typeof spec?.activeDeadlineSeconds === 'number'
    case 'NotTerminating':
      return typeof spec?.activeDeadlineSeconds !== 'number'
    case 'BestEffort':
      return bestEffort
    case 'NotBestEffort':
      return !bestEffort
    case 'PriorityClass':
      return textAt(spec, 'priorityClassName') !== ''
    default:
      return false
  }
}

function inTerm(term: Loose, spec: Loose | undefined): boolean {
  const values = Array.isArray(term.values) ? (term.values as readonly unknown[]) : []
  if (term.scopeName !== 'PriorityClass') return inScope(textAt(term, 'scopeName'), spec)
  const name = textAt(spec, 'priorityClassName')
  switch (term.operator) {
    case 'In':
      return values.includes(name)
    case 'NotIn':
      return !values.includes(name)
    case 'DoesNotExist':
      return name === ''
    default:
      return name !== ''
  }
}

/** Every container must name each compute resource that the quota limits: `limits.cpu for: app`. */
function missingResources(quota: ObjectEntity, spec: Loose | undefined): readonly string[] {
  const byResource: string[] = []
  const names = [...hardOf(quota).keys()].sort(byText)
  for (const name of names) {
    const [part, resource] = name.startsWith('limits.')
      ? (['limits', name.slice(7)] as const)
      : (['requests', name.replace('requests.', '')] as const)
    if (resource !== 'cpu' && resource !== 'memory') continue
    const lacking = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')].filter((container) => {
      const own = objectAt(container, 'resources', part)
      return !isObject(own) || own[resource] === undefined
    })
    if (lacking.length > 0)
      byResource.push(
        `${name} for: ${lacking
          .map((container) => textAt(container, 'name'))
          .sort(byText)
          .join(',')}`,
      )
  }
  return byResource
}
