import { type Build, buildArn, buildName, dated, logPlace, sourceDirectory } from './build.ts'

/** The environment of a build's commands. Later ones win. Models: AWS CodeBuild User Guide, "Environment variables in build environments" */
export function environmentOf(build: Build): { readonly [name: string]: string } {
  const { settings, spec, region } = build
  const { stream } = logPlace(build)
  const failed = build.phases.some(({ status }) => status === 'FAILED') || build.failing !== undefined
  const own = (settings.environment?.environmentVariables ?? []).filter(
    ({ type }) => (type ?? 'PLAINTEXT') === 'PLAINTEXT',
  )
  return {
    HOME: '/root',
    PATH: '/usr/local/bin:/usr/local/sbin:/usr/bin:/bin:/usr/sbin:/sbin',
    AWS_DEFAULT_REGION: region,
    AWS_REGION: region,
    CI: 'true',
    ...spec?.variables,
    ...Object.fromEntries(own.map(({ name, value }) => [name, value])),
    ...build.resolved,
    ...(build.batch ? { CODEBUILD_BATCH_BUILD_IDENTIFIER: build.batch.identifier } : {}),
    CODEBUILD_BUILD_ARN: buildArn(build),
    CODEBUILD_BUILD_ID: buildName(build),
    CODEBUILD_BUILD_IMAGE: settings.environment?.image ?? '',
    CODEBUILD_BUILD_NUMBER: String(build.number),
    CODEBUILD_BUILD_SUCCEEDING: failed ? '0' : '1',
    CODEBUILD_INITIATOR: build.initiator,
    CODEBUILD_LOG_PATH: stream,
    CODEBUILD_RESOLVED_SOURCE_VERSION: build.revision?.id ?? '',
    CODEBUILD_SOURCE_REPO_URL: settings.source?.location ?? '',
    CODEBUILD_SOURCE_VERSION: build.sourceVersion ?? '',
    CODEBUILD_SRC_DIR: sourceDirectory(build),
    CODEBUILD_START_TIME: String(dated(build.started)),
  }
}
