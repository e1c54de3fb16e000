import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** What the JSON of an approval rule or of a template says. */
export interface ApprovalContent {
  /** Full names of the branches that a template is for; all when absent. */
  readonly destinations?: readonly string[] | undefined
  readonly statements: readonly { readonly needed: number; readonly pool?: readonly string[] | undefined }[]
}

/** Reads the content of a rule; undefined when it is not valid. Models: AWS CodeCommit API, CreateApprovalRuleTemplate */
export function readApprovalContent(text: string): ApprovalContent | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(json) || json['Version'] !== '2018-11-08') return undefined
  const { DestinationReferences: destinations, Statements: statements } = json
  if (destinations !== undefined && !isTexts(destinations)) return undefined
  if (!Array.isArray(statements) || statements.length === 0) return undefined
  const read = statements.map((one: unknown) => {
    if (!isRecord(one) || one['Type'] !== 'Approvers') return undefined
    const { NumberOfApprovalsNeeded: needed, ApprovalPoolMembers: pool } = one
    if (typeof needed !== 'number' || !Number.isInteger(needed) || needed < 1) return undefined
    if (pool !== undefined && !(isTexts(pool) && pool.every(isMember))) return undefined
    return { needed, ...(pool === undefined || pool.length === 0 ? {} : { pool }) }
  })
  if (read.some((one) => one === undefined)) return undefined
  return {
    ...(destinations === undefined || destinations.length === 0 ? {} : { destinations }),
    statements: read.flatMap((one) => (one ? [one] : [])),
  }
}

/** The hash by which a caller says which content they mean to change. */
export function contentHash(content: string): string {
  return bytesToHex(sha256(utf8ToBytes(content)))
}

function isMember(text: string): boolean {
  return /^arn:[\w-]+:(iam|sts):.*:\d{12}:.+/.test(text) || /^CodeCommitApprovers:\d{12}:.+/.test(text)
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
