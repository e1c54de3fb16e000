import type { Json } from '../../../../kernel/index.ts'

/** A policy document as IAM reads it. */
export interface PolicyDocument {
  readonly Version?: string | undefined
  readonly Id?: string | undefined
  readonly Statement: Statement | readonly Statement[]
}

export interface Statement {
  readonly Sid?: string | undefined
  readonly Effect: 'Allow' | 'Deny'
  readonly Action?: Words | undefined
  readonly NotAction?: Words | undefined
  readonly Resource?: Words | undefined
  readonly NotResource?: Words | undefined
  readonly Principal?: PrincipalElement | undefined
  readonly NotPrincipal?: PrincipalElement | undefined
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: Values } } | undefined
}

export type Words = string | readonly string[]
export type Values = string | number | boolean | readonly (string | number | boolean)[]
export type PrincipalElement = '*' | { readonly [type: string]: Words }

/** One or many as a list. */
export function listed<T extends string | number | boolean>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T]
}

/** The statements of a document. */
export function statementsOf(document: PolicyDocument): readonly Statement[] {
  const { Statement: one } = document
  return Array.isArray(one) ? (one as readonly Statement[]) : [one as Statement]
}

/** A document out of its text; what is no JSON object is an empty document. */
export function documentOf(text: string): PolicyDocument {
  try {
    const value = JSON.parse(text) as Json
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as unknown as PolicyDocument
  } catch {}
  return { Statement: [] }
}
