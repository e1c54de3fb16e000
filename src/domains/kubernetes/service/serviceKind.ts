import type { ObjectEntity } from '../object/object.ts'
import { objectKind } from '../object/objectKind.ts'
import { serviceLifecycle } from './service.lifecycle.ts'
import { loadBalancerIngress } from './serviceSpec.ts'

/** The kind of Services: how they live, and how long the cloud takes for a load balancer (4 to 8 s, seeded). */
export const serviceKind = objectKind('Service', {
  lifecycle: serviceLifecycle,
  delays: { provision: (entity, world) => 4000 + Math.floor(world.draw('provision', entity.id, entity.born) * 4000) },
  tell: {
    LoadBalancerRequested: (event) =>
      `The service controller asks the cloud for a load balancer for [${event.to.slice(event.to.lastIndexOf('/') + 1)}](${event.to}).`,
    LoadBalancerEnsured: (event, entity) => {
      const ip = entity ? loadBalancerIngress(entity as ObjectEntity)[0]?.ip : undefined
      return `The cloud gives [${entity?.metadata.name ?? event.to}](${event.to}) the public address ${ip ?? 'of a load balancer'}.`
    },
  },
})
