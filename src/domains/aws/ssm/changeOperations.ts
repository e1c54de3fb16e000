import type { Emission } from '../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, defineOperation, type Operation, refuse } from '../core/index.ts'
import { findParameter, newestOf, parameterArn, type StoredParameter } from './parameter.ts'
import { NOT_FOUND } from './reading.ts'
import type {
  AddTagsToResourceRequest,
  DeleteParameterRequest,
  DeleteParametersRequest,
  LabelParameterVersionRequest,
  ListTagsForResourceRequest,
  RemoveTagsFromResourceRequest,
  Tag,
  UnlabelParameterVersionRequest,
} from './types.generated.ts'

const MOST_LABELS = 10
const MOST_TAGS = 50

/** Operations that change parameters otherwise than by a new version. */
export const changeOperations: readonly Operation[] = [
  onParameter<DeleteParameterRequest>('DeleteParameter', (_call, parameter) => ({
    output: {},
    emit: [deletion(parameter)],
  })),
  defineOperation<DeleteParametersRequest>(
    'DeleteParameters',
    ({ input, world, region }) => {
      const found: StoredParameter[] = []
      const InvalidParameters: string[] = []
      for (const name of new Set(input.Names)) {
        const parameter = findParameter(world, region, name.trim())
        if (parameter) found.push(parameter)
        else InvalidParameters.push(name)
      }
      return {
        output: { DeletedParameters: found.map(({ name }) => name), InvalidParameters },
        emit: found.map(deletion),
      }
    },
    ({ input, region }) => input.Names.map((name) => ({ resource: parameterArn(region, name) })),
  ),
  onParameter<LabelParameterVersionRequest>('LabelParameterVersion', ({ input }, parameter) => {
    const version = input.ParameterVersion ?? newestOf(parameter).version
    const found = parameter.versions.find((one) => one.version === version)
    if (!found) return noVersion(parameter, version)
    const long = input.Labels.find((label) => label.length > 100)
    if (long !== undefined)
      return refuse(
        'ValidationException',
        `1 validation error detected: Value '[${input.Labels.join(', ')}]' at 'labels' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 100, Member must have length greater than or equal to 1]`,
      )
    const valid = [...new Set(input.Labels)].filter((label) => /^(?!\d|aws|ssm)[\w.-]+$/i.test(label))
    const InvalidLabels = input.Labels.filter((label) => !valid.includes(label))
    if (new Set([...found.labels, ...valid]).size > MOST_LABELS)
      return refuse(
        'ParameterVersionLabelLimitExceeded',
        'A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.',
      )
    return {
      output: { InvalidLabels, ParameterVersion: version },
      emit: valid.length > 0 ? [{ to: parameter.id, type: 'Labeled', data: { version, labels: valid } }] : [],
    }
  }),
  onParameter<UnlabelParameterVersionRequest>('UnlabelParameterVersion', ({ input }, parameter) => {
    const found = parameter.versions.find((one) => one.version === input.ParameterVersion)
    if (!found) return noVersion(parameter, input.ParameterVersion)
    const RemovedLabels = input.Labels.filter((label) => found.labels.includes(label))
    const InvalidLabels = input.Labels.filter((label) => !found.labels.includes(label))
    const data = { version: found.version, labels: RemovedLabels }
    return {
      output: { RemovedLabels, InvalidLabels },
      emit: RemovedLabels.length > 0 ? [{ to: parameter.id, type: 'Unlabeled', data }] : [],
    }
  }),
  onTags<AddTagsToResourceRequest>('AddTagsToResource', ({ input }, parameter) => {
    const others = parameter.tags.filter(({ Key }) => !input.Tags.some((tag) => tag.Key === Key))
    const tags = [...others, ...input.Tags]
    if (tags.length > MOST_TAGS)
      return refuse(
        'TooManyTagsError',
        'The Targets parameter includes too many tags. Remove one or more tags and try the command again.',
      )
    return { output: {}, emit: [tagged(parameter, tags)] }
  }),
  onTags<RemoveTagsFromResourceRequest>('RemoveTagsFromResource', ({ input }, parameter) => ({
    output: {},
    emit: [
      tagged(
        parameter,
        parameter.tags.filter(({ Key }) => !input.TagKeys.includes(Key)),
      ),
    ],
  })),
  onTags<ListTagsForResourceRequest>('ListTagsForResource', (_call, parameter) => ({
    output: { TagList: parameter.tags },
  })),
]

/** An operation on one parameter that there must be. */
function onParameter<In extends { readonly Name: string }>(
  operation: string,
  run: (call: ApiCall<In>, parameter: StoredParameter) => ApiAnswer,
): Operation {
  return defineOperation<In>(
    operation,
    (call) => {
      const parameter = findParameter(call.world, call.region, call.input.Name.trim())
      return parameter ? run(call, parameter) : NOT_FOUND
    },
    ({ input, region }) => ({ resource: parameterArn(region, input.Name.trim()) }),
  )
}

/** An operation on the tags of a parameter. */
function onTags<In extends ListTagsForResourceRequest>(
  operation: string,
  run: (call: ApiCall<In>, parameter: StoredParameter) => ApiAnswer,
): Operation {
  return defineOperation<In>(
    operation,
    (call) => {
      const { ResourceType, ResourceId } = call.input
      if (ResourceType !== 'Parameter')
        return refuse('InvalidResourceType', `The lab keeps no ${ResourceType} of Systems Manager.`)
      const parameter = findParameter(call.world, call.region, ResourceId)
      if (!parameter)
        return refuse(
          'InvalidResourceId',
          "The resource ID isn't valid. Verify that you entered the correct ID and try again.",
        )
      return run(call, parameter)
    },
    ({ input, region }) => ({ resource: parameterArn(region, input.ResourceId) }),
  )
}

function deletion(parameter: StoredParameter): Emission {
  const { type, description } = newestOf(parameter)
  const { id: to, arn, name } = parameter
  return { to, type: 'Deleted', data: { arn, name, type, ...(description === undefined ? {} : { description }) } }
}

function tagged({ id: to }: StoredParameter, tags: readonly Tag[]): Emission {
  return { to, type: 'Tagged', data: { tags } }
}

function noVersion({ name }: StoredParameter, version: number) {
  return refuse(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
  )
}
