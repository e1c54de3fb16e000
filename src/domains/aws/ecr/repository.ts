import type { Entity, World } from '../../../kernel/index.ts'
import { ACCOUNT } from '../core/index.ts'
import type { ImageTagMutabilityExclusionFilter, Tag } from './types.generated.ts'

export const REPOSITORY = 'aws.ecr.Repository'
export const IMAGE = 'aws.ecr.Image'

/** A repository: the API's fields and what is set for it. */
export interface Repository extends Entity {
  readonly region: string
  readonly repositoryName: string
  readonly repositoryArn: string
  readonly repositoryUri: string
  /** ms since the world began. */
  readonly made: number
  readonly imageTagMutability: string
  readonly imageTagMutabilityExclusionFilters?: readonly ImageTagMutabilityExclusionFilter[] | undefined
  readonly imageScanningConfiguration: { readonly scanOnPush: boolean }
  readonly encryptionConfiguration: { readonly encryptionType: string; readonly kmsKey?: string | undefined }
  readonly policyText?: string | undefined
  readonly lifecyclePolicyText?: string | undefined
  readonly lastEvaluatedAt?: number | undefined
  readonly preview?: Preview | undefined
  readonly tags: readonly Tag[]
}

/** What a lifecycle policy would do, as it was asked. */
export interface Preview {
  readonly text: string
  readonly startedAt: number
}

/** An image in a repository. Its layers and files are those of the `containerd.Image` of each of its tags. */
export interface EcrImage extends Entity {
  readonly region: string
  readonly repository: string
  readonly repositoryName: string
  readonly digest: string
  readonly tags: readonly string[]
  readonly bytes: number
  /** ms since the world began. */
  readonly pushedAt: number
  readonly pulledAt?: number | undefined
  readonly manifest: string
  readonly scan?: Scan | undefined
}

/** How a scan went. */
export interface Scan {
  readonly status: 'IN_PROGRESS' | 'COMPLETE' | 'FAILED'
  readonly description: string
  readonly completedAt?: number | undefined
  readonly findings?: readonly Finding[] | undefined
}

export interface Finding {
  readonly name: string
  readonly severity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL' | 'UNDEFINED'
  readonly packageName: string
  readonly packageVersion: string
  readonly description: string
}

/** Entity id of a repository. */
export function repositoryId(region: string, name: string): string {
  return `${REPOSITORY}/${region}/${name}`
}

export function findRepository(world: World, region: string, name: string): Repository | undefined {
  return world.get(repositoryId(region, name)) as Repository | undefined
}

/** Entity id of an image. */
export function imageId(repository: string, digest: string): string {
  return `${IMAGE}/${repository.slice(REPOSITORY.length + 1)}@${digest}`
}

/** The images of a repository, oldest first. */
export function imagesOf(world: World, repository: string): readonly EcrImage[] {
  return world.ownedBy(repository) as readonly EcrImage[]
}

/** The image of a digest or of a tag. */
export function findImageOf(
  world: World,
  repository: string,
  wanted: { readonly imageTag?: string | undefined; readonly imageDigest?: string | undefined },
): EcrImage | undefined {
  return imagesOf(world, repository).find(
    ({ digest, tags }) =>
      (wanted.imageDigest === undefined || digest === wanted.imageDigest) &&
      (wanted.imageTag === undefined || tags.includes(wanted.imageTag)),
  )
}

/** Host of a region's registry. */
export function registryHost(region: string): string {
  return `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com`
}

/** Region of a registry's host; undefined when it is none of the account. */
export function regionOfHost(host: string): string | undefined {
  return new RegExp(`^${ACCOUNT}\\.dkr\\.ecr\\.([a-z0-9-]+)\\.amazonaws\\.com$`).exec(host)?.[1]
}

/** Whether a tag may be moved to another image. */
export function tagMoves(repository: Repository, tag: string): boolean {
  const mode = repository.imageTagMutability
  const excluded = (repository.imageTagMutabilityExclusionFilters ?? []).some(({ filter }) => {
    const parts = filter.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'))
    return new RegExp(`^${parts.join('.*')}$`).test(tag)
  })
  return mode.startsWith('IMMUTABLE') ? excluded : !excluded
}
