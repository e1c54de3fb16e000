import { labelKeyErrors } from '../labels.ts'
import { copyJson, type Loose, semanticEqual } from '../loose.ts'
import { integerValue } from '../quantity.ts'
import { changedPaths } from './changes.ts'
import { validateAccessModes } from './claims.ts'
import type { Field } from './field.ts'
import { immutable, validateLabelName, validateMetadata, validateMetadataUpdate } from './metadata.ts'
import { dnsSubdomain } from './names.ts'
import { noBacksteps } from './paths.ts'
import { quantityIn, shown, signOf } from './resourceNames.ts'
import { validateNodeSelector } from './scheduling.ts'
import { validateCsiDriverName, validateHostPath, validateNfs } from './volumes.ts'

/** Models: ValidatePersistentVolume. */
export function validateVolume(volume: Field): void {
  validateMetadata(volume.at('metadata'), false, dnsSubdomain)
  const spec = volume.at('spec')
  if (spec.at('accessModes').size === 0) spec.at('accessModes').required()
  validateAccessModes(spec.at('accessModes'))
  const capacity = spec.at('capacity')
  if (capacity.size === 0) capacity.required()
  if (capacity.object.storage === undefined || capacity.size > 1)
    capacity.notSupported(['storage'], capacity.value ?? null)
  for (const [, amount] of capacity.entries) {
    const quantity = quantityIn(amount)
    if (quantity && integerValue(quantity) < 0)
      amount.invalid('must be a valid resource quantity', integerValue(quantity))
    if (signOf(amount) <= 0) amount.invalid('must be greater than zero', shown(amount))
  }
  const policy = spec.at('persistentVolumeReclaimPolicy')
  const policies = ['Delete', 'Recycle', 'Retain']
  if (policy.text !== '' && !policies.includes(policy.text)) policy.notSupported(policies)
  const affinity = spec.at('nodeAffinity')
  if (affinity.present) {
    if (affinity.at('required').present) validateNodeSelector(affinity.at('required'))
    else affinity.at('required').required('must specify required node constraints')
  }
  validateSources(spec)
  const path = spec.at('hostPath.path').text
  if (path !== '' && path.replace(/\/+/g, '/').replace(/\/\.?$/, '') === '' && policy.text === 'Recycle') {
    policy.forbidden("may not be 'recycle' for a hostPath mount of '/'")
  }
  const storageClass = spec.at('storageClassName')
  if (storageClass.text !== '') storageClass.invalidAll(dnsSubdomain(storageClass.text))
  const mode = spec.at('volumeMode')
  if (mode.present && !['Block', 'Filesystem'].includes(mode.text)) mode.notSupported(['Block', 'Filesystem'])
}

/** Models: ValidatePersistentVolumeUpdate: the source may not change. */
export function validateVolumeUpdate(volume: Field, old: Field): void {
  validateVolume(volume)
  const sources = (field: Field): Loose => {
    const out: Loose = {}
    for (const { name } of volumeSources) if (field.at(name).present) out[name] = copyJson(field.at(name).value)
    return out
  }
  const before = sources(old.at('spec'))
  const after = sources(volume.at('spec'))
  if (!semanticEqual(before, after)) {
    const path = volume.at('spec').as('spec.persistentvolumesource')
    path.forbidden(`spec.persistentvolumesource is immutable after creation\n${changedPaths(before, after)}`)
  }
  immutable(volume.at('spec.volumeMode').as('volumeMode'), old.at('spec.volumeMode'))
  if (old.at('spec.nodeAffinity').present) {
    immutable(volume.at('spec.nodeAffinity').as('nodeAffinity'), old.at('spec.nodeAffinity'))
  }
}

/** Models: ValidateStorageClass. */
export function validateStorageClass(object: Field): void {
  validateMetadata(object.at('metadata'), false, dnsSubdomain)
  const provisioner = object.at('provisioner')
  if (provisioner.text === '') provisioner.required()
  else provisioner.invalidAll(labelKeyErrors(provisioner.text.toLowerCase()), provisioner.text.toLowerCase())
  const parameters = object.at('parameters')
  if (parameters.size > 512) parameters.tooLong(512)
  for (const [key] of parameters.entries) if (key === '') parameters.invalid('field can not be empty.', '')
  const reclaim = object.at('reclaimPolicy')
  if (reclaim.text !== '' && !['Delete', 'Retain'].includes(reclaim.text)) reclaim.notSupported(['Delete', 'Retain'])
  object.at('volumeBindingMode').oneOf(['Immediate', 'WaitForFirstConsumer'], true)
  for (const term of object.at('allowedTopologies').items) {
    for (const item of term.at('matchLabelExpressions').items) {
      if (item.at('values').size === 0) item.at('values').required()
      validateLabelName(item.at('key'))
    }
  }
}

/** Models: ValidateStorageClassUpdate. */
export function validateStorageClassUpdate(object: Field, old: Field): void {
  validateMetadataUpdate(object.at('metadata'), old.at('metadata'))
  for (const name of ['parameters', 'provisioner', 'reclaimPolicy', 'volumeBindingMode'])
    immutable(object.at(name), old.at(name))
}

function validateSources(spec: Field): void {
  let sources = 0
  for (const { name, path, check } of volumeSources) {
    const source = spec.at(name)
    if (!source.present) continue
    if (sources++ > 0) {
      source.forbidden('may not specify more than 1 volume type')
      continue
    }
    check(path ? source.as(`${spec.path}.${path}`) : source)
    if (name === 'local' && !spec.at('nodeAffinity').present) {
      spec.at('nodeAffinity').required('Local volume requires node affinity')
    }
  }
  if (sources === 0) spec.required('must specify a volume type')
}

const needs =
  (...fields: readonly string[]) =>
  (source: Field): void => {
    for (const field of fields) {
      const inner = source.at(field)
      if (inner.text === '' && inner.size === 0) inner.required()
    }
  }

const volumeSources: readonly {
  readonly name: string
  readonly path?: string
  readonly check: (source: Field) => void
}[] = [
  { name: 'hostPath', check: validateHostPath },
  { name: 'gcePersistentDisk', path: 'persistentDisk', check: needs('pdName') },
  { name: 'awsElasticBlockStore', check: needs('volumeID') },
  { name: 'glusterfs', check: needs('endpoints', 'path') },
  { name: 'flocker', check: () => {} },
  { name: 'nfs', check: validateNfs },
  { name: 'rbd', check: needs('monitors', 'image') },
  { name: 'quobyte', check: needs('registry', 'volume') },
  { name: 'cephfs', check: needs('monitors') },
  { name: 'iscsi', check: needs('targetPortal', 'iqn') },
  { name: 'cinder', check: needs('volumeID') },
  { name: 'fc', check: () => {} },
  { name: 'flexVolume', check: needs('driver') },
  { name: 'azureFile', check: needs('secretName', 'shareName') },
  { name: 'vsphereVolume', check: needs('volumePath') },
  { name: 'photonPersistentDisk', check: needs('pdID') },
  { name: 'portworxVolume', check: needs('volumeID') },
  { name: 'azureDisk', check: needs('diskName', 'diskURI') },
  { name: 'scaleIO', check: needs('gateway', 'system', 'volumeName') },
  {
    name: 'local',
    check: (source) => {
      needs('path')(source)
      noBacksteps(source.at('path'))
    },
  },
  { name: 'storageos', check: needs('volumeName') },
  {
    name: 'csi',
    check: (source) => {
      validateCsiDriverName(source.at('driver'))
      needs('volumeHandle')(source)
    },
  },
]
