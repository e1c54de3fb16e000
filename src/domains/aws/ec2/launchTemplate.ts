import { type Entity, EPOCH, type World } from '../../../kernel/index.ts'
import {
  ACCOUNT,
  type ApiAnswer,
  type ApiCall,
  type ApiError,
  defineOperation,
  hexId,
  type Operation,
  recordKind,
  refuse,
} from '../core/index.ts'
import { type Asked, describe } from './describing.ts'
import { filtered } from './filters.ts'
import type { LaunchOrder } from './launch.ts'
import { type Tag, tagsFor } from './tag.ts'
import type {
  CreateLaunchTemplateRequest,
  CreateLaunchTemplateVersionRequest,
  DeleteLaunchTemplateRequest,
  DescribeLaunchTemplateVersionsRequest,
} from './types.generated.ts'

const KIND = 'aws.ec2.LaunchTemplate'

/** A launch template with all of its versions. */
export interface LaunchTemplate extends Entity {
  readonly region: string
  readonly LaunchTemplateId: string
  readonly LaunchTemplateName: string
  readonly made: number
  readonly DefaultVersionNumber: number
  readonly versions: readonly {
    readonly number: number
    readonly made: number
    readonly says?: string | undefined
    readonly data: LaunchOrder
  }[]
  readonly Tags: readonly Tag[]
}

/** Named in a call by id or name, with a version: a number, `$Latest` or `$Default`. */
export interface TemplateReference {
  readonly LaunchTemplateId?: string | undefined
  readonly LaunchTemplateName?: string | undefined
  readonly Version?: string | undefined
}

export const launchTemplateKind = recordKind<LaunchTemplate>({
  kind: KIND,
  noun: 'a launch template',
  tell: {
    Created: (event, template) => `The launch template [${template?.LaunchTemplateName ?? ''}](${event.to}) is made.`,
  },
})

/** The data of a template's version, or EC2's refusal. */
export function templateData(
  world: World,
  region: string,
  reference: TemplateReference,
):
  | { readonly template: LaunchTemplate; readonly version: number; readonly data: LaunchOrder }
  | { readonly error: ApiError } {
  const template = findTemplate(world, region, reference)
  if (!template) return absent(reference)
  const { Version = '$Default' } = reference
  const latest = template.versions.at(-1)?.number ?? 1
  const number =
    Version === '$Latest' ? latest : Version === '$Default' ? template.DefaultVersionNumber : Number(Version)
  const version = template.versions.find((one) => one.number === number)
  if (!version)
    return refuse(
      'InvalidLaunchTemplateId.VersionNotFound',
      `Could not find the specified version ${Version} for the launch template with ID ${template.LaunchTemplateId}.`,
    )
  return { template, version: number, data: version.data }
}

function findTemplate(
  world: World,
  region: string,
  { LaunchTemplateId, LaunchTemplateName }: TemplateReference,
): LaunchTemplate | undefined {
  if (LaunchTemplateId !== undefined)
    return world.get(`${KIND}/${region}/${LaunchTemplateId}`) as LaunchTemplate | undefined
  return templates({ world, region }).find((one) => one.LaunchTemplateName === LaunchTemplateName)
}

function absent({ LaunchTemplateId, LaunchTemplateName }: TemplateReference) {
  return LaunchTemplateId === undefined
    ? refuse(
        'InvalidLaunchTemplateName.NotFoundException',
        `At least one of the launch templates specified in the request does not exist.`,
      )
    : refuse(
        'InvalidLaunchTemplateId.NotFound',
        `The specified launch template, with template ID ${LaunchTemplateId}${LaunchTemplateName ?? ''}, does not exist.`,
      )
}

function templates({ world, region }: Pick<ApiCall<never>, 'world' | 'region'>): readonly LaunchTemplate[] {
  return [...world.all(KIND)].filter((one) => (one as LaunchTemplate).region === region) as LaunchTemplate[]
}

function templateOutput(template: Omit<LaunchTemplate, keyof Entity>): object {
  return {
    LaunchTemplateId: template.LaunchTemplateId,
    LaunchTemplateName: template.LaunchTemplateName,
    CreateTime: EPOCH + template.made,
    CreatedBy: `arn:aws:iam::${ACCOUNT}:root`,
    DefaultVersionNumber: template.DefaultVersionNumber,
    LatestVersionNumber: template.versions.at(-1)?.number ?? 1,
    ...(template.Tags.length > 0 ? { Tags: template.Tags } : {}),
  }
}

