import type { JsonObject, World } from '../../../kernel/index.ts'
import { callService, type ResourceAnswer, type ResourceCall, type ResourceType } from '../core/index.ts'
import { type CodeRepository, httpsUrl, REPOSITORY, repositoryArn } from './repository.ts'

/** `AWS::CodeCommit::Repository`. Its physical id is the repository's id. Unlike AWS, `Code` is not read: there are no files of S3. */
export const repositoryResource: ResourceType = {
  type: 'AWS::CodeCommit::Repository',
  required: ['RepositoryName'],
  replaces: [],
  create: (properties, call) => {
    const own = ((properties['Tags'] ?? []) as readonly { readonly Key: string; readonly Value: string }[]).map(
      ({ Key, Value }) => [Key, Value] as const,
    )
    const tags = { ...call.tags, ...Object.fromEntries(own) }
    const { RepositoryName, RepositoryDescription, KmsKeyId, Triggers } = properties
    const made = ask(call, 'CreateRepository', {
      repositoryName: RepositoryName,
      ...(RepositoryDescription === undefined ? {} : { repositoryDescription: RepositoryDescription }),
      ...(KmsKeyId === undefined ? {} : { kmsKeyId: KmsKeyId }),
      ...(Object.keys(tags).some((key) => key.startsWith('aws:')) ? {} : { tags }),
    } as JsonObject)
    if ('error' in made) return made
    const { repositoryMetadata } = made.output as { readonly repositoryMetadata: { readonly repositoryId: string } }
    const [created] = made.emit
    const triggers =
      Triggers === undefined || !created ? [] : [{ to: created.to, type: 'TriggersPut', data: triggersOf(Triggers) }]
    return { physicalId: repositoryMetadata.repositoryId, emit: [...made.emit, ...triggers] }
  },
  update: (physicalId, properties, before, call) => {
    const repository = found(physicalId, call.world)
    if (!repository)
      return { error: { code: 'RepositoryDoesNotExistException', message: `${physicalId} does not exist` } }
    const { RepositoryName: name, RepositoryDescription: description, Triggers } = properties
    const emit = []
    if (name !== before['RepositoryName']) {
      const renamed = ask(call, 'UpdateRepositoryName', { oldName: repository.name, newName: name } as JsonObject)
      if ('error' in renamed) return renamed
      emit.push(...renamed.emit)
    }
    if (description !== before['RepositoryDescription'])
      emit.push({ to: repository.id, type: 'Changed', data: { description: description ?? '' } })
    if (JSON.stringify(Triggers) !== JSON.stringify(before['Triggers']))
      emit.push({ to: repository.id, type: 'TriggersPut', data: triggersOf(Triggers ?? []) })
    return { physicalId, emit }
  },
  remove: (physicalId, _properties, call) => {
    const repository = found(physicalId, call.world)
    if (!repository) return { physicalId, emit: [] }
    const gone = ask(call, 'DeleteRepository', { repositoryName: repository.name })
    return 'error' in gone ? gone : { physicalId, emit: gone.emit }
  },
  state: (physicalId, world) => (found(physicalId, world) ? 'ready' : 'gone'),
  watches: [REPOSITORY],
  attributes: (physicalId, world) => {
    const repository = found(physicalId, world)
    if (!repository) return {}
    const { region, name } = repository
    const url = httpsUrl(region, name)
    return {
      Arn: repositoryArn(region, name),
      CloneUrlHttp: url,
      CloneUrlSsh: url.replace('https:', 'ssh:'),
      KmsKeyId: repository.kmsKeyId,
      Name: name,
    }
  },
}

type Asked =
  | { readonly output: object; readonly emit: readonly { readonly to: string; readonly type: string }[] }
  | Extract<ResourceAnswer, { readonly error: unknown }>

function ask({ world, principal, region }: ResourceCall, operation: string, input: JsonObject): Asked {
  const answer = callService({ world, service: 'codecommit', operation, input, principal, region })
  return 'error' in answer ? { error: answer.error } : { output: answer.output, emit: answer.emit ?? [] }
}

function found(physicalId: string, world: World): CodeRepository | undefined {
  for (const one of world.all(REPOSITORY)) {
    const repository = one as CodeRepository
    if (repository.repositoryId === physicalId) return repository
  }
  return undefined
}

function triggersOf(triggers: unknown) {
  const list = triggers as readonly {
    readonly Name: string
    readonly DestinationArn: string
    readonly CustomData?: string
    readonly Branches?: readonly string[]
    readonly Events: readonly string[]
  }[]
  return {
    triggers: list.map((one) => ({
      name: one.Name,
      destinationArn: one.DestinationArn,
      customData: one.CustomData ?? '',
      branches: one.Branches ?? [],
      events: one.Events,
    })),
  }
}
