import { type Emission, EPOCH } from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'
import {
  ACCOUNT,
  type ApiAnswer,
  type ApiCall,
  type ApiError,
  arnOf,
  defineOperation,
  type Operation,
  refuse,
} from '../core/index.ts'
import { password } from './authorization.ts'
import { judge, rulesOfText } from './policy.ts'
import { alsoAs, forget, storeImage } from './registry.ts'
import {
  type EcrImage,
  findImageOf,
  findRepository,
  imagesOf,
  REPOSITORY,
  type Repository,
  registryHost,
  repositoryId,
  tagMoves,
} from './repository.ts'
import { severityCounts } from './scanning.ts'
import type {
  BatchCheckLayerAvailabilityRequest,
  BatchDeleteImageRequest,
  BatchGetImageRequest,
  CreateRepositoryRequest,
  DeleteRepositoryRequest,
  DescribeImageScanFindingsRequest,
  DescribeImagesRequest,
  DescribeRepositoriesRequest,
  GetDownloadUrlForLayerRequest,
  ImageIdentifier,
  ListImagesRequest,
  ListTagsForResourceRequest,
  PutImageRequest,
  PutImageScanningConfigurationRequest,
  PutImageTagMutabilityRequest,
  PutLifecyclePolicyRequest,
  SetRepositoryPolicyRequest,
  StartImageScanRequest,
  StartLifecyclePolicyPreviewRequest,
  TagResourceRequest,
  UntagResourceRequest,
} from './types.generated.ts'

/** A preview of a lifecycle policy takes this long, in ms. */
const PREVIEW = 8000
const V2 = 'application/vnd.docker.distribution.manifest.v2+json'

type Named = { readonly repositoryName: string }

function absent(name: string) {
  return refuse(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${ACCOUNT}'`,
  )
}

/** An operation on one repository that there must be. */
function onRepository<In extends Named>(
  name: string,
  run: (call: ApiCall<In>, repository: Repository) => ApiAnswer,
): Operation {
  return defineOperation<In>(
    name,
    (call) => {
      const repository = findRepository(call.world, call.region, call.input.repositoryName)
      return repository ? run(call, repository) : absent(call.input.repositoryName)
    },
    ({ input, region }) => ({ resource: arnOf('ecr', region, `repository/${input.repositoryName}`) }),
  )
}

const changed = ({ id: to }: Repository, data: object): Emission => ({ to, type: 'Changed', data })
const named = ({ repositoryName }: Repository) => ({ registryId: ACCOUNT, repositoryName })

function repositoryOutput(repository: Omit<Repository, 'kind' | 'state' | 'entry' | 'since' | 'born' | 'id'>): object {
  return {
    repositoryArn: repository.repositoryArn,
    registryId: ACCOUNT,
    repositoryName: repository.repositoryName,
    repositoryUri: repository.repositoryUri,
    createdAt: EPOCH + repository.made,
    imageTagMutability: repository.imageTagMutability,
    ...(repository.imageTagMutabilityExclusionFilters
      ? { imageTagMutabilityExclusionFilters: repository.imageTagMutabilityExclusionFilters }
      : {}),
    imageScanningConfiguration: repository.imageScanningConfiguration,
    encryptionConfiguration: repository.encryptionConfiguration,
  }
}

function detailOutput(image: EcrImage): object {
  return {
    registryId: ACCOUNT,
    repositoryName: image.repositoryName,
    imageDigest: image.digest,
    ...(image.tags.length > 0 ? { imageTags: image.tags } : {}),
    imageSizeInBytes: image.bytes,
    imagePushedAt: EPOCH + image.pushedAt,
    ...(image.scan
      ? {
          imageScanStatus: { status: image.scan.status, description: image.scan.description },
          ...(image.scan.completedAt === undefined
            ? {}
            : {
                imageScanFindingsSummary: {
                  imageScanCompletedAt: EPOCH + image.scan.completedAt,
                  vulnerabilitySourceUpdatedAt: EPOCH + image.scan.completedAt,
                  findingSeverityCounts: severityCounts(image.scan),
                },
              }),
        }
      : {}),
    imageManifestMediaType: V2,
    artifactMediaType: 'application/vnd.docker.container.image.v1+json',
    ...(image.pulledAt === undefined ? {} : { lastRecordedPullTime: EPOCH + image.pulledAt }),
    imageStatus: 'ACTIVE',
  }
}

