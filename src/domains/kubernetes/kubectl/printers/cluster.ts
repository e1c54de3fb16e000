import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { age, ageOf, nameOf, type Printer } from './printer.ts'

/** Nodes, namespaces, events and the rules that hold in them. Models: pkg/printers/internalversion/printers.go */
export const clusterPrinters: Readonly<Record<string, Printer>> = {
  Node: {
    columns: [
      'Name',
      'Status',
      'Roles',
      'Age',
      'Version',
      'Internal-IP*',
      'External-IP*',
      'OS-Image*',
      'Kernel-Version*',
      'Container-Runtime*',
    ],
    row: (node, seen) => [
      nameOf(node),
      nodeStatus(node),
      nodeRoles(node),
      age(node, seen),
      textAt(node, 'status', 'nodeInfo', 'kubeletVersion'),
      nodeAddress(node, 'InternalIP'),
      nodeAddress(node, 'ExternalIP'),
      textAt(node, 'status', 'nodeInfo', 'osImage') || '<unknown>',
      textAt(node, 'status', 'nodeInfo', 'kernelVersion') || '<unknown>',
      textAt(node, 'status', 'nodeInfo', 'containerRuntimeVersion') || '<unknown>',
    ],
  },
  Namespace: {
    columns: ['Name', 'Status', 'Age'],
    row: (object, seen) => [nameOf(object), textAt(object, 'status', 'phase'), age(object, seen)],
  },
  Event: {
    columns: [
      'Last Seen',
      'Type',
      'Reason',
      'Object',
      'Subobject*',
      'Source*',
      'Message',
      'First Seen*',
      'Count*',
      'Name*',
    ],
    row: (event, { now }) => {
      const host = textAt(event, 'source', 'host')
      return [
        ageOf(event.lastTimestamp, now),
        textAt(event, 'type'),
        textAt(event, 'reason'),
        `${textAt(event, 'involvedObject', 'kind').toLowerCase()}/${textAt(event, 'involvedObject', 'name')}`,
        textAt(event, 'involvedObject', 'fieldPath'),
        `${textAt(event, 'source', 'component')}${host === '' ? '' : `, ${host}`}`,
        textAt(event, 'message').trim(),
        ageOf(event.firstTimestamp, now),
        String(event.count ?? 1),
        nameOf(event),
      ]
    },
  },
  ComponentStatus: {
    columns: ['Name', 'Status', 'Message', 'Error'],
    row: (object) => {
      const healthy = objectsAt(object, 'conditions')[0]
      const up = healthy?.status === 'True'
      return [
        nameOf(object),
        up ? 'Healthy' : 'Unhealthy',
        up ? textAt(healthy, 'message') : '',
        up ? '' : textAt(healthy, 'message'),
      ]
    },
  },
  ResourceQuota: {
    columns: ['Name', 'Request', 'Limit', 'Age'],
    row: (quota, seen) => {
      const hard = objectAt(quota, 'status', 'hard') ?? objectAt(quota, 'spec', 'hard') ?? {}
      const used = objectAt(quota, 'status', 'used') ?? {}
      const part = (limits: boolean) =>
        Object.keys(hard)
          .sort()
          .filter((name) => name.startsWith('limits') === limits)
          .map((name) => `${name}: ${String(used[name] ?? 0)}/${String(hard[name])}`)
          .join(', ')
      return [nameOf(quota), part(false), part(true), age(quota, seen)]
    },
  },
  PriorityClass: {
    columns: ['Name', 'Value', 'Global-Default', 'Age', 'PreemptionPolicy'],
    row: (object, seen) => [
      nameOf(object),
      String(object.value ?? 0),
      String(object.globalDefault ?? false),
      age(object, seen),
      textAt(object, 'preemptionPolicy'),
    ],
  },
  RuntimeClass: {
    columns: ['Name', 'Handler', 'Age'],
    row: (object, seen) => [nameOf(object), textAt(object, 'handler'), age(object, seen)],
  },
  Lease: {
    columns: ['Name', 'Holder', 'Age'],
    row: (object, seen) => [nameOf(object), textAt(object, 'spec', 'holderIdentity'), age(object, seen)],
  },
  ServiceAccount: {
    columns: ['Name', 'Secrets', 'Age'],
    row: (object, seen) => [nameOf(object), String(objectsAt(object, 'secrets').length), age(object, seen)],
  },
  Role: createdAt(),
  ClusterRole: createdAt(),
  LimitRange: createdAt(),
  CustomResourceDefinition: createdAt(),
  RoleBinding: binding(),
  ClusterRoleBinding: binding(),
  CertificateSigningRequest: {
    columns: ['Name', 'Age', 'SignerName', 'Requestor', 'RequestedDuration', 'Condition'],
    row: (csr, seen) => [
      nameOf(csr),
      age(csr, seen),
      textAt(csr, 'spec', 'signerName') || '<none>',
      textAt(csr, 'spec', 'username'),
      valueAt(csr, 'spec', 'expirationSeconds') === undefined
        ? '<none>'
        : ageOf(new Date(seen.now - Number(valueAt(csr, 'spec', 'expirationSeconds')) * 1000).toISOString(), seen.now),
      csrCondition(csr),
    ],
  },
}

