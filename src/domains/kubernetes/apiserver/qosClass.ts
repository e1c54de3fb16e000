import type { World } from '../../../kernel/index.ts'
import type { Loose } from '../api/loose.ts'
import { podQos, type QosPod } from '../pod/qos.rule.ts'

/** The quality-of-service class that a new pod's status shows. */
export function qosClass(world: World, spec: Loose): string {
  return world.decide(podQos, { spec } as unknown as QosPod)
}
