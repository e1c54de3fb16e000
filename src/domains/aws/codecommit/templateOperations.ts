import type { Emission } from '../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, defineOperation, type Operation, pageOf, uuid } from '../core/index.ts'
import { contentHash, readApprovalContent } from './approvalContent.ts'
import { onRepository, repositoryAccess } from './asking.ts'
import { type CodeRepository, codeRepositories, findRepository } from './repository.ts'
import { type ApprovalTemplate, findTemplate, TEMPLATE, templateShown, templatesOf } from './template.ts'
import type * as api from './types.generated.ts'
import { noRepository, type Refused, refused } from './words.ts'

/** Operations on approval rule templates and the repositories that they are associated with. */
export const templateOperations: readonly Operation[] = [
  defineOperation<api.CreateApprovalRuleTemplateInput>(
    'CreateApprovalRuleTemplate',
    ({ input, world, region, principal }) => {
      const { approvalRuleTemplateName: name, approvalRuleTemplateContent: content } = input
      if (!readApprovalContent(content)) return refused('InvalidApprovalRuleTemplateContent')
      if (findTemplate(world, region, name))
        return refused(
          'ApprovalRuleTemplateNameAlreadyExists',
          'You cannot create an approval rule template with that name because a template with that name already exists in this AWS Region for your AWS account. Approval rule template names must be unique.',
        )
      const templateId = uuid(world, 'template', name)
      const template = {
        region,
        templateId,
        name,
        description: input.approvalRuleTemplateDescription ?? '',
        content,
        hash: contentHash(content),
        created: world.now,
        modified: world.now,
        user: principal.arn,
      }
      return {
        output: { approvalRuleTemplate: templateShown(template) },
        emit: [{ to: `${TEMPLATE}/${region}/${templateId}`, kind: TEMPLATE, type: 'Created', data: template }],
      }
    },
  ),
  onTemplate<api.GetApprovalRuleTemplateInput>('GetApprovalRuleTemplate', (_call, template) => ({
    output: { approvalRuleTemplate: templateShown(template) },
  })),
  defineOperation<api.ListApprovalRuleTemplatesInput>('ListApprovalRuleTemplates', ({ input, world, region }) => {
    const names = templatesOf(world, region).map(({ name }) => name)
    const { items, nextToken } = pageOf(names, input.nextToken, input.maxResults ?? 100)
    return { output: { approvalRuleTemplateNames: items, nextToken } }
  }),
  onTemplate<api.UpdateApprovalRuleTemplateContentInput>('UpdateApprovalRuleTemplateContent', (call, template) => {
    const { newRuleContent: content, existingRuleContentSha256: known } = call.input
    if (!readApprovalContent(content)) return refused('InvalidApprovalRuleTemplateContent')
    if (known !== undefined && known !== template.hash) return refused('InvalidRuleContentSha256')
    return changed(call, template, { content, hash: contentHash(content) })
  }),
  onTemplate<api.UpdateApprovalRuleTemplateDescriptionInput>(
    'UpdateApprovalRuleTemplateDescription',
    (call, template) => changed(call, template, { description: call.input.approvalRuleTemplateDescription }),
  ),
  defineOperation<api.UpdateApprovalRuleTemplateNameInput>('UpdateApprovalRuleTemplateName', (call) => {
    const { input, world, region } = call
    const { oldApprovalRuleTemplateName: old, newApprovalRuleTemplateName: name } = input
    const template = findTemplate(world, region, old)
    if (!template) return noTemplate()
    if (name !== old && findTemplate(world, region, name))
      return refused(
        'ApprovalRuleTemplateNameAlreadyExists',
        'You cannot rename the approval rule template because a template with that name already exists in this AWS Region for your AWS account. Approval rule template names must be unique.',
      )
    return changed(call, template, { name })
  }),
  defineOperation<api.DeleteApprovalRuleTemplateInput>('DeleteApprovalRuleTemplate', ({ input, world, region }) => {
    const template = findTemplate(world, region, input.approvalRuleTemplateName)
    if (!template) return noTemplate()
    if (repositoriesWith(call(world, region), template).length > 0) return refused('ApprovalRuleTemplateInUse')
    return { output: { approvalRuleTemplateId: template.templateId }, emit: [{ to: template.id, type: 'Deleted' }] }
  }),
  ...(['Associate', 'Disassociate'] as const).flatMap((verb) => [
    onRepository<api.AssociateApprovalRuleTemplateWithRepositoryInput>(
      verb === 'Associate'
        ? 'AssociateApprovalRuleTemplateWithRepository'
        : 'DisassociateApprovalRuleTemplateFromRepository',
      ({ input, world, region }, repository) => {
        const template = findTemplate(world, region, input.approvalRuleTemplateName)
        if (!template) return noTemplate()
        const problem = associationProblem(repository, template, verb)
        return problem ?? { output: {}, emit: associating(repository, template, verb) }
      },
    ),
    defineOperation<api.BatchAssociateApprovalRuleTemplateWithRepositoriesInput>(
      verb === 'Associate'
        ? 'BatchAssociateApprovalRuleTemplateWithRepositories'
        : 'BatchDisassociateApprovalRuleTemplateFromRepositories',
      (asked) => batch(asked, verb),
      ({ input, region }) => input.repositoryNames.map((name) => repositoryAccess(region, plain(name))),
    ),
  ]),
  onRepository<api.ListAssociatedApprovalRuleTemplatesForRepositoryInput>(
    'ListAssociatedApprovalRuleTemplatesForRepository',
    ({ input, world }, { templates }) => {
      const names = templates.flatMap((id) => (world.get(id) as ApprovalTemplate | undefined)?.name ?? [])
      const { items, nextToken } = pageOf(names, input.nextToken, input.maxResults ?? 100)
      return { output: { approvalRuleTemplateNames: items, nextToken } }
    },
  ),
  onTemplate<api.ListRepositoriesForApprovalRuleTemplateInput>(
    'ListRepositoriesForApprovalRuleTemplate',
    ({ input, world, region }, template) => {
      const names = repositoriesWith(call(world, region), template).map(({ name }) => name)
      const { items, nextToken } = pageOf(names, input.nextToken, input.maxResults ?? 100)
      return { output: { repositoryNames: items, nextToken } }
    },
  ),
]

