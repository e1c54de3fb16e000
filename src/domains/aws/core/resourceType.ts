import type { Emission, Json, JsonObject, World } from '../../../kernel/index.ts'
import type { ApiError } from './apiError.ts'
import type { Principal } from './principal.ts'

/** A CloudFormation resource type: how a stack makes, changes and removes one. Most of them call the service's own operations. */
export interface ResourceType {
  /** `AWS::ECS::Service`. */
  readonly type: string
  /** Properties that must be there. */
  readonly required: readonly string[]
  /** Properties whose change needs a replacement instead of an update. */
  readonly replaces: readonly string[]
  readonly create: (properties: JsonObject, call: ResourceCall) => ResourceAnswer
  /** Absent when every change replaces. */
  readonly update?: (
    physicalId: string,
    properties: JsonObject,
    before: JsonObject,
    call: ResourceCall,
  ) => ResourceAnswer
  readonly remove: (physicalId: string, properties: JsonObject, call: ResourceCall) => ResourceAnswer
  /** Whether it is there yet: what `CREATE_COMPLETE` waits for. */
  readonly state: (physicalId: string, world: World) => 'working' | 'ready' | 'gone' | { readonly failed: string }
  /** Kinds whose changes may change `state`. */
  readonly watches: readonly string[]
  /** What `Ref` gives; the physical id when absent. */
  readonly ref?: (physicalId: string, world: World) => string
  /** What `Fn::GetAtt` gives. */
  readonly attributes?: (physicalId: string, world: World) => { readonly [name: string]: Json }
}

export interface ResourceCall {
  readonly world: World
  readonly region: string
  readonly principal: Principal
  readonly stack: string
  readonly logicalId: string
  /** `Stack-Logical-1A2B3C4D5E6F`: for resources without a name of their own. */
  readonly generatedName: string
  /** Tags of the stack, to be added. */
  readonly tags: { readonly [key: string]: string }
}

export type ResourceAnswer =
  | { readonly physicalId: string; readonly emit: readonly Emission[] }
  | { readonly error: ApiError }
