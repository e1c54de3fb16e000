import type { Entity, World } from '../../../kernel/index.ts'
import { recordKind, uuid } from '../core/index.ts'
import { readApprovalContent } from './approvalContent.ts'
import { dated } from './asking.ts'
import type { CodeRepository } from './repository.ts'
import type * as api from './types.generated.ts'

/** A rule that new pull requests of associated repositories get. */
export interface ApprovalTemplate extends Entity {
  readonly region: string
  readonly templateId: string
  readonly name: string
  readonly description: string
  readonly content: string
  readonly hash: string
  /** Virtual times in ms. */
  readonly created: number
  readonly modified: number
  /** ARN of who changed it last. */
  readonly user: string
}

export const TEMPLATE = 'aws.codecommit.ApprovalRuleTemplate'

export const templateKind = recordKind<ApprovalTemplate>({
  kind: TEMPLATE,
  noun: 'an approval rule template',
  tell: { Created: (event) => `The approval rule template ${(event.data as ApprovalTemplate).name} is created.` },
})

export function templatesOf(world: World, region: string): readonly ApprovalTemplate[] {
  return [...world.all(TEMPLATE)].map((one) => one as ApprovalTemplate).filter((one) => one.region === region)
}

export function findTemplate(world: World, region: string, name: string): ApprovalTemplate | undefined {
  return templatesOf(world, region).find((one) => one.name === name)
}

export function templateShown(template: Omit<ApprovalTemplate, keyof Entity>): api.ApprovalRuleTemplate {
  return {
    approvalRuleTemplateId: template.templateId,
    approvalRuleTemplateName: template.name,
    approvalRuleTemplateDescription: template.description,
    approvalRuleTemplateContent: template.content,
    ruleContentSha256: template.hash,
    lastModifiedDate: dated(template.modified),
    creationDate: dated(template.created),
    lastModifiedUser: template.user,
  }
}

/** The rules that a new pull request into a branch gets from its repository's templates. */
export function rulesFromTemplates(
  world: World,
  repository: CodeRepository,
  destination: string,
  key: string,
): readonly api.ApprovalRule[] {
  return repository.templates.flatMap((id) => {
    const template = world.get(id) as ApprovalTemplate | undefined
    if (!template) return []
    const destinations = readApprovalContent(template.content)?.destinations
    if (destinations && !destinations.includes(destination)) return []
    return [
      {
        approvalRuleId: uuid(world, key, template.templateId),
        approvalRuleName: template.name,
        approvalRuleContent: template.content,
        ruleContentSha256: template.hash,
        lastModifiedDate: dated(world.now),
        creationDate: dated(world.now),
        lastModifiedUser: template.user,
        originApprovalRuleTemplate: {
          approvalRuleTemplateId: template.templateId,
          approvalRuleTemplateName: template.name,
        },
      },
    ]
  })
}
