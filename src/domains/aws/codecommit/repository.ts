import type { Entity, World } from '../../../kernel/index.ts'
import { type Repository as GitRepository, repositoryId, repositoryOf } from '../../git/index.ts'
import { arnOf } from '../core/index.ts'
import type * as api from './types.generated.ts'

/** What CodeCommit keeps of a repository beside its commits, which are in the git repository `git`. */
export interface CodeRepository extends Entity {
  readonly region: string
  readonly name: string
  readonly repositoryId: string
  readonly description?: string | undefined
  readonly kmsKeyId: string
  /** Virtual times in ms. */
  readonly created: number
  readonly modified: number
  readonly tags: { readonly [key: string]: string }
  /** Entity id of its git repository. */
  readonly git: string
  readonly triggers: readonly api.RepositoryTrigger[]
  readonly triggersId: string
  /** Entity ids of the approval rule templates that its pull requests get their rules from. */
  readonly templates: readonly string[]
}

export const REPOSITORY = 'aws.codecommit.Repository'

export function codeRepositories(world: World, region: string): readonly CodeRepository[] {
  return [...world.all(REPOSITORY)].map((one) => one as CodeRepository).filter((one) => one.region === region)
}

export function findRepository(world: World, region: string, name: string): CodeRepository | undefined {
  return codeRepositories(world, region).find((one) => one.name === name)
}

/** The commits of a repository. */
export function gitOf(world: World, repository: CodeRepository): GitRepository {
  const found = repositoryOf(world, repository.git)
  if (!found) throw new Error(`${repository.id} has lost its git repository`)
  return found
}

/** The repository that a git repository belongs to, if it is one of CodeCommit's. */
export function repositoryOfGit(world: World, id: string): CodeRepository | undefined {
  const owner = world.get(id)?.owner
  const found = owner === undefined ? undefined : world.get(owner)
  return found?.kind === REPOSITORY ? (found as CodeRepository) : undefined
}

/** Entity ids of a repository to be: its name's, or, while one that was renamed has them, others. */
export function freeIds(world: World, region: string, name: string): { readonly id: string; readonly git: string } {
  for (let n = 1; ; n++) {
    const path = `${region}/${n === 1 ? name : `${name}~${n}`}`
    const id = `${REPOSITORY}/${path}`
    const git = repositoryId(`codecommit/${path}`)
    if (!world.get(id) && !world.get(git)) return { id, git }
  }
}

export function repositoryArn(region: string, name: string): string {
  return arnOf('codecommit', region, name)
}

export function httpsUrl(region: string, name: string): string {
  return `https://git-codecommit.${region}.amazonaws.com/v1/repos/${name}`
}

/** Short name of the default branch; undefined before the first commit. */
export function defaultBranch(git: GitRepository): string | undefined {
  return git.refs[git.head] === undefined ? undefined : git.head.replace('refs/heads/', '')
}
