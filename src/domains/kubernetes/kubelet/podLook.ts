import type { Answer, Emission, World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import type { Container } from './container.ts'
import type { PodSpec } from './podPlan.ts'

/** One look of a kubelet at one pod: what it sees, and what it answers. */
export interface PodLook {
  readonly world: World
  readonly pod: ObjectEntity
  readonly spec: PodSpec
  /** Name of the node. */
  readonly node: string
  /** Entity id of the kubelet. */
  readonly by: string
  /** Containers that exist, by name. */
  readonly byName: ReadonlyMap<string, Container>
  readonly answers: Answer[]
  say(emission: Emission): void
  /** Writes the status, if it differs from what the API has. */
  report(): void
}
