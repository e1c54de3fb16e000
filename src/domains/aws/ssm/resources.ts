import type { JsonObject } from '../../../kernel/index.ts'
import { type ResourceCall, type ResourceType, refuse, resourceOf } from '../core/index.ts'
import { newestOf, PARAMETER, type StoredParameter } from './parameter.ts'

const adapted = resourceOf({
  type: 'AWS::SSM::Parameter',
  service: 'ssm',
  required: ['Type', 'Value'],
  replaces: ['Name'],
  watches: [PARAMETER],
  create: {
    operation: 'PutParameter',
    input: (properties, call) => ({ ...properties, Name: nameOf(properties, call), Tags: tagsOf(properties, call) }),
    id: (_output, properties, call) => nameOf(properties, call),
  },
  update: {
    operation: 'PutParameter',
    input: (id, { Tags: _tags, ...properties }) => ({ ...properties, Name: id, Overwrite: true }),
    also: (id, properties, _before, call) => {
      const parameter = named(id, call)
      return parameter ? [{ to: parameter.id, type: 'Tagged', data: { tags: tagsOf(properties, call) } }] : []
    },
  },
  remove: { operation: 'DeleteParameter', input: (id) => ({ Name: id }) },
  entity: (id, world) => ([...world.all(PARAMETER)] as StoredParameter[]).find(({ name }) => name === id),
  attributes: (entity) => {
    const { type, value } = newestOf(entity as StoredParameter)
    return { Type: type, Value: value }
  },
})

const secure = (properties: JsonObject) =>
  properties['Type'] === 'SecureString'
    ? refuse('ValidationError', 'SecureString is not supported for the Type property of AWS::SSM::Parameter.')
    : undefined

/** `AWS::SSM::Parameter`: CloudFormation makes no SecureStrings. */
export const resources: readonly ResourceType[] = [
  {
    ...adapted,
    create: (properties, call) => secure(properties) ?? adapted.create(properties, call),
    ...(adapted.update
      ? {
          update: (id, properties, before, call) =>
            secure(properties) ?? adapted.update?.(id, properties, before, call) ?? { physicalId: id, emit: [] },
        }
      : {}),
  },
]

/** A name that begins with the stack's might begin with `aws`: CloudFormation's own begin with `CFN`. */
function nameOf({ Name }: JsonObject, { generatedName, logicalId }: ResourceCall): string {
  if (Name !== undefined) return String(Name)
  return `CFN-${logicalId}-${generatedName.slice(generatedName.lastIndexOf('-') + 1)}`
}

/** In a template they are an object. */
function tagsOf({ Tags = {} }: JsonObject, { tags }: ResourceCall) {
  return Object.entries({ ...tags, ...(Tags as JsonObject) }).map(([Key, Value]) => ({ Key, Value: String(Value) }))
}

function named(name: string, { world, region }: ResourceCall): StoredParameter | undefined {
  return world.get(`${PARAMETER}/${region}/${name}`) as StoredParameter | undefined
}
