import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { addQuantity, parseQuantity, type Quantity, quantityOf } from '../../api/quantity.ts'
import { podsByNode } from '../../kubelet/container.ts'
import { every, type ObjectEntity } from '../../object/object.ts'
import { nodeRoles } from '../printers/cluster.ts'
import { ageOf } from '../printers/printer.ts'
import type { Describer } from './describer.ts'
import { amounts, flat, longTime, type Sheet } from './sheet.ts'

/** Nodes, namespaces and what rules in them. Models: kubectl/pkg/describe */
export const clusterDescribers: Readonly<Record<string, Describer>> = {
  Node(sheet, node) {
    sheet.head(node, false)
    sheet.field('Roles', nodeRoles(node))
    sheet.marks(node)
    sheet.field('CreationTimestamp', longTime(valueAt(node, 'metadata', 'creationTimestamp')))
    taints(sheet, objectsAt(node, 'spec', 'taints'))
    sheet.field('Unschedulable', valueAt(node, 'spec', 'unschedulable') === true)
    lease(sheet, node)
    const conditions = objectsAt(node, 'status', 'conditions')
    if (conditions.length > 0) {
      sheet.line(0, 'Conditions:')
      sheet.line(1, 'Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage')
      sheet.line(1, '----\t------\t-----------------\t------------------\t------\t-------')
      for (const one of conditions)
        sheet.line(
          1,
          `${textAt(one, 'type')} \t${textAt(one, 'status')} \t${longTime(one.lastHeartbeatTime)} \t${longTime(one.lastTransitionTime)} \t${textAt(one, 'reason')} \t${textAt(one, 'message')}`,
        )
    }
    sheet.line(0, 'Addresses:')
    for (const one of objectsAt(node, 'status', 'addresses'))
      sheet.field(textAt(one, 'type'), textAt(one, 'address'), 1)
    for (const [title, field] of [
      ['Capacity', 'capacity'],
      ['Allocatable', 'allocatable'],
    ] as const) {
      const list = amounts(objectAt(node, 'status', field))
      if (list.length > 0) sheet.line(0, `${title}:`)
      for (const [name, amount] of list) sheet.field(name, amount, 1)
    }
    const info = (field: string) => textAt(node, 'status', 'nodeInfo', field)
    sheet.line(0, 'System Info:')
    sheet.field('Machine ID', info('machineID'), 1)
    sheet.field('System UUID', info('systemUUID'), 1)
    sheet.field('Boot ID', info('bootID'), 1)
    sheet.field('Kernel Version', info('kernelVersion'), 1)
    sheet.field('OS Image', info('osImage'), 1)
    sheet.field('Operating System', info('operatingSystem'), 1)
    sheet.field('Architecture', info('architecture'), 1)
    sheet.field('Container Runtime Version', info('containerRuntimeVersion'), 1)
    sheet.field('Kubelet Version', info('kubeletVersion'), 1)
    const cidr = textAt(node, 'spec', 'podCIDR')
    if (cidr !== '') sheet.field('PodCIDR', cidr)
    const cidrs = valueAt(node, 'spec', 'podCIDRs')
    if (Array.isArray(cidrs) && cidrs.length > 0) sheet.field('PodCIDRs', cidrs.join(','))
    if (textAt(node, 'spec', 'providerID') !== '') sheet.field('ProviderID', textAt(node, 'spec', 'providerID'))
    allocated(sheet, node)
  },
  Namespace(sheet, namespace) {
    sheet.head(namespace, false)
    sheet.marks(namespace)
    sheet.field('Status', textAt(namespace, 'status', 'phase'))
    const conditions = objectsAt(namespace, 'status', 'conditions')
    if (conditions.length > 0) {
      sheet.line(0, 'Conditions:')
      sheet.line(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage')
      sheet.line(1, '----\t------\t------------------\t------\t-------')
      for (const one of conditions)
        sheet.line(
          1,
          `${textAt(one, 'type')}\t${textAt(one, 'status')}\t${longTime(one.lastTransitionTime)}\t${textAt(one, 'reason')}\t${textAt(one, 'message')}`,
        )
    }
    const name = textAt(namespace, 'metadata', 'name')
    const of = (kind: string) => [...every(sheet.world, kind)].filter((one) => one.metadata.namespace === name)
    sheet.line(0, '')
    quotas(sheet, of('ResourceQuota'))
    sheet.line(0, '')
    limits(sheet, of('LimitRange'))
  },
  ResourceQuota(sheet, quota) {
    sheet.head(quota)
    quotaRows(sheet, quota, 0)
  },
  LimitRange(sheet, object) {
    sheet.head(object)
    sheet.line(0, 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio')
    sheet.line(0, '----\t--------\t---\t---\t---------------\t-------------\t-----------------------')
    limitRows(sheet, objectsAt(object, 'spec', 'limits'), '')
  },
  PriorityClass(sheet, object) {
    sheet.head(object, false)
    sheet.field('Value', object.value ?? 0)
    sheet.field('GlobalDefault', object.globalDefault ?? false)
    sheet.field('PreemptionPolicy', object.preemptionPolicy)
    sheet.field('Description', object.description ?? '')
    sheet.field('Annotations', flat(valueAt(object, 'metadata', 'annotations')))
  },
  ServiceAccount(sheet, object) {
    sheet.head(object)
    sheet.marks(object)
    const names = (field: string) => objectsAt(object, field).map((one) => textAt(one, 'name'))
    for (const [title, list] of [
      ['Image pull secrets', names('imagePullSecrets')],
      ['Mountable secrets', names('secrets')],
      ['Tokens', []],
    ] as const) {
      sheet.field(title, list[0] ?? '<none>')
      for (const name of list.slice(1)) sheet.line(0, `\t${name}`)
    }
  },
  Role: rules,
  ClusterRole: rules,
  RoleBinding: binding,
  ClusterRoleBinding: binding,
}

function rules(sheet: Sheet, object: Loose): void {
  sheet.head(object, false)
  sheet.marks(object)
  sheet.line(0, 'PolicyRule:')
  sheet.line(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs')
  sheet.line(1, '---------\t-----------------\t--------------\t-----')
  for (const row of compactRules(objectsAt(object, 'rules'))) sheet.line(1, row)
}

/** A row for each resource, its verbs together, in the order of the rules' Go texts. Models: pkg/apis/rbac CompactRules, SortableRuleSlice */
function compactRules(given: readonly Loose[]): readonly string[] {
  const verbsOf = new Map<string, string[]>()
  for (const rule of given) {
    const list = (field: string) => (Array.isArray(rule[field]) ? (rule[field] as string[]) : [])
    const names = list('resourceNames').length > 0 ? list('resourceNames') : ['']
    for (const group of list('apiGroups'))
      for (const resource of list('resources'))
        for (const name of names) {
          const key = [group, resource, name, ''].join('\t')
          verbsOf.set(key, [...(verbsOf.get(key) ?? []), ...list('verbs')])
        }
    for (const url of list('nonResourceURLs'))
      for (const verb of list('verbs')) verbsOf.set(['', '', verb, url].join('\t'), [verb])
  }
  return [...verbsOf]
    .map(([key, verbs]) => {
      const [group = '', resource = '', name = '', url = ''] = key.split('\t')
      const told = url === '' ? name : ''
      const shown = group === '' ? resource : `${resource}.${group}`
      return {
        order: `Verbs:[${verbs.join(' ')}],APIGroups:[${group}],Resources:[${resource}],ResourceNames:[${told}],NonResourceURLs:[${url}],`,
        row: `${shown}\t[${url}]\t[${told}]\t[${verbs.join(' ')}]`,
      }
    })
    .sort((one, other) => (one.order < other.order ? -1 : one.order > other.order ? 1 : 0))
    .map(({ row }) => row)
}

function binding(sheet: Sheet, object: Loose): void {
  sheet.head(object, false)
  sheet.marks(object)
  sheet.line(0, 'Role:')
  sheet.field('Kind', textAt(object, 'roleRef', 'kind'), 1)
  sheet.field('Name', textAt(object, 'roleRef', 'name'), 1)
  sheet.line(0, 'Subjects:')
  sheet.line(1, 'Kind\tName\tNamespace')
  sheet.line(1, '----\t----\t---------')
  for (const one of objectsAt(object, 'subjects'))
    sheet.line(1, `${textAt(one, 'kind')}\t${textAt(one, 'name')}\t${textAt(one, 'namespace')}`)
}

function taints(sheet: Sheet, list: readonly Loose[]): void {
  if (list.length === 0) sheet.line(0, 'Taints:\t<none>')
  const sorted = [...list].sort((a, b) =>
    `${textAt(a, 'effect')},${textAt(a, 'key')}` < `${textAt(b, 'effect')},${textAt(b, 'key')}` ? -1 : 1,
  )
  for (const [i, one] of sorted.entries())
    sheet.line(
      0,
      `${i === 0 ? 'Taints:' : ''}\t${textAt(one, 'key')}${one.value ? `=${String(one.value)}` : ''}:${textAt(one, 'effect')}`,
    )
}

function lease(sheet: Sheet, node: Loose): void {
  const name = textAt(node, 'metadata', 'name')
  const found = sheet.world.get(`k8s.Lease/kube-node-lease/${name}`) as ObjectEntity | undefined
  if (!found) {
    sheet.line(0, `Lease:\tFailed to get lease: leases.coordination.k8s.io "${name}" not found`)
    return
  }
  sheet.line(0, 'Lease:')
  sheet.field('HolderIdentity', textAt(found.spec, 'holderIdentity') || '<unset>', 1)
  sheet.field('AcquireTime', found.spec?.acquireTime ? longTime(found.spec.acquireTime) : '<unset>', 1)
  sheet.field('RenewTime', found.spec?.renewTime ? longTime(found.spec.renewTime) : '<unset>', 1)
}

const NOTHING = quantityOf(0)

function allocated(sheet: Sheet, node: Loose): void {
  const name = textAt(node, 'metadata', 'name')
  const pods = (sheet.world.lookup(podsByNode, name) as readonly ObjectEntity[])
    .filter((pod) => pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed')
    .sort((a, b) =>
      `${a.metadata.namespace}/${a.metadata.name}` < `${b.metadata.namespace}/${b.metadata.name}` ? -1 : 1,
    )
  const room = objectAt(node, 'status', 'allocatable') ?? objectAt(node, 'status', 'capacity') ?? {}
  sheet.field('Non-terminated Pods', `(${pods.length} in total)`)
  sheet.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge')
  sheet.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---')
  const totals = new Map<string, Quantity>()
  for (const pod of pods) {
    const cells = (
      [
        'requests cpu',
        'limits cpu',
        'requests memory',
        'limits memory',
        'requests ephemeral-storage',
        'limits ephemeral-storage',
      ] as const
    ).map((key) => {
      const [list, resource] = key.split(' ') as ['requests' | 'limits', string]
      const amount = podAmount(pod.spec as unknown as Loose, list, resource)
      totals.set(key, addQuantity(totals.get(key) ?? NOTHING, amount))
      return share(amount, room[resource], resource)
    })
    sheet.line(
      1,
      `${pod.metadata.namespace}\t${pod.metadata.name}\t\t${cells.slice(0, 4).join('\t')}\t${ageOf(pod.metadata.creationTimestamp, sheet.now)}`,
    )
  }
  sheet.line(0, 'Allocated resources:')
  sheet.line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)')
  sheet.line(1, 'Resource\tRequests\tLimits')
  sheet.line(1, '--------\t--------\t------')
  for (const resource of ['cpu', 'memory', 'ephemeral-storage'])
    sheet.line(
      1,
      `${resource}\t${share(totals.get(`requests ${resource}`) ?? NOTHING, room[resource], resource)}\t${share(totals.get(`limits ${resource}`) ?? NOTHING, room[resource], resource)}`,
    )
}

function share(amount: Quantity, room: unknown, resource: string): string {
  const all = room === undefined ? undefined : parseQuantity(String(room))
  const of = (quantity: Quantity) => (resource === 'cpu' ? quantity.milli : quantity.integer)
  const percent = all && of(all) > 0 ? Math.trunc((of(amount) / of(all)) * 100) : 0
  return `${amount.toString()} (${percent}%)`
}

/** What a pod counts for: its containers and sidecars together, or an init container that needs more. Models: resourcehelper.PodRequests */
function podAmount(spec: Loose, list: 'requests' | 'limits', resource: string): Quantity {
  const own = valueAt(spec, 'resources', list, resource)
  if (own !== undefined) return parseQuantity(String(own)) ?? NOTHING
  const of = (container: Loose) => {
    const value = valueAt(container, 'resources', list, resource)
    return value === undefined ? NOTHING : (parseQuantity(String(value)) ?? NOTHING)
  }
  let sum = objectsAt(spec, 'containers').map(of).reduce(addQuantity, NOTHING)
  let sidecars = NOTHING
  let most = NOTHING
  for (const init of objectsAt(spec, 'initContainers')) {
    const amount = of(init)
    if (init.restartPolicy === 'Always') {
      sum = addQuantity(sum, amount)
      sidecars = addQuantity(sidecars, amount)
    } else {
      const needed = addQuantity(amount, sidecars)
      if (needed.milli > most.milli) most = needed
    }
  }
  const total = most.milli > sum.milli ? most : sum
  const overhead = valueAt(spec, 'overhead', resource)
  return overhead !== undefined && total.milli > 0
    ? addQuantity(total, parseQuantity(String(overhead)) ?? NOTHING)
    : total
}

function quotas(sheet: Sheet, list: readonly ObjectEntity[]): void {
  if (list.length === 0) {
    sheet.line(0, 'No resource quota.')
    return
  }
  sheet.line(0, 'Resource Quotas')
  for (const quota of [...list].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))) {
    sheet.field('Name', quota.metadata.name, 1)
    quotaRows(sheet, { spec: quota.spec, status: quota.status }, 1)
  }
}

function quotaRows(sheet: Sheet, quota: Loose, level: number): void {
  const scopes = valueAt(quota, 'spec', 'scopes')
  if (Array.isArray(scopes) && scopes.length > 0) sheet.field('Scopes', [...scopes].sort().join(', '), level)
  sheet.line(level, 'Resource\tUsed\tHard')
  sheet.line(level, level === 0 ? '--------\t----\t----' : '--------\t---\t---')
  for (const [name, hard] of amounts(objectAt(quota, 'status', 'hard')))
    sheet.line(level, `${name}\t${String(valueAt(quota, 'status', 'used', name) ?? 0)}\t${hard}`)
}

function limits(sheet: Sheet, list: readonly ObjectEntity[]): void {
  if (list.length === 0) {
    sheet.line(0, 'No LimitRange resource.')
    return
  }
  sheet.line(0, 'Resource Limits')
  sheet.line(0, ' Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio')
  sheet.line(0, ' ----\t--------\t---\t---\t---------------\t-------------\t-----------------------')
  for (const one of list) limitRows(sheet, objectsAt(one.spec, 'limits'), ' ')
}

function limitRows(sheet: Sheet, items: readonly Loose[], prefix: string): void {
  for (const item of items) {
    const fields = ['min', 'max', 'defaultRequest', 'default', 'maxLimitRequestRatio']
    const names = new Set(fields.flatMap((field) => Object.keys(objectAt(item, field) ?? {})))
    for (const name of [...names].sort())
      sheet.line(
        0,
        `${prefix}${textAt(item, 'type')}\t${name}\t${fields.map((field) => String(valueAt(item, field, name) ?? '-')).join('\t')}`,
      )
  }
}
