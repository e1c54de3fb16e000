import { validateClaimSpec } from './claims.ts'
import type { Field } from './field.ts'
import { validateAnnotations, validateLabels } from './metadata.ts'
import { between, dnsLabel, dnsSubdomain } from './names.ts'
import { noBacksteps, relativePath } from './paths.ts'
import { validateDownwardFile, validateKeyToPath, validateMode, validateProjected } from './projected.ts'
import { signOf } from './resourceNames.ts'

/** Validates a pod's volumes and returns the sound ones by name. Models: ValidateVolumes; `podName` is empty inside templates. */
export function validateVolumes(list: Field, podName: string): ReadonlyMap<string, Field> {
  const sound = new Map<string, Field>()
  const created = new Set<string>()
  for (const volume of list.items) {
    if (podName !== '' && volume.at('ephemeral').present) created.add(`${podName}-${volume.at('name').text}`)
  }
  for (const volume of list.items) {
    const before = volume.errors.length
    validateSource(volume, podName)
    const name = volume.at('name')
    if (name.text === '') name.required()
    else name.invalidAll(dnsLabel(name.text))
    if (sound.has(name.text)) name.duplicate()
    if (volume.errors.length === before) sound.set(name.text, volume)
    const claim = volume.at('persistentVolumeClaim.claimName')
    if (claim.text !== '' && created.has(claim.text)) {
      claim.invalid('must not reference a PVC that gets created for an ephemeral volume')
    }
  }
  return sound
}

type Check = (source: Field, volume: Field, podName: string) => void

const needs =
  (...fields: readonly string[]): Check =>
  (source) => {
    for (const field of fields) {
      const inner = source.at(field)
      if (inner.text === '' && inner.size === 0) inner.required()
    }
  }

const partition: Check = (source) => {
  const part = source.at('partition')
  if (part.number < 0 || part.number > 255) part.invalid(between(1, 255))
}

/** Sources in the order in which Kubernetes looks at them; `path` is the name that its messages use where it is not the field's. */
const podSources: readonly {
  readonly field: string
  readonly path?: string
  readonly twice?: string
  readonly check: Check
}[] = [
  {
    field: 'emptyDir',
    check: (source) =>
      void (
        source.at('sizeLimit').present &&
        signOf(source.at('sizeLimit')) < 0 &&
        source.at('sizeLimit').forbidden('SizeLimit field must be a valid resource quantity')
      ),
  },
  { field: 'hostPath', check: validateHostPath },
  {
    field: 'gitRepo',
    check: (source) => {
      needs('repository')(source, source, '')
      relativePath(source.at('directory'))
    },
  },
  {
    field: 'gcePersistentDisk',
    path: 'persistentDisk',
    check: (source, volume, pod) => {
      needs('pdName')(source, volume, pod)
      partition(source, volume, pod)
    },
  },
  {
    field: 'awsElasticBlockStore',
    check: (source, volume, pod) => {
      needs('volumeID')(source, volume, pod)
      partition(source, volume, pod)
    },
  },
  {
    field: 'secret',
    check: (source) => {
      needs('secretName')(source, source, '')
      validateMode(source.at('defaultMode'))
      source.at('items').items.forEach(validateKeyToPath)
    },
  },
  { field: 'nfs', check: validateNfs },
  { field: 'iscsi', check: needs('targetPortal', 'iqn') },
  { field: 'glusterfs', check: needs('endpoints', 'path') },
  { field: 'flocker', check: validateFlocker },
  { field: 'persistentVolumeClaim', check: needs('claimName') },
  { field: 'rbd', check: needs('monitors', 'image') },
  { field: 'cinder', check: needs('volumeID') },
  { field: 'cephfs', twice: 'cephFS', check: needs('monitors') },
  { field: 'quobyte', check: needs('registry', 'volume') },
  {
    field: 'downwardAPI',
    twice: 'downwarAPI',
    check: (source) => {
      validateMode(source.at('defaultMode'))
      for (const item of source.at('items').items) validateDownwardFile(item, source)
    },
  },
  { field: 'fc', check: validateFibre },
  { field: 'flexVolume', check: needs('driver') },
  {
    field: 'configMap',
    check: (source) => {
      needs('name')(source, source, '')
      validateMode(source.at('defaultMode'))
      source.at('items').items.forEach(validateKeyToPath)
    },
  },
  { field: 'azureFile', check: needs('secretName', 'shareName') },
  { field: 'vsphereVolume', check: needs('volumePath') },
  { field: 'photonPersistentDisk', check: needs('pdID') },
  { field: 'portworxVolume', check: needs('volumeID') },
  { field: 'azureDisk', check: needs('diskName', 'diskURI') },
  { field: 'storageos', check: needs('volumeName') },
  { field: 'projected', check: validateProjected },
  { field: 'scaleIO', check: needs('gateway', 'system', 'volumeName') },
  {
    field: 'csi',
    check: (source) => {
      validateCsiDriverName(source.at('driver'))
      const ref = source.at('nodePublishSecretRef')
      if (ref.present) ref.at('name').invalidAll(ref.at('name').text === '' ? [] : dnsSubdomain(ref.at('name').text))
      if (ref.present && ref.at('name').text === '') ref.at('name').required()
    },
  },
  { field: 'ephemeral', check: validateEphemeral },
  {
    field: 'image',
    check: (source) => {
      needs('reference')(source, source, '')
      source.at('pullPolicy').oneOf(['Always', 'IfNotPresent', 'Never'], true)
    },
  },
]

