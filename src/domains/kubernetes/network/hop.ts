/** One step of a request's way: who decided, what, and how many ms it took. */
export interface Hop {
  /** Entity id of the place. */
  readonly at: string
  readonly says: string
  readonly ms: number
}
