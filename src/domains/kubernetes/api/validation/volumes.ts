import { validateClaimSpec } from './claims.ts'
import type { Field } from './field.ts'
import { validateAnnotations, validateLabelSelector, validateLabels } from './metadata.ts'
import { between, dnsLabel, dnsSubdomain } from './names.ts'
import { noBacksteps, relativePath } from './paths.ts'
import { validateFieldRef, validateResourceFieldRef } from './references.ts'
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

function validateMode(mode: Field): void {
  if (mode.present && (mode.number > 0o777 || mode.number < 0)) {
    mode.invalid('must be a number between 0 and 0777 (octal), both inclusive')
  }
}

function validateKeyToPath(item: Field): void {
  if (item.at('key').text === '') item.at('key').required()
  if (item.at('path').text === '') item.at('path').required()
  localPath(item.at('path'))
  validateMode(item.at('mode'))
}

/** Models: ValidateLocalNonReservedPath. */
function localPath(path: Field): void {
  relativePath(path)
  if (path.text.startsWith('..') && !path.text.startsWith('../')) path.invalid("must not start with '..'")
}

const volumeFieldPaths = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
]

/** Kubernetes reports the files of a downward API volume at the volume's own path, without an index. */
function validateDownwardFile(item: Field, owner: Field): void {
  const file = item.as(owner.path)
  if (file.at('path').text === '') file.at('path').required()
  localPath(file.at('path'))
  const field = file.at('fieldRef')
  const resource = file.at('resourceFieldRef')
  if (field.present) {
    validateFieldRef(field, volumeFieldPaths)
    if (resource.present) file.invalid('fieldRef and resourceFieldRef can not be specified simultaneously', 'resource')
  } else if (resource.present) validateResourceFieldRef(resource, true)
  else file.required('one of fieldRef and resourceFieldRef is required')
  validateMode(file.at('mode'))
}

function validateProjected(projected: Field): void {
  validateMode(projected.at('defaultMode'))
  const paths = new Set<string>()
  const claim = (path: string, shown: string) => {
    if (path === '') return
    if (paths.has(path)) projected.invalid('conflicting duplicate paths', shown)
    paths.add(path)
  }
  for (const source of projected.at('sources').items) {
    let kinds = 0
    for (const kind of ['secret', 'configMap']) {
      const inner = source.at(kind)
      if (!inner.present) continue
      kinds++
      if (inner.at('name').text === '') inner.at('name').required()
      for (const item of inner.at('items').items) {
        validateKeyToPath(item)
        claim(item.at('path').text, inner.at('name').text)
      }
    }
    const downward = source.at('downwardAPI')
    if (downward.present) {
      kinds++
      for (const item of downward.at('items').items) {
        validateDownwardFile(item, downward)
        claim(item.at('path').text, item.at('path').text)
      }
    }
    const token = source.at('serviceAccountToken')
    if (token.present) {
      kinds++
      const seconds = token.at('expirationSeconds')
      if (seconds.number < 600) seconds.invalid('may not specify a duration less than 10 minutes')
      if (seconds.number > 2 ** 32) seconds.invalid('may not specify a duration larger than 2^32 seconds')
      const path = token.at('path').as(`${projected.path}.path`)
      if (path.text === '') path.required()
      else localPath(path)
    }
    const bundle = source.at('clusterTrustBundle')
    if (bundle.present) {
      kinds++
      const name = bundle.at('name').present
      const signer = bundle.at('signerName').present
      if (name && signer) bundle.invalid('only one of name and signerName may be used')
      else if (!name && !signer) bundle.required('either name or signerName must be specified')
      else if (name && bundle.at('labelSelector').present) {
        bundle.at('labelSelector').invalid('labelSelector must be unset if name is specified')
      }
      if (signer) validateLabelSelector(bundle.at('labelSelector'))
      if (bundle.at('path').text === '') bundle.at('path').required()
      localPath(bundle.at('path'))
      claim(bundle.at('path').text, bundle.at('path').text)
    }
    if (source.at('podCertificate').present) kinds++
    if (kinds > 1) source.forbidden('may not specify more than 1 volume type per source')
  }
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
