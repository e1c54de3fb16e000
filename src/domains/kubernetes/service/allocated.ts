import { defineIndex, type World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { serviceSpec } from './serviceSpec.ts'

/**
 * Services by what they hold: `ip <cluster IP>` and `port <protocol> <node port>`. An allocation is free when no Service has it, so
 * there is no bitmap to repair.
 */
export const allocatedToServices = defineIndex('k8s.allocatedToServices', ['k8s.Service'], (entity) => {
  const spec = serviceSpec(entity as ObjectEntity)
  const keys: string[] = []
  for (const ip of spec.clusterIPs ?? (spec.clusterIP ? [spec.clusterIP] : [])) if (ip !== 'None') keys.push(`ip ${ip}`)
  for (const port of spec.ports ?? []) if (port.nodePort) keys.push(`port ${port.protocol ?? 'TCP'} ${port.nodePort}`)
  if (spec.healthCheckNodePort) keys.push(`port TCP ${spec.healthCheckNodePort}`)
  return [...new Set(keys)]
})

/** Whether another Service than `self` (an entity id) holds the cluster IP. */
export function addressTaken(world: World, ip: string, self: string): boolean {
  return world.lookup(allocatedToServices, `ip ${ip}`).some((service) => service.id !== self)
}

/** Whether another Service than `self` holds the node port. */
export function portTaken(world: World, protocol: string, port: number, self: string): boolean {
  return world.lookup(allocatedToServices, `port ${protocol} ${port}`).some((service) => service.id !== self)
}
