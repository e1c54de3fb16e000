import type { World } from '../../../kernel/index.ts'
import { type ApiAnswer, type Operation, uuid } from '../core/index.ts'
import { contentHash, readApprovalContent } from './approvalContent.ts'
import { approvals } from './approvals.rule.ts'
import { dated, onPullRequest } from './asking.ts'
import type { PullRequest } from './pullRequest.ts'
import { eventOf, revisionProblem } from './pullRequestOperations.ts'
import { approvalsInput } from './pullRequestShown.ts'
import type * as api from './types.generated.ts'
import { refused } from './words.ts'

/** Operations on who has approved of a pull request and who must. */
export const approvalOperations: readonly Operation[] = [
  onPullRequest<api.UpdatePullRequestApprovalStateInput>(
    'UpdatePullRequestApprovalState',
    ({ input, world, principal }, request) => {
      const { approvalState, revisionId } = input
      if (request.state !== 'Open') return refused('PullRequestAlreadyClosed')
      const old = revisionProblem(request, revisionId)
      if (old) return old
      if (principal.arn === request.authorArn) return refused('PullRequestCannotBeApprovedByAuthor')
      const others = request.approvals.filter(({ userArn }) => userArn !== principal.arn)
      const approved = approvalState === 'APPROVE' ? [...others, { userArn: principal.arn, approvalState }] : others
      const event = eventOf(world, request, principal.arn, 'PULL_REQUEST_APPROVAL_STATE_CHANGED', {
        approvalStateChangedEventMetadata: { revisionId, approvalStatus: approvalState },
      })
      const data = { approvals: approved, active: world.now, events: [...request.events, event] }
      return { output: {}, emit: [{ to: request.id, type: 'ApprovalChanged', data }] }
    },
  ),
  onPullRequest<api.GetPullRequestApprovalStatesInput>('GetPullRequestApprovalStates', ({ input }, request) => ({
    output: { approvals: input.revisionId === request.revisionId ? request.approvals : [] },
  })),
  onPullRequest<api.EvaluatePullRequestApprovalRulesInput>(
    'EvaluatePullRequestApprovalRules',
    ({ input, world }, request) => {
      const old = revisionProblem(request, input.revisionId)
      if (old) return old
      const { approved, overridden, satisfied, notSatisfied } = world.decide(approvals, approvalsInput(request))
      return {
        output: {
          evaluation: {
            approved,
            overridden,
            approvalRulesSatisfied: satisfied,
            approvalRulesNotSatisfied: notSatisfied,
          },
        },
      }
    },
  ),
  onPullRequest<api.OverridePullRequestApprovalRulesInput>(
    'OverridePullRequestApprovalRules',
    ({ input, world, principal }, request) => {
      const { overrideStatus, revisionId } = input
      if (request.state !== 'Open') return refused('PullRequestAlreadyClosed')
      const old = revisionProblem(request, revisionId)
      if (old) return old
      if (overrideStatus === 'OVERRIDE' && request.overrider !== undefined) return refused('OverrideAlreadySet')
      const event = eventOf(world, request, principal.arn, 'PULL_REQUEST_APPROVAL_RULE_OVERRIDDEN', {
        approvalRuleOverriddenEventMetadata: { revisionId, overrideStatus },
      })
      const data = {
        overrider: overrideStatus === 'OVERRIDE' ? principal.arn : undefined,
        active: world.now,
        events: [...request.events, event],
      }
      return { output: {}, emit: [{ to: request.id, type: 'Overridden', data }] }
    },
  ),
  onPullRequest<api.GetPullRequestOverrideStateInput>('GetPullRequestOverrideState', ({ input }, request) => {
    const overrider = input.revisionId === request.revisionId ? request.overrider : undefined
    return { output: { overridden: overrider !== undefined, ...(overrider === undefined ? {} : { overrider }) } }
  }),
  onPullRequest<api.CreatePullRequestApprovalRuleInput>(
    'CreatePullRequestApprovalRule',
    ({ input, world, principal }, request) => {
      const { approvalRuleName: name, approvalRuleContent: content } = input
      if (request.state !== 'Open') return refused('PullRequestAlreadyClosed')
      if (!validContent(content)) return refused('InvalidApprovalRuleContent')
      if (request.rules.some((one) => one.approvalRuleName === name)) return refused('ApprovalRuleNameAlreadyExists')
      if (request.rules.length >= 30) return refused('NumberOfRulesExceeded')
      const rule = {
        approvalRuleId: uuid(world, request.id, name),
        approvalRuleName: name,
        approvalRuleContent: content,
        ruleContentSha256: contentHash(content),
        lastModifiedDate: dated(world.now),
        creationDate: dated(world.now),
        lastModifiedUser: principal.arn,
      }
      const rules = [...request.rules, rule]
      return rulesChanged(world, request, principal.arn, 'CREATED', rule, rules, { approvalRule: rule })
    },
  ),
  onPullRequest<api.UpdatePullRequestApprovalRuleContentInput>(
    'UpdatePullRequestApprovalRuleContent',
    ({ input, world, principal }, request) => {
      const { newRuleContent: content, existingRuleContentSha256: known } = input
      if (request.state !== 'Open') return refused('PullRequestAlreadyClosed')
      const old = request.rules.find((one) => one.approvalRuleName === input.approvalRuleName)
      if (!old) return refused('ApprovalRuleDoesNotExist')
      if (old.originApprovalRuleTemplate) return refused('CannotModifyApprovalRuleFromTemplate')
      if (!validContent(content)) return refused('InvalidApprovalRuleContent')
      if (known !== undefined && known !== old.ruleContentSha256) return refused('InvalidRuleContentSha256')
      const rule = {
        ...old,
        approvalRuleContent: content,
        ruleContentSha256: contentHash(content),
        lastModifiedDate: dated(world.now),
        lastModifiedUser: principal.arn,
      }
      const rules = request.rules.map((one) => (one === old ? rule : one))
      return rulesChanged(world, request, principal.arn, 'UPDATED', rule, rules, { approvalRule: rule })
    },
  ),
  onPullRequest<api.DeletePullRequestApprovalRuleInput>(
    'DeletePullRequestApprovalRule',
    ({ input, world, principal }, request) => {
      if (request.state !== 'Open') return refused('PullRequestAlreadyClosed')
      const old = request.rules.find((one) => one.approvalRuleName === input.approvalRuleName)
      if (!old) return { output: { approvalRuleId: '' } }
      if (old.originApprovalRuleTemplate) return refused('CannotDeleteApprovalRuleFromTemplate')
      const rules = request.rules.filter((one) => one !== old)
      const output = { approvalRuleId: old.approvalRuleId }
      return rulesChanged(world, request, principal.arn, 'DELETED', old, rules, output)
    },
  ),
]

/** Content of a rule of one pull request: as of a template, without branches. */
function validContent(content: string): boolean {
  const read = readApprovalContent(content)
  return read !== undefined && read.destinations === undefined
}

function rulesChanged(
  world: World,
  request: PullRequest,
  actor: string,
  what: 'CREATED' | 'UPDATED' | 'DELETED',
  rule: api.ApprovalRule,
  rules: readonly api.ApprovalRule[],
  output: object,
): ApiAnswer {
  const { approvalRuleName, approvalRuleId, approvalRuleContent } = rule
  const event = eventOf(world, request, actor, `PULL_REQUEST_APPROVAL_RULE_${what}`, {
    approvalRuleEventMetadata: { approvalRuleName, approvalRuleId, approvalRuleContent },
  })
  const data = { rules, active: world.now, events: [...request.events, event] }
  return { output, emit: [{ to: request.id, type: 'RulesChanged', data }] }
}
