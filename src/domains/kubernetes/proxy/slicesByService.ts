import { defineIndex } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'

/** EndpointSlices by the id of the Service that their `kubernetes.io/service-name` label names: also those that people write by hand. */
export const slicesByService = defineIndex('k8s.slicesByService', ['k8s.EndpointSlice'], (entity) => {
  const { metadata } = entity as ObjectEntity
  const service = metadata.labels?.['kubernetes.io/service-name']
  return service === undefined ? undefined : `k8s.Service/${metadata.namespace}/${service}`
})
