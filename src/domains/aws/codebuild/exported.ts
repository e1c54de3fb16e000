import { capitals, lean, type ServiceExporter, templateTags } from '../core/index.ts'
import { PROJECT, type Project } from './build.ts'

/** What the API sets, and what every project has unless told otherwise. */
const SET = new Set(['name', 'arn', 'created', 'lastModified', 'badge', 'encryptionKey', 'tags', 'webhook'])
const FRESH: { readonly [key: string]: unknown } = { timeoutInMinutes: 60, queuedTimeoutInMinutes: 480 }

/** Projects, and their buildspecs as files where they are written in the project itself. */
export const exported: ServiceExporter = (region, world) => {
  const projects = ([...world.all(PROJECT)] as Project[])
    .filter((one) => one.region === region)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return {
    resources: projects.map(({ name, project }) => {
      const { source, artifacts, cache, environment, ...rest } = project as unknown as {
        readonly [key: string]: { readonly [key: string]: unknown }
      }
      const own = Object.entries(rest).filter(([key, value]) => !SET.has(key) && FRESH[key] !== value)
      return {
        type: 'AWS::CodeBuild::Project',
        name,
        physicalId: name,
        properties: lean({
          Name: name,
          ...(capitals(Object.fromEntries(own)) as object),
          Source: capitals(lean(renamed({ ...source, insecureSsl: source?.['insecureSsl'] || undefined }))),
          Artifacts:
            artifacts?.['type'] === 'CODEPIPELINE' || artifacts?.['type'] === 'NO_ARTIFACTS'
              ? { Type: artifacts['type'] }
              : capitals(lean({ ...artifacts, encryptionDisabled: artifacts?.['encryptionDisabled'] || undefined })),
          Environment: capitals(
            lean({
              ...environment,
              privilegedMode: environment?.['privilegedMode'] || undefined,
              imagePullCredentialsType:
                environment?.['imagePullCredentialsType'] === 'CODEBUILD'
                  ? undefined
                  : environment?.['imagePullCredentialsType'],
            }),
          ),
          Cache: cache?.['type'] === 'NO_CACHE' ? undefined : capitals(cache),
          Tags: templateTags((project as { readonly tags?: unknown }).tags),
        }),
      }
    }),
    files: projects.flatMap(({ name, project }) => {
      const { buildspec } = project.source as { readonly buildspec?: string | undefined }
      return buildspec?.includes('\n') ? [{ path: `aws/buildspecs/${name}.yml`, text: buildspec }] : []
    }),
  }
}

/** A template says `BuildSpec` where the API says `buildspec`. */
function renamed({ buildspec, ...source }: { readonly [key: string]: unknown }) {
  return { ...source, buildSpec: buildspec }
}
