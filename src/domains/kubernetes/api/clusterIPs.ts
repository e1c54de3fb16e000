import { isObject, type Loose } from './loose.ts'

/**
 * Fills `spec.clusterIPs` of a new Service from its `spec.clusterIP` where only that is given, in place: clients that know one address
 * are understood before validation wants both. Models: pkg/registry/core/service/strategy.go NormalizeClusterIPs
 */
export function normalizeClusterIPs(service: Loose): void {
  if (!isObject(service.spec)) return
  const { clusterIP, clusterIPs } = service.spec
  if (typeof clusterIP === 'string' && clusterIP !== '' && clusterIPs === undefined)
    service.spec.clusterIPs = [clusterIP]
}