function createdAt(): Printer {
  return {
    columns: ['Name', 'Created At'],
    row: (object) => [nameOf(object), textAt(object, 'metadata', 'creationTimestamp')],
  }
}

function binding(): Printer {
  return {
    columns: ['Name', 'Role', 'Age', 'Users*', 'Groups*', 'ServiceAccounts*'],
    row: (object, seen) => {
      const subjects = objectsAt(object, 'subjects')
      const of = (kind: string) =>
        subjects
          .filter((one) => one.kind === kind)
          .map((one) =>
            kind === 'ServiceAccount' ? `${textAt(one, 'namespace')}/${textAt(one, 'name')}` : textAt(one, 'name'),
          )
          .join(', ')
      return [
        nameOf(object),
        `${textAt(object, 'roleRef', 'kind')}/${textAt(object, 'roleRef', 'name')}`,
        age(object, seen),
        of('User'),
        of('Group'),
        of('ServiceAccount'),
      ]
    },
  }
}

/** `Ready`, `NotReady,SchedulingDisabled`, `Unknown`. */
export function nodeStatus(node: Loose): string {
  const ready = objectsAt(node, 'status', 'conditions').find((one) => one.type === 'Ready')
  const parts = ready ? [ready.status === 'True' ? 'Ready' : 'NotReady'] : ['Unknown']
  if (valueAt(node, 'spec', 'unschedulable') === true) parts.push('SchedulingDisabled')
  return parts.join(',')
}

/** Roles by the labels that name them. */
export function nodeRoles(node: Loose): string {
  const roles = Object.entries(objectAt(node, 'metadata', 'labels') ?? {}).flatMap(([key, value]) => {
    if (key.startsWith('node-role.kubernetes.io/') && key.length > 24) return [key.slice(24)]
    return key === 'kubernetes.io/role' && value !== '' ? [String(value)] : []
  })
  return roles.length === 0 ? '<none>' : roles.sort().join(',')
}

function nodeAddress(node: Loose, type: string): string {
  return (
    textAt(
      objectsAt(node, 'status', 'addresses').find((one) => one.type === type),
      'address',
    ) || '<none>'
  )
}

function csrCondition(csr: Loose): string {
  const types = objectsAt(csr, 'status', 'conditions').map((one) => one.type)
  const state = types.includes('Denied')
    ? 'Denied'
    : types.includes('Approved')
      ? 'Approved'
      : types.includes('Failed')
        ? 'Failed'
        : 'Pending'
  return textAt(csr, 'status', 'certificate') === '' ? state : `${state},Issued`
}
