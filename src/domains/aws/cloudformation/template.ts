import type { Json, JsonObject } from '../../../kernel/index.ts'

/** A template that has been read and checked. Plain JSON; short forms of functions are written out. */
export interface Template {
  readonly description?: string | undefined
  readonly metadata?: Json | undefined
  readonly transforms: readonly string[]
  readonly parameters: { readonly [name: string]: ParameterSpec }
  readonly mappings: { readonly [name: string]: JsonObject }
  readonly conditions: { readonly [name: string]: Json }
  readonly resources: { readonly [name: string]: ResourceSpec }
  readonly outputs: { readonly [name: string]: OutputSpec }
}

export interface ParameterSpec {
  readonly Type: string
  readonly Default?: Json | undefined
  readonly AllowedValues?: readonly Json[] | undefined
  readonly AllowedPattern?: string | undefined
  readonly ConstraintDescription?: string | undefined
  readonly Description?: string | undefined
  readonly MinLength?: Json | undefined
  readonly MaxLength?: Json | undefined
  readonly MinValue?: Json | undefined
  readonly MaxValue?: Json | undefined
  readonly NoEcho?: Json | undefined
}

export interface ResourceSpec {
  readonly Type: string
  readonly Properties: JsonObject
  /** Names that it must come after, by `DependsOn` and by what it refers to. */
  readonly dependsOn: readonly string[]
  readonly Condition?: string | undefined
  readonly DeletionPolicy?: string | undefined
  readonly UpdateReplacePolicy?: string | undefined
  readonly Metadata?: Json | undefined
}

export interface OutputSpec {
  readonly Value: Json
  readonly Description?: string | undefined
  readonly Condition?: string | undefined
  readonly Export?: Json | undefined
}

/** What is wrong with a template, in the words of CloudFormation, which answer with `ValidationError`. */
export class TemplateProblem extends Error {}

/** Names that every template may refer to. */
export const PSEUDO: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::NoValue',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
])

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Name and argument of a function: an object with one key that is one of a function; undefined for anything else. */
export function functionOf(value: Json | undefined): readonly [string, Json] | undefined {
  if (!isObject(value)) return undefined
  const keys = Object.keys(value)
  const [key = ''] = keys
  if (keys.length !== 1 || !(key === 'Ref' || key === 'Condition' || key.startsWith('Fn::'))) return undefined
  return [key, (value[key] ?? null) as Json]
}