type Place = Pick<ApiCall, 'world' | 'region'>
type Verb = 'Associate' | 'Disassociate'

function call(world: Place['world'], region: string): Place {
  return { world, region }
}

function onTemplate<In extends { readonly approvalRuleTemplateName: string }>(
  name: string,
  run: (call: ApiCall<In>, template: ApprovalTemplate) => ApiAnswer,
): Operation {
  return defineOperation<In>(name, (asked) => {
    const template = findTemplate(asked.world, asked.region, asked.input.approvalRuleTemplateName)
    return template ? run(asked, template) : noTemplate()
  })
}

function noTemplate(): Refused {
  return refused(
    'ApprovalRuleTemplateDoesNotExist',
    'The specified approval rule template does not exist. Verify that the name is correct and that you are signed in to the AWS Region where the template was created, and then try again.',
  )
}

function changed(
  { world, principal }: ApiCall<unknown>,
  template: ApprovalTemplate,
  fields: Partial<Pick<ApprovalTemplate, 'name' | 'description' | 'content' | 'hash'>>,
): ApiAnswer {
  const data = { ...fields, modified: world.now, user: principal.arn }
  return {
    output: { approvalRuleTemplate: templateShown({ ...template, ...data }) },
    emit: [{ to: template.id, type: 'Changed', data }],
  }
}

function repositoriesWith({ world, region }: Place, template: ApprovalTemplate): readonly CodeRepository[] {
  return codeRepositories(world, region).filter(({ templates }) => templates.includes(template.id))
}

function associationProblem(repository: CodeRepository, template: ApprovalTemplate, verb: Verb): Refused | undefined {
  const full = repository.templates.length >= 25 && !repository.templates.includes(template.id)
  return verb === 'Associate' && full ? refused('MaximumRuleTemplatesAssociatedWithRepository') : undefined
}

function associating(repository: CodeRepository, template: ApprovalTemplate, verb: Verb): readonly Emission[] {
  const others = repository.templates.filter((id) => id !== template.id)
  const templates = verb === 'Associate' ? [...others, template.id] : others
  return [{ to: repository.id, type: 'TemplatesChanged', data: { templates }, by: template.id }]
}

/** The documentation writes lists with commas, which the service forgives at the end of a name. */
function plain(name: string): string {
  return name.replace(/,$/, '')
}

function batch(
  { input, world, region }: ApiCall<api.BatchAssociateApprovalRuleTemplateWithRepositoriesInput>,
  verb: Verb,
): ApiAnswer {
  const template = findTemplate(world, region, input.approvalRuleTemplateName)
  if (!template) return noTemplate()
  if (input.repositoryNames.length > 100) return refused('MaximumRepositoryNamesExceeded')
  const done: string[] = []
  const errors: object[] = []
  const emit: Emission[] = []
  for (const repositoryName of input.repositoryNames.map(plain)) {
    const repository = findRepository(world, region, repositoryName)
    const problem = repository ? associationProblem(repository, template, verb) : noRepository(repositoryName)
    if (problem) errors.push({ repositoryName, errorCode: problem.error.code, errorMessage: problem.error.message })
    else if (repository) {
      done.push(repositoryName)
      emit.push(...associating(repository, template, verb))
    }
  }
  const member = verb === 'Associate' ? 'associatedRepositoryNames' : 'disassociatedRepositoryNames'
  return { output: { [member]: done, errors }, emit }
}
