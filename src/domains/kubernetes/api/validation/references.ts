import { labelKeyErrors } from '../labels.ts'
import { byText } from '../loose.ts'
import type { Field } from './field.ts'
import { shown } from './resourceNames.ts'

/** Field paths that an environment variable may refer to. */
export const envFieldPaths = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
]

/** Models: validateObjectFieldSelector. */
export function validateFieldRef(ref: Field, allowed: readonly string[]): void {
  if (ref.at('apiVersion').text === '') ref.at('apiVersion').required()
  const path = ref.at('fieldPath')
  if (path.text === '') {
    path.required()
    return
  }
  const subscript = /^(metadata\.annotations|metadata\.labels)\['(.*)'\]$/.exec(path.text)
  if (subscript) {
    const key = subscript[2] ?? ''
    ref.invalidAll(labelKeyErrors(subscript[1] === 'metadata.annotations' ? key.toLowerCase() : key), key)
    return
  }
  const bare = /^(.*)\['.*'\]$/.exec(path.text)
  if (bare) ref.invalid('does not support subscript', bare[1])
  else if (!knownFieldPaths.has(path.text)) {
    path.invalid(`error converting fieldPath: field label not supported: ${path.text}`)
  } else if (!allowed.includes(path.text)) path.notSupported([...allowed].sort(byText))
}

const knownFieldPaths = new Set([
  ...envFieldPaths,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
  'spec.host',
])

const resourcePaths = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
]

/** Models: validateContainerResourceFieldSelector. */
export function validateResourceFieldRef(ref: Field, inVolume: boolean): void {
  const resource = ref.at('resource')
  if (inVolume && ref.at('containerName').text === '') ref.at('containerName').required()
  else if (resource.text === '') resource.required()
  else if (!resourcePaths.includes(resource.text) && !/^(requests|limits)\.hugepages-/.test(resource.text)) {
    resource.notSupported(resourcePaths)
  }
  const divisor = ref.at('divisor')
  const text = divisor.present ? shown(divisor) : '0'
  if (text === '0' || text === '') return
  const sizes = ['1', '1k', '1M', '1G', '1T', '1P', '1E', '1Ki', '1Mi', '1Gi', '1Ti', '1Pi', '1Ei']
  const kind = resource.text.split('.')[1] ?? ''
  if (kind === 'cpu') {
    if (!['1m', '1'].includes(text))
      divisor.invalid("only divisor's values 1m and 1 are supported with the cpu resource", resource.text)
    return
  }
  const words = kind === 'memory' ? 'memory' : kind.startsWith('hugepages-') ? 'hugepages' : 'local ephemeral storage'
  if (!sizes.includes(text)) {
    divisor.invalid(`only divisor's values ${sizes.join(', ')} are supported with the ${words} resource`, resource.text)
  }
}