function versionOutput(template: LaunchTemplate, version: LaunchTemplate['versions'][number]): object {
  return {
    LaunchTemplateId: template.LaunchTemplateId,
    LaunchTemplateName: template.LaunchTemplateName,
    VersionNumber: version.number,
    ...(version.says === undefined ? {} : { VersionDescription: version.says }),
    CreateTime: EPOCH + version.made,
    CreatedBy: `arn:aws:iam::${ACCOUNT}:root`,
    DefaultVersion: version.number === template.DefaultVersionNumber,
    LaunchTemplateData: version.data,
  }
}

/** Operations on launch templates. */
export const launchTemplateOperations: readonly Operation[] = [
  defineOperation<CreateLaunchTemplateRequest>('CreateLaunchTemplate', (call) => {
    const { input, world, region } = call
    if (findTemplate(world, region, { LaunchTemplateName: input.LaunchTemplateName }))
      return refuse('InvalidLaunchTemplateName.AlreadyExistsException', 'Launch template name already in use.')
    if (!/^[a-zA-Z0-9()./_-]{3,125}$/.test(input.LaunchTemplateName))
      return refuse(
        'InvalidLaunchTemplateName.MalformedException',
        `Invalid launch template name. A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: -  _ . / ( ).`,
      )
    const LaunchTemplateId = `lt-0${hexId(world, 16, 'launchTemplate', input.LaunchTemplateName)}`
    const template = {
      region,
      LaunchTemplateId,
      LaunchTemplateName: input.LaunchTemplateName,
      made: world.now,
      DefaultVersionNumber: 1,
      versions: [
        { number: 1, made: world.now, says: input.VersionDescription, data: input.LaunchTemplateData as LaunchOrder },
      ],
      Tags: tagsFor(input.TagSpecifications, 'launch-template'),
    }
    return {
      output: { LaunchTemplate: templateOutput(template) },
      emit: [{ to: `${KIND}/${region}/${LaunchTemplateId}`, kind: KIND, type: 'Created', data: template }],
    }
  }),
  defineOperation<CreateLaunchTemplateVersionRequest>('CreateLaunchTemplateVersion', (call) => {
    const { input, world, region } = call
    const template = findTemplate(world, region, input)
    if (!template) return absent(input)
    const source =
      input.SourceVersion === undefined
        ? undefined
        : templateData(world, region, { ...input, Version: input.SourceVersion })
    if (source && 'error' in source) return source
    const version = {
      number: (template.versions.at(-1)?.number ?? 0) + 1,
      made: world.now,
      says: input.VersionDescription,
      data: { ...source?.data, ...input.LaunchTemplateData } as LaunchOrder,
    }
    return {
      output: { LaunchTemplateVersion: versionOutput(template, version) },
      emit: [{ to: template.id, type: 'Changed', data: { versions: [...template.versions, version] } }],
    }
  }),
  defineOperation<Asked & { readonly LaunchTemplateNames?: readonly string[] }>(
    'DescribeLaunchTemplates',
    (call): ApiAnswer => {
      const all = templates(call)
      const names = call.input.LaunchTemplateNames
      const missing = names?.find((name) => !all.some((one) => one.LaunchTemplateName === name))
      if (missing !== undefined) return absent({ LaunchTemplateName: missing })
      const list = names?.length ? all.filter((one) => names.includes(one.LaunchTemplateName)) : all
      return describe(call, list.map(templateOutput) as { LaunchTemplateId: string }[], {
        output: 'LaunchTemplates',
        ids: 'LaunchTemplateIds',
        id: 'LaunchTemplateId',
        missing: (id) => {
          const { error } = absent({ LaunchTemplateId: id })
          return [error.code, error.message]
        },
      })
    },
  ),
  defineOperation<DescribeLaunchTemplateVersionsRequest>('DescribeLaunchTemplateVersions', (call) => {
    const { input, world, region } = call
    const template = findTemplate(world, region, input)
    if (!template) return absent(input)
    const latest = template.versions.at(-1)?.number
    const wanted = input.Versions?.map((one) =>
      one === '$Latest' ? latest : one === '$Default' ? template.DefaultVersionNumber : Number(one),
    )
    const list = template.versions.filter(({ number }) => !wanted || wanted.includes(number)).reverse()
    const found = filtered(
      list.map((one) => versionOutput(template, one)),
      input.Filters,
    )
    return 'error' in found ? found : { output: { LaunchTemplateVersions: found.kept } }
  }),
  defineOperation<DeleteLaunchTemplateRequest>('DeleteLaunchTemplate', (call) => {
    const template = findTemplate(call.world, call.region, call.input)
    if (!template) return absent(call.input)
    return { output: { LaunchTemplate: templateOutput(template) }, emit: [{ to: template.id, type: 'Deleted' }] }
  }),
]
