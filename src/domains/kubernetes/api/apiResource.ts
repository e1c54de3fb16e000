/** One row of `kubectl api-resources`. `group` is empty for the core group. */
export interface ApiResource {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly namespaced: boolean
  readonly categories: readonly string[]
  readonly verbs: readonly string[]
}
