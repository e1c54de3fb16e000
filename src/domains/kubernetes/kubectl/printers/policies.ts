import { type Loose, objectAt, objectsAt, textAt, valueAt } from '../../api/loose.ts'
import { age, nameOf, type Printer } from './printer.ts'

/** Drivers, webhooks, flow control, devices and migrations. Models: pkg/printers/internalversion/printers.go */
export const policyPrinters: Readonly<Record<string, Printer>> = {
  CSIDriver: {
    columns: [
      'Name',
      'AttachRequired',
      'PodInfoOnMount',
      'StorageCapacity',
      'TokenRequests',
      'RequiresRepublish',
      'Modes',
      'Age',
    ],
    row(driver, seen) {
      const flag = (field: string, absent = false): string => String(valueAt(driver, 'spec', field) ?? absent)
      const tokens = objectsAt(driver, 'spec', 'tokenRequests').map((one) => textAt(one, 'audience'))
      return [
        nameOf(driver),
        flag('attachRequired', true),
        flag('podInfoOnMount'),
        flag('storageCapacity'),
        tokens.length > 0 ? tokens.join(',') : '<unset>',
        flag('requiresRepublish'),
        texts(driver, 'spec', 'volumeLifecycleModes').join(',') || '<none>',
        age(driver, seen),
      ]
    },
  },
  CSIStorageCapacity: {
    columns: ['Name', 'StorageClassName', 'Capacity'],
    row: (object) => [nameOf(object), textAt(object, 'storageClassName'), textAt(object, 'capacity') || '<unset>'],
  },
  VolumeAttributesClass: {
    columns: ['Name', 'DriverName', 'Age'],
    row: (object, seen) => [nameOf(object), textAt(object, 'driverName'), age(object, seen)],
  },
  MutatingWebhookConfiguration: webhooks(),
  ValidatingWebhookConfiguration: webhooks(),
  ValidatingAdmissionPolicy: {
    columns: ['Name', 'Validations', 'ParamKind', 'Age'],
    row(policy, seen) {
      const kind = objectAt(policy, 'spec', 'paramKind')
      return [
        nameOf(policy),
        String(objectsAt(policy, 'spec', 'validations').length),
        kind ? `${textAt(kind, 'apiVersion')}/${textAt(kind, 'kind')}` : '<unset>',
        age(policy, seen),
      ]
    },
  },
  ValidatingAdmissionPolicyBinding: {
    columns: ['Name', 'PolicyName', 'ParamRef', 'Age'],
    row(binding, seen) {
      const name = textAt(binding, 'spec', 'paramRef', 'name')
      const namespace = textAt(binding, 'spec', 'paramRef', 'namespace') || '*'
      const shown = name === '' ? '<unset>' : `${namespace}/${name}`
      return [nameOf(binding), textAt(binding, 'spec', 'policyName'), shown, age(binding, seen)]
    },
  },
  FlowSchema: {
    columns: ['Name', 'PriorityLevel', 'MatchingPrecedence', 'DistinguisherMethod', 'Age', 'MissingPL'],
    row(schema, seen) {
      const dangling = objectsAt(schema, 'status', 'conditions').find((one) => one.type === 'Dangling')
      return [
        nameOf(schema),
        textAt(schema, 'spec', 'priorityLevelConfiguration', 'name'),
        String(valueAt(schema, 'spec', 'matchingPrecedence') ?? 0),
        textAt(schema, 'spec', 'distinguisherMethod', 'type') || '<none>',
        age(schema, seen),
        dangling ? textAt(dangling, 'status') : '?',
      ]
    },
  },
  PriorityLevelConfiguration: {
    columns: ['Name', 'Type', 'NominalConcurrencyShares', 'Queues', 'HandSize', 'QueueLengthLimit', 'Age'],
    row(level, seen) {
      const limited = objectAt(level, 'spec', 'limited')
      const queuing = objectAt(limited, 'limitResponse', 'queuing')
      const cell = (of: Loose | undefined, field: string): string => String(of?.[field] ?? '<none>')
      return [
        nameOf(level),
        textAt(level, 'spec', 'type'),
        cell(limited, 'nominalConcurrencyShares'),
        cell(queuing, 'queues'),
        cell(queuing, 'handSize'),
        cell(queuing, 'queueLengthLimit'),
        age(level, seen),
      ]
    },
  },
  StorageVersionMigration: {
    columns: ['Name', 'Resource', 'Status'],
    row(migration) {
      const known = ['Running', 'Failed', 'Succeeded']
      const held = objectsAt(migration, 'status', 'conditions').filter(
        (one) => one.status === 'True' && known.includes(textAt(one, 'type')),
      )
      const group = textAt(migration, 'spec', 'resource', 'group')
      const resource = textAt(migration, 'spec', 'resource', 'resource')
      return [
        nameOf(migration),
        group === '' ? resource : `${resource}.${group}`,
        textAt(held.at(-1), 'type') || 'Unknown',
      ]
    },
  },
  ResourceClaim: {
    columns: ['Name', 'State', 'Age'],
    row(claim, seen) {
      const deleted = valueAt(claim, 'metadata', 'deletionTimestamp') !== undefined
      const allocated = objectAt(claim, 'status', 'allocation') !== undefined
      const states = [
        ...(deleted ? ['deleted'] : []),
        ...(allocated ? ['allocated'] : deleted ? [] : ['pending']),
        ...(allocated && objectsAt(claim, 'status', 'reservedFor').length > 0 ? ['reserved'] : []),
      ]
      return [nameOf(claim), states.join(','), age(claim, seen)]
    },
  },
  ResourceSlice: {
    columns: ['Name', 'Node', 'Driver', 'Pool', 'Age'],
    row: (slice, seen) => [
      nameOf(slice),
      textAt(slice, 'spec', 'nodeName'),
      textAt(slice, 'spec', 'driver'),
      textAt(slice, 'spec', 'pool', 'name'),
      age(slice, seen),
    ],
  },
  LeaseCandidate: {
    columns: ['Name', 'LeaseName', 'BinaryVersion', 'EmulationVersion', 'Age'],
    row: (object, seen) => [
      nameOf(object),
      textAt(object, 'spec', 'leaseName'),
      textAt(object, 'spec', 'binaryVersion'),
      textAt(object, 'spec', 'emulationVersion'),
      age(object, seen),
    ],
  },
}

function webhooks(): Printer {
  return {
    columns: ['Name', 'Webhooks', 'Age'],
    row: (object, seen) => [nameOf(object), String(objectsAt(object, 'webhooks').length), age(object, seen)],
  }
}

function texts(object: Loose, ...path: readonly string[]): readonly string[] {
  const list = valueAt(object, ...path)
  return Array.isArray(list) ? list.map(String) : []
}
