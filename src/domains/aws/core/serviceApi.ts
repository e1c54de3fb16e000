/**
 * A service's API as its model describes it: operations with their shapes. Written by `npm run aws-api` into each service's
 * `api.generated.ts`; the command line, validation, output formats, waiters and pagination all follow from it.
 */
export interface ServiceApi {
  /** `AWS CodeBuild`. */
  readonly fullName: string
  /** `json`, `rest-json`, `query`, `ec2`, `rest-xml`: decides how the real service words some errors. */
  readonly protocol: string
  readonly operations: { readonly [operation: string]: OperationShape }
  readonly shapes: { readonly [shape: string]: Shape }
  readonly paginators: { readonly [operation: string]: Paginator }
  readonly waiters: { readonly [name: string]: Waiter }
}

export interface OperationShape {
  /** Name of the input's structure; absent when it takes nothing. */
  readonly in?: string
  readonly out?: string
  /** Shape names of its errors. */
  readonly errors?: readonly string[]
}

/** What a value must look like. */
export type Shape =
  | {
      readonly is: 'structure'
      /** Member name to shape name. */
      readonly members: { readonly [member: string]: string }
      readonly required?: readonly string[]
      /** Of an error: its code where that is not the shape's name, and the HTTP status. */
      readonly error?: { readonly code?: string; readonly status?: number }
      /** Exactly one member may be set. */
      readonly union?: true
      /** Members that the caller may leave out because the client makes up a token. */
      readonly tokens?: readonly string[]
    }
  | { readonly is: 'list'; readonly of: string; readonly min?: number; readonly max?: number }
  | { readonly is: 'map'; readonly key: string; readonly of: string }
  | {
      readonly is: 'string'
      readonly enum?: readonly string[]
      readonly min?: number
      readonly max?: number
      readonly pattern?: string
    }
  | {
      readonly is: 'integer' | 'long' | 'double' | 'float'
      readonly min?: number
      readonly max?: number
    }
  | { readonly is: 'boolean' | 'timestamp' | 'blob' }

export interface Paginator {
  readonly input: string | readonly string[]
  readonly output: string | readonly string[]
  readonly limit?: string
  readonly results: string | readonly string[]
}

/** Models: botocore waiters-2.json. */
export interface Waiter {
  readonly operation: string
  /** Seconds between two looks. */
  readonly delay: number
  readonly attempts: number
  readonly acceptors: readonly {
    readonly matcher: 'path' | 'pathAll' | 'pathAny' | 'status' | 'error'
    readonly argument?: string
    readonly expected: string | number | boolean
    readonly state: 'success' | 'failure' | 'retry'
  }[]
}