function validateSource(volume: Field, podName: string): void {
  let sources = 0
  for (const { field, path, twice, check } of podSources) {
    const source = volume.at(field)
    if (!source.present) continue
    if (sources++ > 0)
      source.as(`${volume.path}.${twice ?? field}`).forbidden('may not specify more than 1 volume type')
    else check(path ? source.as(`${volume.path}.${path}`) : source, volume, podName)
  }
  if (sources === 0) volume.required('must specify a volume type')
}

/** Models: validateHostPathVolumeSource. */
export function validateHostPath(source: Field): void {
  if (source.at('path').text === '') source.at('path').required()
  noBacksteps(source.at('path'))
  const type = source.at('type')
  const types = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket']
  if (type.present && !types.includes(type.text)) type.notSupported(types)
}

/** Models: validateNFSVolumeSource. */
export function validateNfs(source: Field): void {
  needs('server', 'path')(source, source, '')
  if (!source.at('path').text.startsWith('/'))
    source.at('path').invalid('must be an absolute path', source.at('path').text)
}

/** Models: ValidateCSIDriverName. */
export function validateCsiDriverName(driver: Field): void {
  if (driver.text === '') driver.required()
  if (driver.text.length > 63) driver.tooLong(63)
  if (driver.text !== '') driver.invalidAll(dnsSubdomain(driver.text.toLowerCase()))
}

function validateFlocker(source: Field): void {
  const name = source.at('datasetName')
  const id = source.at('datasetUUID')
  if (name.text === '' && id.text === '') source.required('one of datasetName and datasetUUID is required')
  if (name.text !== '' && id.text !== '') {
    source.invalid('datasetName and datasetUUID can not be specified simultaneously', 'resource')
  }
  if (name.text.includes('/')) name.invalid("must not contain '/'")
}

function validateFibre(source: Field): void {
  const names = source.at('targetWWNs')
  const ids = source.at('wwids')
  if (names.size < 1 && ids.size < 1) names.required('must specify either targetWWNs or wwids, but not both')
  if (names.size > 0 && ids.size > 0) names.invalid('targetWWNs and wwids can not be specified simultaneously')
  const lun = source.at('lun')
  if (names.size === 0) return
  if (!lun.present) lun.required('lun is required if targetWWNs is specified')
  else if (lun.number < 0 || lun.number > 255) lun.invalid(between(0, 255))
}

function validateEphemeral(source: Field, volume: Field, podName: string): void {
  const template = source.at('volumeClaimTemplate')
  if (!template.present) template.required()
  else {
    const metadata = template.at('metadata')
    validateAnnotations(metadata.at('annotations'))
    validateLabels(metadata.at('labels'))
    for (const field of Object.keys(metadata.object).sort()) {
      if (field === 'annotations' || field === 'labels' || field === 'creationTimestamp') continue
      metadata.at(field).forbidden('not allowed in the context of ephemeral volumes')
    }
    validateClaimSpec(template.at('spec'))
  }
  const name = volume.at('name')
  if (podName === '' || name.text === '') return
  const claim = `${podName}-${name.text}`
  for (const problem of dnsSubdomain(claim)) name.invalid(`PVC name ${JSON.stringify(claim)}: ${problem}`)
}
