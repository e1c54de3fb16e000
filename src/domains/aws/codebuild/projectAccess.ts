import { type ApiAnswer, type ApiCall, arnOf, refuse } from '../core/index.ts'

/** The access to the project that an input names. */
export function onProject<In extends { readonly name?: string; readonly projectName?: string | undefined }>({
  input,
  region,
}: ApiCall<In>) {
  return { resource: arnOf('codebuild', region, `project/${input.projectName ?? input.name ?? ''}`) }
}

/** CodeBuild's refusal for a project that is not there. */
export function missing(region: string, name: string): ApiAnswer {
  return refuse(
    'ResourceNotFoundException',
    `Project cannot be found: ${arnOf('codebuild', region, `project/${name}`)}`,
  )
}
