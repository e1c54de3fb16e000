import type { Json } from './json.ts'
import type { World } from './world.ts'

/** A pure projection of the world and the journal, as JSON or typed arrays: the only thing that crosses to the page. */
export interface View<P extends Json = Json, R = unknown> {
  readonly name: string
  /** Kinds whose change may change it; `journal` stands for any event, `time` for the clock, `*` for any record. */
  readonly reads: readonly string[]
  select(world: World, params: P): R
}
