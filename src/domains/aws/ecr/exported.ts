import { type ExportedFile, type JsonObject, STEP, type World } from '../../../kernel/index.ts'
import { buildFolder, buildLine } from '../../docker/index.ts'
import {
  ACCOUNT,
  type ExportedResource,
  lean,
  type ServiceExport,
  type ServiceExporter,
  templateTags,
} from '../core/index.ts'
import { imagesOf, REPOSITORY, type Repository } from './repository.ts'

/** Repositories, and for each of their images the folder that it was built of, with the lines that build and push it. */
export const exported: ServiceExporter = (region, world) => {
  const repositories = ([...world.all(REPOSITORY)] as Repository[])
    .filter((one) => one.region === region)
    .sort((a, b) => (a.repositoryName < b.repositoryName ? -1 : 1))
  return { resources: repositories.map(repositoryOf), ...imagesIn(world, region, repositories) }
}

function repositoryOf(repository: Repository): ExportedResource {
  const { repositoryName, imageTagMutability, imageScanningConfiguration, policyText, lifecyclePolicyText, tags } =
    repository
  return {
    type: 'AWS::ECR::Repository',
    name: repositoryName,
    physicalId: repositoryName,
    properties: lean({
      RepositoryName: repositoryName,
      ImageTagMutability: imageTagMutability === 'MUTABLE' ? undefined : imageTagMutability,
      ImageScanningConfiguration: imageScanningConfiguration.scanOnPush ? { ScanOnPush: true } : undefined,
      RepositoryPolicyText: policyText === undefined ? undefined : (JSON.parse(policyText) as JsonObject),
      LifecyclePolicy: lifecyclePolicyText === undefined ? undefined : { LifecyclePolicyText: lifecyclePolicyText },
      Tags: templateTags(tags),
    }),
  }
}

/** Images in the order in which they were pushed. One that the lab did not build has nothing to be built of. */
function imagesIn(world: World, region: string, repositories: readonly Repository[]): ServiceExport {
  const files: ExportedFile[] = []
  const lines: string[] = []
  const images = repositories.flatMap((repository) =>
    imagesOf(world, repository.id).flatMap(({ tags, pushedAt, born }) =>
      tags.map((tag) => ({ uri: repository.repositoryUri, tag, pushedAt, born })),
    ),
  )
  for (const { uri, tag } of images.sort((a, b) => a.born - b.born)) {
    const folder = buildFolder(world, `${uri}:${tag}`)
    if (!folder) continue
    files.push(...folder.files)
    const name = `${uri}:${tag}`.replace(`${ACCOUNT}.dkr.ecr.${region}.amazonaws.com`, '$registry')
    lines.push(buildLine(folder, name), `docker push -q ${name}`)
  }
  if (lines.length === 0) return {}
  const login = [
    `registry=$(aws sts get-caller-identity --query Account --output text).dkr.ecr.${region}.amazonaws.com`,
    `aws ecr get-login-password --region ${region} | docker login --username AWS --password-stdin $registry`,
  ]
  return { files, steps: [{ order: STEP.images, says: 'Images', lines: [...login, ...lines] }] }
}
