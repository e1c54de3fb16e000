import type { Json } from '../kernel/index.ts'
import type { Lab } from './lab.ts'

/** A view that also sees the past and what is due: the timeline, the clock, a trial on a fork. Pure like any other. */
export interface LabView<P extends Json = Json, R = unknown> {
  readonly name: string
  readonly reads: readonly string[]
  /** Whether it tells what domains there are, so that its answer is not whole before all of them are. */
  readonly ofDomains?: boolean
  selectLab(lab: Lab, params: P): R
}

/** Declares a view of the whole lab. */
export function defineLabView<P extends Json, R>(view: LabView<P, R>): LabView {
  return view as unknown as LabView
}