function noImage(repository: Repository, { imageTag, imageDigest }: ImageIdentifier) {
  const what = `{imageDigest:'${imageDigest ?? 'null'}', imageTag:'${imageTag ?? 'null'}'}`
  return refuse(
    'ImageNotFoundException',
    `The image with imageId ${what} does not exist within the repository with name '${repository.repositoryName}' in the registry with id '${ACCOUNT}'`,
  )
}

/** Operations of ECR. */
export const operations: readonly Operation[] = [
  defineOperation<CreateRepositoryRequest>(
    'CreateRepository',
    ({ input, world, region }) => {
      const { repositoryName } = input
      if (findRepository(world, region, repositoryName))
        return refuse(
          'RepositoryAlreadyExistsException',
          `The repository with name '${repositoryName}' already exists in the registry with id '${ACCOUNT}'`,
        )
      const repository = {
        region,
        repositoryName,
        repositoryArn: arnOf('ecr', region, `repository/${repositoryName}`),
        repositoryUri: `${registryHost(region)}/${repositoryName}`,
        made: world.now,
        imageTagMutability: input.imageTagMutability ?? 'MUTABLE',
        ...(input.imageTagMutabilityExclusionFilters
          ? { imageTagMutabilityExclusionFilters: input.imageTagMutabilityExclusionFilters }
          : {}),
        imageScanningConfiguration: { scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false },
        encryptionConfiguration: input.encryptionConfiguration ?? { encryptionType: 'AES256' },
        tags: input.tags ?? [],
      }
      return {
        output: { repository: repositoryOutput(repository) },
        emit: [{ to: repositoryId(region, repositoryName), kind: REPOSITORY, type: 'Created', data: repository }],
      }
    },
    ({ input, region }) => ({ resource: arnOf('ecr', region, `repository/${input.repositoryName}`) }),
  ),
  defineOperation<DescribeRepositoriesRequest>('DescribeRepositories', ({ input, world, region }) => {
    const all = [...world.all(REPOSITORY)].filter((one) => (one as Repository).region === region) as Repository[]
    const wanted = input.repositoryNames
    const missing = wanted?.find((name) => !all.some(({ repositoryName }) => repositoryName === name))
    if (missing !== undefined) return absent(missing)
    const list = all.filter(({ repositoryName }) => !wanted?.length || wanted.includes(repositoryName))
    return { output: { repositories: list.map(repositoryOutput) } }
  }),
  onRepository<DeleteRepositoryRequest>('DeleteRepository', ({ input, world }, repository) => {
    const images = imagesOf(world, repository.id)
    if (images.length > 0 && !input.force)
      return refuse(
        'RepositoryNotEmptyException',
        `The repository with name '${repository.repositoryName}' in registry with id '${ACCOUNT}' cannot be deleted because it still contains images`,
      )
    return {
      output: { repository: repositoryOutput(repository) },
      emit: [...images.flatMap((image) => dropImage(world, repository, image)), { to: repository.id, type: 'Deleted' }],
    }
  }),
  onRepository<ListImagesRequest>('ListImages', ({ input, world }, repository) => {
    const status = input.filter?.tagStatus
    const imageIds = imagesOf(world, repository.id).flatMap(({ digest, tags }): readonly ImageIdentifier[] =>
      tags.length === 0
        ? status === 'TAGGED'
          ? []
          : [{ imageDigest: digest }]
        : status === 'UNTAGGED'
          ? []
          : tags.map((imageTag) => ({ imageDigest: digest, imageTag })),
    )
    return { output: { imageIds } }
  }),
  onRepository<DescribeImagesRequest>('DescribeImages', ({ input, world }, repository) => {
    const wanted = input.imageIds
    if (wanted?.length) {
      const found: EcrImage[] = []
      for (const one of wanted) {
        const image = findImageOf(world, repository.id, one)
        if (!image) return noImage(repository, one)
        if (!found.includes(image)) found.push(image)
      }
      return { output: { imageDetails: found.map(detailOutput) } }
    }
    const status = input.filter?.tagStatus
    const list = imagesOf(world, repository.id).filter(
      ({ tags }) => status === undefined || status === 'ANY' || (status === 'TAGGED') === tags.length > 0,
    )
    return { output: { imageDetails: list.map(detailOutput) } }
  }),
  onRepository<BatchGetImageRequest>('BatchGetImage', ({ input, world }, repository) => {
    const images: object[] = []
    const failures: object[] = []
    for (const imageId of input.imageIds) {
      const image = findImageOf(world, repository.id, imageId)
      if (image)
        images.push({
          ...named(repository),
          imageId: {
            imageDigest: image.digest,
            ...(imageId.imageTag === undefined ? {} : { imageTag: imageId.imageTag }),
          },
          imageManifest: image.manifest,
          imageManifestMediaType: V2,
        })
      else failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' })
    }
    return { output: { images, failures } }
  }),
  onRepository<BatchDeleteImageRequest>('BatchDeleteImage', ({ input, world }, repository) => {
    const imageIds: ImageIdentifier[] = []
    const failures: object[] = []
    const emit: Emission[] = []
    const lost = new Map<string, Set<string>>()
    for (const imageId of input.imageIds) {
      const image = findImageOf(world, repository.id, imageId)
      if (!image || (imageId.imageTag === undefined && imageId.imageDigest === undefined)) {
        failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' })
        continue
      }
      const gone = lost.get(image.digest) ?? new Set<string>()
      lost.set(image.digest, gone)
      if (imageId.imageTag === undefined) {
        for (const imageTag of image.tags) imageIds.push({ imageDigest: image.digest, imageTag })
        if (image.tags.length === 0) imageIds.push({ imageDigest: image.digest })
        emit.push(...dropImage(world, repository, image))
        continue
      }
      gone.add(imageId.imageTag)
      imageIds.push({ imageDigest: image.digest, imageTag: imageId.imageTag })
      // An image goes with the last of its tags.
      if (image.tags.every((tag) => gone.has(tag))) emit.push(...dropImage(world, repository, image))
      else
        emit.push(
          { to: image.id, type: 'Untagged', data: { tag: imageId.imageTag } },
          ...forget(world, repository.region, repository.repositoryName, imageId.imageTag),
        )
    }
    return { output: { imageIds, failures }, emit }
  }),
  onRepository<PutImageRequest>('PutImage', putImage),
  defineOperation<{ readonly registryIds?: readonly string[] }>('GetAuthorizationToken', ({ world, region }) => {
    const { text, expiresAt } = password(world, region)
    return {
      output: {
        authorizationData: [
          { authorizationToken: btoa(`AWS:${text}`), expiresAt, proxyEndpoint: `https://${registryHost(region)}` },
        ],
      },
    }
  }),
  onRepository<PutLifecyclePolicyRequest>('PutLifecyclePolicy', ({ input }, repository) => {
    const read = rulesOfText(input.lifecyclePolicyText)
    if ('error' in read) return read
    return {
      output: { ...named(repository), lifecyclePolicyText: input.lifecyclePolicyText },
      emit: [changed(repository, { lifecyclePolicyText: input.lifecyclePolicyText })],
    }
  }),
  onRepository<Named>('GetLifecyclePolicy', (_call, repository) =>
    repository.lifecyclePolicyText === undefined
      ? noPolicy(repository)
      : {
          output: { ...named(repository), lifecyclePolicyText: repository.lifecyclePolicyText, lastEvaluatedAt: EPOCH },
        },
  ),
  onRepository<Named>('DeleteLifecyclePolicy', (_call, repository) =>
    repository.lifecyclePolicyText === undefined
      ? noPolicy(repository)
      : {
          output: { ...named(repository), lifecyclePolicyText: repository.lifecyclePolicyText, lastEvaluatedAt: EPOCH },
          emit: [changed(repository, { lifecyclePolicyText: undefined })],
        },
  ),
  onRepository<StartLifecyclePolicyPreviewRequest>('StartLifecyclePolicyPreview', ({ input, world }, repository) => {
    const text = input.lifecyclePolicyText ?? repository.lifecyclePolicyText
    if (text === undefined) return noPolicy(repository)
    const read = rulesOfText(text)
    if ('error' in read) return read
    if (repository.preview && world.now - repository.preview.startedAt < PREVIEW)
      return refuse(
        'LifecyclePolicyPreviewInProgressException',
        `The previous lifecycle policy preview request has not completed. Wait and try again.`,
      )
    return {
      output: { ...named(repository), lifecyclePolicyText: text, status: 'IN_PROGRESS' },
      emit: [changed(repository, { preview: { text, startedAt: world.now } })],
    }
  }),
  onRepository<Named>('GetLifecyclePolicyPreview', ({ world }, repository) => {
    const { preview } = repository
    if (!preview)
      return refuse(
        'LifecyclePolicyPreviewNotFoundException',
        `There is no dry run for this repository with name '${repository.repositoryName}' in the registry with id '${ACCOUNT}'`,
      )
    const base = { ...named(repository), lifecyclePolicyText: preview.text }
    if (world.now - preview.startedAt < PREVIEW)
      return { output: { ...base, status: 'IN_PROGRESS', previewResults: [], summary: {} } }
    const read = rulesOfText(preview.text)
    const marks = 'error' in read ? [] : judge(world, repository.id, read.rules).marks
    const previewResults = marks.flatMap(({ id, rulePriority, action }) => {
      const image = findImageOf(world, repository.id, { imageDigest: id })
      return image
        ? [
            {
              imageTags: image.tags,
              imageDigest: image.digest,
              imagePushedAt: EPOCH + image.pushedAt,
              action: { type: action.toUpperCase() },
              appliedRulePriority: rulePriority,
            },
          ]
        : []
    })
    return {
      output: {
        ...base,
        status: 'COMPLETE',
        previewResults,
        summary: { expiringImageTotalCount: previewResults.length },
      },
    }
  }),
  onRepository<SetRepositoryPolicyRequest>('SetRepositoryPolicy', ({ input }, repository) => {
    if (!isJson(input.policyText))
      return refuse(
        'InvalidParameterException',
        `Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'`,
      )
    return {
      output: { ...named(repository), policyText: input.policyText },
      emit: [changed(repository, { policyText: input.policyText })],
    }
  }),
  onRepository<Named>('GetRepositoryPolicy', (_call, repository) =>
    repository.policyText === undefined
      ? noRepositoryPolicy(repository)
      : { output: { ...named(repository), policyText: repository.policyText } },
  ),
  onRepository<Named>('DeleteRepositoryPolicy', (_call, repository) =>
    repository.policyText === undefined
      ? noRepositoryPolicy(repository)
      : {
          output: { ...named(repository), policyText: repository.policyText },
          emit: [changed(repository, { policyText: undefined })],
        },
  ),
  onRepository<PutImageTagMutabilityRequest>('PutImageTagMutability', ({ input }, repository) => ({
    output: { ...named(repository), imageTagMutability: input.imageTagMutability },
    emit: [
      changed(repository, {
        imageTagMutability: input.imageTagMutability,
        imageTagMutabilityExclusionFilters: input.imageTagMutabilityExclusionFilters,
      }),
    ],
  })),
  onRepository<PutImageScanningConfigurationRequest>('PutImageScanningConfiguration', ({ input }, repository) => {
    const imageScanningConfiguration = { scanOnPush: input.imageScanningConfiguration.scanOnPush ?? false }
    return {
      output: { ...named(repository), imageScanningConfiguration },
      emit: [changed(repository, { imageScanningConfiguration })],
    }
  }),
  onRepository<StartImageScanRequest>('StartImageScan', ({ input, world }, repository) => {
    const image = findImageOf(world, repository.id, input.imageId)
    if (!image) return noImage(repository, input.imageId)
    if (
      image.state === 'Scanning' ||
      (image.scan?.completedAt !== undefined && world.now - image.scan.completedAt < 86_400_000)
    )
      return refuse('LimitExceededException', 'The scan quota per image has been exceeded. Wait and try again.')
    return {
      output: {
        ...named(repository),
        imageId: {
          imageDigest: image.digest,
          ...(input.imageId.imageTag === undefined ? {} : { imageTag: input.imageId.imageTag }),
        },
        imageScanStatus: { status: 'IN_PROGRESS' },
      },
      emit: [{ to: image.id, type: 'ScanStarted' }],
    }
  }),
  onRepository<DescribeImageScanFindingsRequest>('DescribeImageScanFindings', ({ input, world }, repository) => {
    const image = findImageOf(world, repository.id, input.imageId)
    if (!image) return noImage(repository, input.imageId)
    const { scan } = image
    if (!scan)
      return refuse(
        'ScanNotFoundException',
        `Image scan does not exist for the image with '{imageDigest:'${image.digest}', imageTag:'${input.imageId.imageTag ?? 'null'}'}' in the repository with name '${repository.repositoryName}' in the registry with id '${ACCOUNT}'`,
      )
    return {
      output: {
        ...named(repository),
        imageId: {
          imageDigest: image.digest,
          ...(input.imageId.imageTag === undefined ? {} : { imageTag: input.imageId.imageTag }),
        },
        imageScanStatus: { status: scan.status, description: scan.description },
        ...(scan.completedAt === undefined
          ? {}
          : {
              imageScanFindings: {
                findings: (scan.findings ?? []).map(({ name, severity, description, packageName, packageVersion }) => ({
                  name,
                  description,
                  uri: `https://nvd.nist.gov/vuln/detail/${name}`,
                  severity,
                  attributes: [
                    { key: 'package_version', value: packageVersion },
                    { key: 'package_name', value: packageName },
                  ],
                })),
                imageScanCompletedAt: EPOCH + scan.completedAt,
                vulnerabilitySourceUpdatedAt: EPOCH + scan.completedAt,
                findingSeverityCounts: severityCounts(scan),
              },
            }),
      },
    }
  }),
  onRepository<GetDownloadUrlForLayerRequest>('GetDownloadUrlForLayer', ({ input, region, world }, repository) => {
    const image = imagesOf(world, repository.id).find(({ manifest }) => manifest.includes(input.layerDigest))
    if (!image)
      return refuse(
        'LayersNotFoundException',
        `Layers with digests '[${input.layerDigest}]' not found in the repository with name '${repository.repositoryName}'`,
      )
    const path = digestOf(`${repository.id} ${input.layerDigest}`).slice(7, 43)
    return {
      output: {
        downloadUrl: `https://prod-${region}-starport-layer-bucket.s3.${region}.amazonaws.com/${path}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=3600`,
        layerDigest: input.layerDigest,
      },
    }
  }),
  onRepository<BatchCheckLayerAvailabilityRequest>('BatchCheckLayerAvailability', ({ input, world }, repository) => ({
    output: {
      layers: input.layerDigests.map((layerDigest) => {
        const there = imagesOf(world, repository.id).some(({ manifest }) => manifest.includes(layerDigest))
        return { layerDigest, layerAvailability: there ? 'AVAILABLE' : 'UNAVAILABLE' }
      }),
      failures: [],
    },
  })),
  defineOperation<object>('DescribeRegistry', () => ({
    output: { registryId: ACCOUNT, replicationConfiguration: { rules: [] } },
  })),
  defineOperation<object>('GetRegistryScanningConfiguration', () => ({
    output: { registryId: ACCOUNT, scanningConfiguration: { scanType: 'BASIC', rules: [] } },
  })),
  defineOperation<TagResourceRequest>('TagResource', (call) => {
    const repository = byArn(call, call.input.resourceArn)
    if ('error' in repository) return repository
    const { tags } = call.input
    const kept = repository.tags.filter(({ Key }) => !tags.some((tag) => tag.Key === Key))
    return { output: {}, emit: [changed(repository, { tags: [...kept, ...tags] })] }
  }),
  defineOperation<UntagResourceRequest>('UntagResource', (call) => {
    const repository = byArn(call, call.input.resourceArn)
    if ('error' in repository) return repository
    return {
      output: {},
      emit: [
        changed(repository, { tags: repository.tags.filter(({ Key = '' }) => !call.input.tagKeys.includes(Key)) }),
      ],
    }
  }),
  defineOperation<ListTagsForResourceRequest>('ListTagsForResource', (call) => {
    const repository = byArn(call, call.input.resourceArn)
    return 'error' in repository ? repository : { output: { tags: repository.tags } }
  }),
]

