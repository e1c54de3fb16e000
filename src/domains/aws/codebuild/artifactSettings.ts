import type * as api from './types.generated.ts'

/** Artifacts of a project with what CodeBuild fills in: those in S3 have a name, a packaging and a namespace. */
export function artifactsWith(artifacts: api.ProjectArtifacts, name: string): api.ProjectArtifacts {
  switch (artifacts.type) {
    case 'S3':
      return {
        name,
        namespaceType: 'NONE',
        packaging: 'NONE',
        ...artifacts,
        encryptionDisabled: artifacts.encryptionDisabled ?? false,
      }
    case 'CODEPIPELINE':
      return { name, packaging: 'NONE', ...artifacts, encryptionDisabled: artifacts.encryptionDisabled ?? false }
    default:
      return artifacts
  }
}

/** Where a build's artifact lies: the path, the build's id where the namespace is that, and the name. Models: AWS CodeBuild API, ProjectArtifacts */
export function artifactLocation(
  { artifacts, name = '' }: api.Project,
  build: { readonly uuid: string },
): string | undefined {
  if (artifacts?.type !== 'S3' || artifacts.location === undefined) return undefined
  const parts = [
    artifacts.location.replace(/^arn:aws:s3:::/, ''),
    artifacts.path?.replace(/^\/|\/$/g, ''),
    artifacts.namespaceType === 'BUILD_ID' ? build.uuid : undefined,
    artifacts.name ?? name,
  ]
  return `arn:aws:s3:::${parts.filter((part) => part !== undefined && part !== '').join('/')}`
}
