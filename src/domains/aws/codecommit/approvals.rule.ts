import { defineRule } from '../../../kernel/index.ts'
import { readApprovalContent } from './approvalContent.ts'

/**
 * Whether a pull request has the approvals that its rules ask for.
 * Models: AWS CodeCommit User Guide, "Working with approval rule templates" and "Override approval rules on a pull request"
 */
export const approvals = defineRule({
  id: 'codecommit.approvals',
  says: 'Every rule needs so many approvals by different members of its pool; without a pool anyone but the author counts.',
  source: 'AWS CodeCommit User Guide, how-to-create-template.md and how-to-review-pull-request.md',
  decide: judge,
})

export interface ApprovalsInput {
  readonly rules: readonly { readonly name: string; readonly content: string }[]
  /** ARNs of who approves of the present revision. */
  readonly approvers: readonly string[]
  readonly author: string
  readonly overridden: boolean
}

export interface ApprovalsVerdict {
  readonly approved: boolean
  readonly overridden: boolean
  readonly satisfied: readonly string[]
  readonly notSatisfied: readonly string[]
  readonly rows: readonly { readonly rule: string; readonly needed: number; readonly counted: readonly string[] }[]
}

function judge({ rules, approvers, author, overridden }: ApprovalsInput): ApprovalsVerdict {
  const rows = rules.flatMap(({ name, content }) =>
    (readApprovalContent(content)?.statements ?? []).map(({ needed, pool }) => ({
      rule: name,
      needed,
      counted: [...new Set(approvers)].filter(
        (arn) => arn !== author && (!pool || pool.some((one) => inPool(one, arn))),
      ),
    })),
  )
  const short = new Set(rows.filter(({ needed, counted }) => counted.length < needed).map(({ rule }) => rule))
  const names = rules.map(({ name }) => name)
  return {
    approved: overridden || short.size === 0,
    overridden,
    satisfied: names.filter((name) => !short.has(name)),
    notSatisfied: names.filter((name) => short.has(name)),
    rows,
  }
}

/**
 * Whether a member of a pool, an ARN or `CodeCommitApprovers:account:name`, either with wildcards, means a user. A name alone means an IAM
 * user or a federated one; `role/session` a session of an assumed role.
 */
export function inPool(member: string, arn: string): boolean {
  const [, account, name] = /^CodeCommitApprovers:(\d{12}):(.+)$/.exec(member) ?? []
  if (account === undefined || name === undefined) return wild(member, arn)
  const [, , , , of, ...rest] = arn.split(':')
  const resource = rest.join(':')
  const who = resource.replace(/^(user|federated-user|assumed-role)\//, '')
  return (
    of === account &&
    (wild(name, who) || (resource.startsWith('user/') && wild(name, who.slice(who.lastIndexOf('/') + 1))))
  )
}

function wild(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${expression}$`).test(text)
}
