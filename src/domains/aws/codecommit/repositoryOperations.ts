import type { World } from '../../../kernel/index.ts'
import { createRepository } from '../../git/index.ts'
import { ACCOUNT, defineOperation, type Operation, pageOf, uuid } from '../core/index.ts'
import { contentHash } from './approvalContent.ts'
import { dated, onRepository, repositoryAccess } from './asking.ts'
import { pullRequestsOf } from './pullRequest.ts'
import {
  type CodeRepository,
  codeRepositories,
  defaultBranch,
  findRepository,
  freeIds,
  gitOf,
  httpsUrl,
  REPOSITORY,
  repositoryArn,
} from './repository.ts'
import type * as api from './types.generated.ts'
import { noRepository, refused } from './words.ts'

const PAGE = 1000

/** Operations on repositories as a whole. */
export const repositoryOperations: readonly Operation[] = [
  defineOperation<api.CreateRepositoryInput>(
    'CreateRepository',
    ({ input, world, region, account }) => {
      const { repositoryName: name, repositoryDescription: description, tags = {} } = input
      if (!validName(name)) return refused('InvalidRepositoryName')
      if (findRepository(world, region, name))
        return refused('RepositoryNameExists', `Repository named ${name} already exists`)
      if (Object.keys(tags).some((key) => /^aws:/i.test(key))) return refused('InvalidSystemTagUsage')
      const { id, git } = freeIds(world, region, name)
      const fields = {
        region,
        name,
        repositoryId: uuid(world, id),
        ...(description === undefined ? {} : { description }),
        kmsKeyId: input.kmsKeyId ?? managedKey(region, account),
        created: world.now,
        modified: world.now,
        tags,
        git,
        triggers: [],
        triggersId: uuid(world, id, 'triggers'),
        templates: [],
      }
      const repositoryMetadata = metadataOf(fields, undefined)
      return {
        output: { repositoryMetadata },
        emit: [
          { to: id, kind: REPOSITORY, type: 'Created', data: fields },
          createRepository(git, { name, url: httpsUrl(region, name), owner: id }),
        ],
      }
    },
    ({ input, region }) => repositoryAccess(region, input.repositoryName),
  ),
  onRepository<api.GetRepositoryInput>('GetRepository', ({ world }, repository) => ({
    output: { repositoryMetadata: shown(world, repository) },
  })),
  defineOperation<api.BatchGetRepositoriesInput>(
    'BatchGetRepositories',
    ({ input, world, region }) => {
      const names = [...new Set(input.repositoryNames.map((name) => name.replace(/,$/, '')))]
      if (names.length === 0)
        return refused(
          'RepositoryNamesRequired',
          'At least one repository name object is required, but was not specified.',
        )
      if (names.length > 100) return refused('MaximumRepositoryNamesExceeded')
      const found = names.map((name) => findRepository(world, region, name))
      return {
        output: {
          repositories: found.flatMap((one) => (one ? [shown(world, one)] : [])),
          repositoriesNotFound: names.filter((_, at) => !found[at]),
          errors: [],
        },
      }
    },
    ({ input, region }) => input.repositoryNames.map((name) => repositoryAccess(region, name)),
  ),
  defineOperation<api.ListRepositoriesInput>('ListRepositories', ({ input, world, region }) => {
    const all = [...codeRepositories(world, region)]
    const byName = input.sortBy !== 'lastModifiedDate'
    all.sort((a, b) => (byName ? (a.name < b.name ? -1 : 1) : a.modified - b.modified))
    if (input.order === 'descending') all.reverse()
    const { items, nextToken } = pageOf(all, input.nextToken, PAGE)
    return {
      output: {
        repositories: items.map(({ name, repositoryId }) => ({ repositoryName: name, repositoryId })),
        nextToken,
      },
    }
  }),
  defineOperation<api.DeleteRepositoryInput>(
    'DeleteRepository',
    ({ input, world, region }) => {
      if (!validName(input.repositoryName)) return refused('InvalidRepositoryName')
      const repository = findRepository(world, region, input.repositoryName)
      if (!repository) return { output: {} }
      return {
        output: { repositoryId: repository.repositoryId },
        emit: [
          ...pullRequestsOf(world, repository).map(({ id }) => ({ to: id, type: 'Deleted' })),
          { to: repository.git, type: 'Deleted' },
          { to: repository.id, type: 'Deleted' },
        ],
      }
    },
    ({ input, region }) => repositoryAccess(region, input.repositoryName),
  ),
  defineOperation<api.UpdateRepositoryNameInput>(
    'UpdateRepositoryName',
    ({ input, world, region }) => {
      const { oldName, newName } = input
      const repository = findRepository(world, region, oldName)
      if (!repository) return noRepository(oldName)
      if (!validName(newName)) return refused('InvalidRepositoryName')
      if (findRepository(world, region, newName))
        return refused('RepositoryNameExists', `Repository named ${newName} already exists`)
      return {
        output: {},
        emit: [
          { to: repository.id, type: 'Changed', data: { name: newName, modified: world.now } },
          { to: repository.git, type: 'Renamed', data: { name: newName, url: httpsUrl(region, newName) } },
        ],
      }
    },
    ({ input, region }) => [repositoryAccess(region, input.oldName), repositoryAccess(region, input.newName)],
  ),
  onRepository<api.UpdateRepositoryDescriptionInput>('UpdateRepositoryDescription', ({ input, world }, { id }) => ({
    output: {},
    emit: [{ to: id, type: 'Changed', data: { description: input.repositoryDescription ?? '', modified: world.now } }],
  })),
  onRepository<api.UpdateRepositoryEncryptionKeyInput>('UpdateRepositoryEncryptionKey', ({ input, world }, one) => ({
    output: { repositoryId: one.repositoryId, kmsKeyId: input.kmsKeyId, originalKmsKeyId: one.kmsKeyId },
    emit: [{ to: one.id, type: 'Changed', data: { kmsKeyId: input.kmsKeyId, modified: world.now } }],
  })),
]

/** The key of the account that CodeCommit encrypts with where no other is named: one in each region. */
function managedKey(region: string, account: string): string {
  const hash = contentHash(`aws/codecommit ${region} ${account}`)
  const id = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `4${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ]
  return `arn:aws:kms:${region}:${account}:key/${id.join('-')}`
}

function validName(name: string): boolean {
  return /^[\w.-]{1,100}$/.test(name) && !name.endsWith('.git')
}

function shown(world: World, repository: CodeRepository): api.RepositoryMetadata {
  return metadataOf(repository, defaultBranch(gitOf(world, repository)))
}

type Kept = Pick<
  CodeRepository,
  'region' | 'name' | 'repositoryId' | 'description' | 'kmsKeyId' | 'created' | 'modified'
>

function metadataOf(kept: Kept, branch: string | undefined): api.RepositoryMetadata {
  const { region, name, description } = kept
  return {
    accountId: ACCOUNT,
    repositoryId: kept.repositoryId,
    repositoryName: name,
    ...(description === undefined || description === '' ? {} : { repositoryDescription: description }),
    ...(branch === undefined ? {} : { defaultBranch: branch }),
    lastModifiedDate: dated(kept.modified),
    creationDate: dated(kept.created),
    cloneUrlHttp: httpsUrl(region, name),
    cloneUrlSsh: httpsUrl(region, name).replace('https:', 'ssh:'),
    Arn: repositoryArn(region, name),
    kmsKeyId: kept.kmsKeyId,
  }
}
