import type { Field } from './field.ts'
import { validateLabelSelector } from './metadata.ts'
import { relativePath } from './paths.ts'
import { validateFieldRef, validateResourceFieldRef } from './references.ts'

/** File mode bits. */
export function validateMode(mode: Field): void {
  if (mode.present && (mode.number > 0o777 || mode.number < 0)) {
    mode.invalid('must be a number between 0 and 0777 (octal), both inclusive')
  }
}

/** One item of a ConfigMap or Secret volume. Models: validateKeyToPath. */
export function validateKeyToPath(item: Field): void {
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
export function validateDownwardFile(item: Field, owner: Field): void {
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

/** Models: validateProjectedVolumeSource. */
export function validateProjected(projected: Field): void {
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