function byArn({ world }: ApiCall<object>, arn: string): Repository | { readonly error: ApiError } {
  const [, region = '', name = ''] = /^arn:aws:ecr:([\w-]+):\d+:repository\/(.+)$/.exec(arn) ?? []
  return findRepository(world, region, name) ?? absent(name)
}

function noPolicy({ repositoryName }: Repository) {
  return refuse(
    'LifecyclePolicyNotFoundException',
    `Lifecycle policy does not exist for the repository with name '${repositoryName}' in the registry with id '${ACCOUNT}'`,
  )
}

function noRepositoryPolicy({ repositoryName }: Repository) {
  return refuse(
    'RepositoryPolicyNotFoundException',
    `Repository policy does not exist for the repository with name '${repositoryName}' in the registry with id '${ACCOUNT}'`,
  )
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

/** An image with all that runtimes can pull of it. */
function dropImage(world: ApiCall<never>['world'], repository: Repository, image: EcrImage): readonly Emission[] {
  return [
    { to: image.id, type: 'Deleted' },
    ...image.tags.flatMap((tag) => forget(world, repository.region, repository.repositoryName, tag)),
  ]
}

/** A manifest under a tag: how an image that is there gets another one. */
function putImage({ input, world }: ApiCall<PutImageRequest>, repository: Repository): ApiAnswer {
  const { imageManifest, imageTag } = input
  const there = imagesOf(world, repository.id).find(
    ({ manifest, digest }) => manifest === imageManifest || digest === input.imageDigest,
  )
  const digest = there?.digest ?? input.imageDigest ?? digestOf(imageManifest)
  const holder = imageTag === undefined ? undefined : findImageOf(world, repository.id, { imageTag })
  if (holder?.digest === digest)
    return refuse(
      'ImageAlreadyExistsException',
      `Image with digest '${digest}' and tag '${imageTag}' already exists in the repository with name '${repository.repositoryName}' in registry with id '${ACCOUNT}'`,
    )
  if (holder && imageTag !== undefined && !tagMoves(repository, imageTag))
    return refuse(
      'ImageTagAlreadyExistsException',
      `The image tag '${imageTag}' already exists in the '${repository.repositoryName}' repository and cannot be overwritten because the tag is immutable.`,
    )
  const { region, repositoryName } = repository
  const bytes = there?.bytes ?? sizeOf(imageManifest)
  const from = there?.tags[0]
  return {
    output: {
      image: {
        ...named(repository),
        imageId: { imageDigest: digest, ...(imageTag === undefined ? {} : { imageTag }) },
        imageManifest,
        imageManifestMediaType: input.imageManifestMediaType ?? V2,
      },
    },
    emit: [
      ...storeImage(world, region, repositoryName, imageTag, digest, bytes, there?.manifest ?? imageManifest),
      ...(from === undefined || imageTag === undefined ? [] : alsoAs(world, region, repositoryName, from, imageTag)),
    ],
  }
}

/** Bytes of the layers that a manifest names. */
function sizeOf(manifest: string): number {
  let sum = 0
  for (const [, size] of manifest.matchAll(/"size"\s*:\s*(\d+)/g)) sum += Number(size)
  return sum
}
